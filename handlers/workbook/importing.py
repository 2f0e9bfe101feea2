"""The verbs of the import: ask for a link, agree to what was checked, take it back."""

from datetime import timedelta

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.jobs.once import ask_for, first_time
from handlers.workbook import texts
from handlers.workbook.feature import feature
from models.base.screens import Action, Button, Screen, button
from models.jobs.repository import job_of
from models.jobs.tables import Job
from models.workbook.imports.undoing import undo_import
from models.workbook.jobs import CHECK, CHECK_DOCUMENT, IMPORT
from models.workbook.links.service import make
from models.workbook.links.tables import Purpose
from models.workbook.refusals import UndoRefused

CONFIRMED_WITHIN = timedelta(hours=1)


@feature.action("import")
async def ask_for_link(context: Context) -> Screen:
    """Give the link by which a workbook is sent."""
    if not context.address:
        return Screen(texts.NO_ADDRESS, _home(), Action("start", ("",)))
    given = await make(context.session, context.actor, context.now, Purpose.SEND)
    link = f"{context.address}/classeurs/{given.token}"
    return Screen(texts.sending(link, given.digits), _home(), Action("start", ("",)))


@feature.action("document")
async def take(context: Context) -> Screen:
    """Have a workbook sent in the chat checked; one that holds personal data will be taken off it."""
    attachment = context.attachment
    if attachment is None:
        raise InvalidAction
    if not attachment.fetchable:
        return (await ask_for_link(context)).headed(texts.TOO_LARGE)
    await ask_for(context, CHECK_DOCUMENT, file_id=attachment.file, message_id=attachment.message)
    return Screen(texts.RECEIVED, _home(), Action("start", ("",)))


@feature.action("import_go")
async def load(context: Context, number: int) -> Screen:
    """Load what was checked, within the hour; tapped twice, once."""
    checked = await _checked(context, number)
    if checked.ended_at is None or context.now - checked.ended_at > CONFIRMED_WITHIN:
        return Screen(texts.TOO_LATE, (*_home(), (button(texts.SEND, "import"),)), Action("start", ("",)))
    if first_time(context, IMPORT, number):
        file = str((checked.result or {})["ready"])
        await ask_for(context, IMPORT, file=file)
    return Screen(texts.LOADING, _home(), Action("start", ("",)))


@feature.action("import_drop")
async def drop(context: Context, number: int) -> Screen:
    """Leave it; what was sent is forgotten within hours."""
    await _checked(context, number)
    first_time(context, IMPORT, number)
    return Screen(texts.DROPPED, _home(), Action("start", ("",))).noticed(texts.DROPPED)


@feature.action("import_undo")
async def undo(context: Context, number: int) -> Screen:
    """Take an import back as a whole."""
    try:
        undone = await undo_import(context.session, context.actor, context.now, number)
    except UndoRefused as refused:
        return Screen(str(refused), _home(), Action("start", ("",)))
    return Screen(texts.undone(undone), _home(), Action("start", ("",)))


async def _checked(context: Context, number: int) -> Job:
    """Return the check of a workbook, fit to be loaded, that this very person asked for."""
    job = await job_of(context.session, context.actor, number)
    if job is None or job.kind not in {CHECK.code, CHECK_DOCUMENT.code} or job.asked_by != context.actor.account_id:
        raise InvalidAction
    if not (job.result or {}).get("ready"):
        raise InvalidAction
    return job


def _home() -> tuple[tuple[Button], ...]:
    return ((button(texts.HOME, "start", ""),),)
