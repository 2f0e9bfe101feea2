"""Somebody came without being invited: they are noted as having been there, in one tap on the address book."""

from handlers.meetings import report_texts, texts
from handlers.meetings.feature import elsewhere_nothing, feature, led
from handlers.meetings.people import contacts
from handlers.meetings.report_draft import ReportDraft
from handlers.meetings.report_steps import ask
from handlers.pages import THOSE, page_of, turning
from handlers.turn import Turn
from models.meetings.report import Refused
from models.meetings.reporting import Reporting
from models.screens import Action, Screen, button, one_a_row

OF_REPORT = "came"
"""Where a contact that is added goes: into the report of the meeting that the conversation keeps by this name."""


@feature.action("rp_more")
async def somebody_else(turn: Turn, number: int, page: int = 0) -> Screen:
    """Show the contacts who were not invited, one of whom came."""
    ReportDraft.of(turn, number)
    meeting = await led(turn, number)
    invited = {one.contact.email for one in meeting.participants}
    known = [one for one in await contacts(turn, meeting.scope) if one.email not in invited]
    turn.memo[OF_REPORT] = number
    labels = texts.labels(known)
    choices = [button(labels[one.id], "rp_came", number, one.id) for one in page_of(known, page)]
    ways = [button(texts.ADD_CONTACT, "book_add", OF_REPORT), button(texts.BACK, "rp_change", number, "present")]
    beside = turning(page, len(known), lambda other: Action.of("rp_more", number, other), ways=THOSE)
    asked = report_texts.WHO_ELSE if known else report_texts.NOBODY_ELSE_KNOWN
    text = f"{report_texts.title(meeting)}\n\n{asked}"
    return Screen(text, (*one_a_row(choices), *beside, *one_a_row(ways)), Action.of("rp_more", number, page))


@feature.action("rp_came")
async def came(turn: Turn, number: int, contact: int) -> Screen:
    """Note that somebody who was not invited was there, and return to who was."""
    draft = ReportDraft.of(turn, number)
    before = await led(turn, number)
    with elsewhere_nothing():
        outcome = await Reporting(turn.session, turn.asker, turn.now).came(number, before.revision, contact)
    if isinstance(outcome, Refused):
        return (await ask(turn, draft, before, "present")).headed(outcome.sentence).noticed(outcome.sentence)
    draft.present = [*(one for one in draft.present if one != contact), contact]
    if draft.revision == before.revision:
        draft.revision = outcome.revision  # otherwise somebody else wrote: it is said before the recapitulation
    draft.keep(turn)
    return await ask(turn, draft, outcome, "present")
