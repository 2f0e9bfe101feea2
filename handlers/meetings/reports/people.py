"""Somebody came without being invited: they are noted as having been there, in one tap on the address book."""

from handlers.context import Context
from handlers.meetings import texts
from handlers.meetings.feature import elsewhere_nothing, feature, led
from handlers.meetings.planning.people import contacts
from handlers.meetings.reports import texts as report_texts
from handlers.meetings.reports.draft import REPORT
from models.base.paging import page_of, turning
from models.base.screens import Action, Screen, button, one_a_row
from models.base.texts import THOSE
from models.meetings.reports.report import ReportRefused
from models.meetings.reports.service import Reporting

OF_REPORT = "came"
"""Where a contact that is added goes: into the report of the meeting that the conversation keeps by this name."""


@feature.action("rp_more")
async def somebody_else(context: Context, number: int, page: int = 0) -> Screen:
    """Show the contacts who were not invited, one of whom came."""
    REPORT.of(context, number)
    meeting = await led(context, number)
    invited = {one.contact.email for one in meeting.participants}
    known = [one for one in await contacts(context, meeting.scope) if one.email not in invited]
    context.memo[OF_REPORT] = number
    labels = texts.labels(known)
    choices = [button(labels[one.id], "rp_came", number, one.id) for one in page_of(known, page)]
    ways = [button(texts.ADD_CONTACT, "book_add", OF_REPORT), button(texts.BACK, "rp_change", number, "present")]
    beside = turning(page, len(known), lambda other: Action.of("rp_more", number, other), ways=THOSE)
    asked = report_texts.WHO_ELSE if known else report_texts.NOBODY_ELSE_KNOWN
    text = f"{report_texts.title(meeting)}\n\n{asked}"
    return Screen(text, (*one_a_row(choices), *beside, *one_a_row(ways)), Action.of("rp_more", number, page))


@feature.action("rp_came")
async def came(context: Context, number: int, contact: int) -> Screen:
    """Note that somebody who was not invited was there, and return to who was."""
    draft = REPORT.of(context, number)
    before = await led(context, number)
    with elsewhere_nothing():
        outcome = await Reporting(context.session, context.actor, context.now).came(number, before.revision, contact)
    if isinstance(outcome, ReportRefused):
        return (await REPORT.ask("present", context, draft, before)).headed(outcome.sentence).noticed(outcome.sentence)
    # Where somebody else wrote meanwhile, it is said before the recapitulation.
    revision = outcome.revision if draft.revision == before.revision else draft.revision
    present = (*(one for one in draft.present if one != contact), contact)
    draft = REPORT.keep(context, draft, present=present, revision=revision)
    return await REPORT.ask("present", context, draft, outcome)
