"""The decisions: validate one or all without remark, send back, unlock, and take that back."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.review import texts
from handlers.review.board import board, board_screen, feature, reviewing
from handlers.review.one import after_this, entry_screen, question_of
from models.base.revision import REVISION_BITS, short
from models.base.screens import Screen, button
from models.events.form import Doubt
from models.events.tables import Unlocking
from models.review.repository import Decided

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)

Code = TypeVar("Code", bound=StrEnum)


@feature.action("rv_ok")
async def validate(context: Context, person: int, revision: str) -> Screen:
    """Validate an entry, and go on with the next one worth a look."""
    return await _go_on(context, "Validée", await reviewing(context).validate(person, revision))


@feature.action("rv_send")
async def send_back(context: Context, person: int, number: int, reason: str, revision: str) -> Screen:
    """Send an entry back, and go on with the next one worth a look."""
    done = await reviewing(context).send_back(person, question_of(number), _code(Doubt, reason), revision)
    return await _go_on(context, "Renvoyée, le job coach est prévenu", done)


@feature.action("rv_unlock")
async def unlock(context: Context, person: int, reason: str, revision: str) -> Screen:
    """Take a validation back, and show the entry, which may be corrected again."""
    done = await reviewing(context).unlock(person, _code(Unlocking, reason), revision)
    line = f"Déverrouillée : …{done.entries[0].end}."
    return _undoable(entry_screen(context, await reviewing(context).entry(person)), line, done)


@feature.action("rv_all")
async def validate_plain(context: Context, dispositif: str, stamp: str) -> Screen:
    """Validate the entries without remark, exactly those that were shown."""
    done = await reviewing(context).validate_plain(dispositif, stamp)
    own = sum(entry.is_by(context.actor.account_id) for entry in done.entries)
    return _undoable(await board(context, dispositif), texts.validated(len(done.entries), own), done)


@feature.action("rv_undo")
async def undo(context: Context, dispositif: str, moment: str, batch: str) -> Screen:
    """Take back a decision, whole, if nothing happened since."""
    done = await reviewing(context).undo(dispositif, _moment(moment), batch)
    if len(done.entries) > 1:
        line = texts.undone(len(done.entries))
        return (await board(context, dispositif)).headed(line).noticed(line)
    entry = await reviewing(context).entry(done.entries[0].person_id)
    line = f"Annulé : …{entry.end}."
    return entry_screen(context, entry).headed(line).noticed(line)


async def _go_on(context: Context, what: str, done: Decided) -> Screen:
    (entry,) = done.entries
    shown = await reviewing(context).board(entry.dispositif)
    after = after_this(list(shown.to_look), entry)
    screen = entry_screen(context, after) if after else board_screen(context, entry.dispositif, shown)
    return _undoable(screen, f"{what} : …{entry.end}.", done)


def _undoable(screen: Screen, line: str, done: Decided) -> Screen:
    moment = short((done.at - _EPOCH) // _TICK)
    undo_row = (button(texts.CANCEL, "rv_undo", done.entries[0].dispositif, moment, done.batch),)
    return Screen(f"{line}\n\n{screen.text}", (*screen.rows, undo_row), screen.view, notice=line)


def _moment(text: str) -> datetime:
    try:
        ticks = int(text, 36)
    except ValueError as error:
        raise InvalidAction from error
    if ticks < 0 or ticks.bit_length() > REVISION_BITS:
        raise InvalidAction
    return _EPOCH + ticks * _TICK


def _code(codes: type[Code], text: str) -> Code:
    try:
        return codes(text)
    except ValueError as error:
        raise InvalidAction from error
