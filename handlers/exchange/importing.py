"""The verbs of the import: ask for a link, agree to what was checked, take it back."""

from datetime import timedelta

from handlers.exchange import texts
from handlers.exchange.feature import feature
from handlers.feature import Forged
from handlers.turn import Turn
from models import french
from models.jobs.repository import ask, job_of
from models.jobs.tables import Job
from models.links.service import make
from models.links.tables import Purpose
from models.screens import Action, Button, Screen, button
from models.workbook.received import CHECK, DOCUMENT
from models.workbook.undoing import UndoRefused, undo_import

IMPORT = "import"
CONFIRMED_WITHIN = timedelta(hours=1)
LARGEST_DOCUMENT = 20 * 1024 * 1024
"""A bot may fetch no larger file from the chat."""


@feature.action("import")
async def ask_for_link(turn: Turn) -> Screen:
    """Give the link by which a workbook is sent."""
    if not turn.address:
        return Screen(texts.NO_ADDRESS, _home(), Action("start", ("",)))
    given = await make(turn.session, turn.asker, turn.now, Purpose.SEND)
    link = f"{turn.address}/classeurs/{given.token}"
    return Screen(texts.sending(link, given.digits), _home(), Action("start", ("",)))


@feature.action("document")
async def take(turn: Turn) -> Screen:
    """Have a workbook sent in the chat checked; one that holds personal data will be taken off it."""
    document = turn.document
    if document is None:
        raise Forged
    if document.size > LARGEST_DOCUMENT:
        return (await ask_for_link(turn)).headed(texts.TOO_LARGE)
    await ask(
        turn.session,
        turn.now,
        DOCUMENT,
        turn.asker.account_id,
        file_id=document.file_id,
        message_id=document.message_id,
    )
    return Screen(texts.RECEIVED, _home(), Action("start", ("",)))


@feature.action("import_go")
async def load(turn: Turn, number: int) -> Screen:
    """Load what was checked, within the hour; tapped twice, once."""
    checked = await _checked(turn, number)
    if checked.ended_at is None or turn.now - checked.ended_at > CONFIRMED_WITHIN:
        return Screen(texts.TOO_LATE, (*_home(), (button("Envoyer un classeur", "import"),)), Action("start", ("",)))
    if turn.memo.get(IMPORT) != number:
        turn.memo[IMPORT] = number
        file = str((checked.result or {})["ready"])
        await ask(turn.session, turn.now, IMPORT, turn.asker.account_id, file=file)
    return Screen(texts.LOADING, _home(), Action("start", ("",)))


@feature.action("import_drop")
async def drop(turn: Turn, number: int) -> Screen:
    """Leave it; what was sent is forgotten within hours."""
    await _checked(turn, number)
    turn.memo[IMPORT] = number
    return Screen(texts.DROPPED, _home(), Action("start", ("",))).noticed(texts.DROPPED)


@feature.action("import_undo")
async def undo(turn: Turn, number: int) -> Screen:
    """Take an import back as a whole."""
    try:
        undone = await undo_import(turn.session, turn.asker, turn.now, number)
    except UndoRefused as refused:
        return Screen(str(refused), _home(), Action("start", ("",)))
    said = (
        f"Import annulé : {french.count(undone.removed, 'ligne')} {french.agree(undone.removed, 'retirée')}, "
        f"{french.count(undone.restored, 'ligne')} {french.agree(undone.restored, 'remise')} comme avant."
    )
    return Screen(said, _home(), Action("start", ("",)))


async def _checked(turn: Turn, number: int) -> Job:
    """Return the check of a workbook, fit to be loaded, that this very person asked for."""
    job = await job_of(turn.session, turn.asker, number)
    if job is None or job.kind not in {CHECK, DOCUMENT} or job.asked_by != turn.asker.account_id:
        raise Forged
    if not (job.result or {}).get("ready"):
        raise Forged
    return job


def _home() -> tuple[tuple[Button], ...]:
    return ((button(texts.HOME, "start", ""),),)
