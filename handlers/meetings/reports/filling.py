"""Who was there, prescriptions by prescriber, those of Cap emploi towards its own body, the subsidiarity."""

import re

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.meetings.feature import feature, led
from handlers.meetings.reports import texts
from handlers.meetings.reports.draft import REPORT, ReportDraft
from handlers.meetings.reports.steps import out_of
from handlers.meetings.texts import chosen, labels
from models.base.screens import Action, Button, Row, Screen, button, one_a_row
from models.meetings.reports.report import MOST_EXAMINED
from models.meetings.reports.texts import REFUSALS, ReportRefusal
from models.meetings.repository import Meeting
from models.meetings.states import Ground, Prescriber

_NUMBER = re.compile(r"\s*(\d{1,6})\s*", re.ASCII)
_IN_A_ROW = 5
_TAPPED = range(10)


@REPORT.step("present")
async def ask_present(context: Context, draft: ReportDraft, meeting: Meeting) -> Screen:
    """Ask who was there: those who said they would be are marked."""
    names = labels([one.contact for one in meeting.participants])
    choices = [
        button(chosen(name, of=number in draft.present), "rp_there", draft.number, number)
        for number, name in names.items()
    ]
    ready = [(button(texts.present(len(draft.present)), "rp_present", draft.number),)] if draft.present else []
    more = (button(texts.SOMEBODY_ELSE, "rp_more", draft.number, 0),)
    rows = (*ready, *one_a_row(choices), more, *out_of(draft))
    return Screen(
        f"{texts.title(meeting)}\n\n{texts.WHO_WAS_THERE}", rows, Action.of("rp_change", draft.number, "present")
    )


@feature.action("rp_there")
async def flip(context: Context, number: int, contact: int) -> Screen:
    """Note that somebody was there, or was not."""
    draft = REPORT.of(context, number)
    others = tuple(one for one in draft.present if one != contact)
    draft = REPORT.keep(context, draft, present=others if contact in draft.present else (*others, contact))
    return await ask_present(context, draft, await led(context, number))


@feature.action("rp_present")
async def present_done(context: Context, number: int) -> Screen:
    """Go on with those who were there."""
    draft = REPORT.of(context, number)
    draft = REPORT.keep(context, draft, seen=draft.seeing("present"))
    return await REPORT.go_on(draft, context, draft, await led(context, number))


@REPORT.step("examined")
async def ask_examined(context: Context, draft: ReportDraft, meeting: Meeting) -> Screen:
    """Ask for the first prescriber that was not counted; once all are, show them all."""
    if draft.uncounted is not None:
        return number_asked(meeting, draft.uncounted)
    choices = [
        button(texts.counted(label, draft.examined[one]), "rp_count", draft.number, one)
        for one, label in texts.PRESCRIBERS.items()
    ]
    text = f"{texts.title(meeting)}\n\n{texts.EXAMINED}"
    return Screen(text, (*one_a_row(choices), *out_of(draft)), Action.of("rp_change", draft.number, "examined"))


@REPORT.step("own")
async def ask_own(context: Context, draft: ReportDraft, meeting: Meeting) -> Screen:
    """Ask by ground for the prescriptions of Cap emploi towards a structure run by the same body (OB24, W19)."""
    choices = [
        button(texts.ground(label, draft.own.get(one, 0)), "rp_count", draft.number, one)
        for one, label in texts.GROUNDS.items()
    ]
    total = sum(draft.own.values())
    done = button(texts.own(total), "rp_own", draft.number)
    text = f"{texts.title(meeting)}\n\n{texts.own_question(draft.by_cap_emploi)}"
    rows = ((done,), *one_a_row(choices), *out_of(draft, "own"))
    return Screen(text, rows, Action.of("rp_change", draft.number, "own"))


@feature.action("rp_own")
async def own_done(context: Context, number: int) -> Screen:
    """Go on; there cannot be more of them than Cap emploi prescribed."""
    draft = REPORT.of(context, number)
    if sum(draft.own.values()) > draft.by_cap_emploi:
        why = REFUSALS[ReportRefusal.MORE_THAN_EXAMINED]
        return (await ask_own(context, draft, await led(context, number))).headed(why).noticed(why)
    draft = REPORT.keep(context, draft, seen=draft.seeing("own"))
    return await REPORT.go_on(draft, context, draft, await led(context, number))


@feature.action("rp_count")
async def ask_number(context: Context, number: int, which: str) -> Screen:
    """Ask for a number: tapped, or written."""
    _known(which)
    return number_asked(await led(context, number), which)


def number_asked(meeting: Meeting, which: str) -> Screen:
    """Return the question of a number."""
    digits = [button(str(one), "rp_n", meeting.id, which, one) for one in _TAPPED]
    rows: list[Row] = [_row(digits, start) for start in range(0, len(digits), _IN_A_ROW)]
    rows.append((button(texts.BACK, "rp_count_unwritten", meeting.id, which),))
    text = f"{texts.title(meeting)}\n\n{texts.how_many(which)}"
    return Screen(text, tuple(rows), Action.of("rp_count", meeting.id, which))


@feature.action("rp_n")
async def keep_number(context: Context, number: int, which: str, count: int) -> Screen:
    """Keep a number; go on to the next one."""
    _known(which)
    draft = REPORT.of(context, number)
    if count > MOST_EXAMINED:
        return await _refused(context, number, which, ReportRefusal.NUMBER)
    if which in set(Ground):
        others = sum(counted for ground, counted in draft.own.items() if ground != which)
        if others + count > draft.by_cap_emploi:
            return await _refused(context, number, which, ReportRefusal.MORE_THAN_EXAMINED)
        draft = REPORT.keep(context, draft, own={**draft.own, Ground(which): count})
        return await ask_own(context, draft, await led(context, number))
    draft = REPORT.keep(context, draft, examined={**draft.examined, Prescriber(which): count})
    if sum(draft.own.values()) > draft.by_cap_emploi:
        draft = REPORT.keep(context, draft, own={}, seen=draft.unseeing("own"))
    return await REPORT.go_on(draft, context, draft, await led(context, number))


@feature.action("rp_count_text")
async def keep_written_number(context: Context, number: int, which: str, written: str) -> Screen:
    """Keep the number that was written."""
    found = _NUMBER.fullmatch(written)
    if found is None:
        return (await ask_number(context, number, which)).headed(texts.NO_NUMBER)
    return await keep_number(context, number, which, int(found[1]))


@feature.action("rp_count_unwritten")
async def leave_number(context: Context, number: int, which: str) -> Screen:
    """Write no number: back to the grounds, to the question before, or to the recapitulation."""
    draft = REPORT.of(context, number)
    meeting = await led(context, number)
    if which in set(Ground):
        return await ask_own(context, draft, meeting)
    if draft.missing is None:
        return await REPORT.go_on(draft, context, draft, meeting)
    before = list(Prescriber)[: list(Prescriber).index(Prescriber(which))]
    return number_asked(meeting, before[-1]) if before else await ask_present(context, draft, meeting)


@REPORT.step("subsidiarity")
async def ask_subsidiarity(context: Context, draft: ReportDraft, meeting: Meeting) -> Screen:
    """Ask whether common law was looked at before (OB23)."""
    choices = [
        button(texts.actual(label, of=draft.subsidiarity is said), "rp_common", draft.number, int(said))
        for said, label in texts.SUBSIDIARITY.items()
    ]
    text = f"{texts.title(meeting)}\n\n{texts.WAS_COMMON_LAW}"
    rows = (*one_a_row(choices), *out_of(draft, "subsidiarity"))
    return Screen(text, rows, Action.of("rp_change", draft.number, "subsidiarity"))


@feature.action("rp_common")
async def keep_subsidiarity(context: Context, number: int, said: int) -> Screen:
    """Keep whether common law was looked at before."""
    draft = REPORT.keep(context, REPORT.of(context, number), subsidiarity=bool(said))
    return await REPORT.go_on(draft, context, draft, await led(context, number))


async def _refused(context: Context, number: int, which: str, refusal: ReportRefusal) -> Screen:
    why = REFUSALS[refusal]
    return (await ask_number(context, number, which)).headed(why).noticed(why)


def _known(which: str) -> None:
    if which not in {*Prescriber, *Ground}:
        raise InvalidAction


def _row(buttons: list[Button], start: int) -> Row:
    return tuple(buttons[start : start + _IN_A_ROW])
