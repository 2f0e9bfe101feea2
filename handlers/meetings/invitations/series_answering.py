"""Answers to a series by who is invited: to all its dates in one tap, or date by date."""

from collections.abc import Sequence

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.meetings import card_texts, texts
from handlers.meetings.feature import answering, elsewhere_nothing
from models.base.screens import Action, Row, Screen, button, one_a_row
from models.meetings.invitations.series import answers_to_all
from models.meetings.invitations.service import Invitations, as_announced
from models.meetings.invitations.texts import ANSWERS_TO_ALL
from models.meetings.repository import Meeting
from models.meetings.states import Answer
from models.meetings.territories import territory


@answering.action("sr")
async def show_dates(context: Context, series: int) -> Screen:
    """Show the dates of a series still to come, with what the actor answered, each leading to its invitation."""
    with elsewhere_nothing():
        return await _dates(
            context, series, await Invitations(context.session, context.actor, context.now).series(series)
        )


@answering.action("sr_all")
async def answer_all(context: Context, series: int, said: Answer) -> Screen:
    """Keep one answer to all dates at which the series was announced; those moved since wait for their own."""
    if said not in ANSWERS_TO_ALL:
        raise InvalidAction
    with elsewhere_nothing():
        mine = Invitations(context.session, context.actor, context.now)
        before = [one.participants[0].answer for one in await mine.series(series) if as_announced(one)]
        dates = await mine.answer_series(series, said)
    moved = [one for one in dates if not as_announced(one)]
    told = card_texts.noted_for_all(said, before, len(moved))
    return (await _dates(context, series, dates)).headed(told).noticed(told)


async def _dates(context: Context, series: int, dates: Sequence[Meeting]) -> Screen:
    view = Action.of("sr", series)
    home: Row = (button(texts.HOME, "start", ""),)
    if not dates:
        return Screen(card_texts.NO_DATE_LEFT, (home,), view)
    there = await territory(context.session, dates[0].scope)
    assert there is not None
    to_all = answers_to_all(series)[: len(ANSWERS_TO_ALL)] if all(as_announced(one) for one in dates) else ()
    one_by_one = one_a_row([button(card_texts.answered_date(one), "mt", one.id) for one in dates])
    return Screen(card_texts.dates(dates, there), (*one_by_one, *to_all, home), view)
