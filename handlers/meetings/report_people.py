"""Somebody came without being invited: they are added to the meeting, and noted as having been there."""

from handlers.meetings import texts
from handlers.meetings.draft import Draft, Purpose
from handlers.meetings.feature import feature, led
from handlers.meetings.people import show_people
from handlers.meetings.report_draft import ReportDraft
from handlers.meetings.report_steps import ask
from handlers.turn import Turn
from models.meetings.repository import Held
from models.screens import Screen


@feature.action("rp_more")
async def somebody_else(turn: Turn, number: int) -> Screen:
    """Add to the meeting somebody who came without being invited."""
    meeting = await led(turn, number)
    draft = Draft(Purpose.PEOPLE, meeting.kind, meeting.scope, meeting.id, meeting.revision, of_report=True)
    draft.like(meeting)
    draft.day = meeting.day.isoformat()
    draft.people = [one.contact.id for one in meeting.participants]
    draft.keep(turn)
    return await show_people(turn)


async def back_to_report(turn: Turn, draft: Draft) -> Screen:
    """Return to who was there; nobody was added."""
    return await ask(turn, ReportDraft.of(turn, draft.number), await led(turn, draft.number), "present")


async def back_with_people(turn: Turn, before: Held, meeting: Held) -> Screen:
    """Return to who was there, those just added marked, those taken off no more."""
    report = ReportDraft.of(turn, meeting.id)
    invited = [one.contact.id for one in meeting.participants]
    report.present = [one for one in report.present if one in invited]
    report.present += [one for one in invited if before.participant(one) is None]
    if report.revision == before.revision:
        report.revision = meeting.revision  # otherwise somebody else wrote: it is said before the recapitulation
    report.keep(turn)
    return (await ask(turn, report, meeting, "present")).headed(texts.DONE[Purpose.PEOPLE])
