"""The edge: one update is one transaction; what it decided is shown once it is committed.

The `update_id` is recorded in the same transaction as its effect. An update delivered again changes nothing and
shows the present state; so does a button that no longer matches what is recorded.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import TelegramObject, Update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.telegram import texts
from bot.telegram.incoming import Incoming, incoming
from bot.telegram.messenger import Messenger
from handlers.accounts.conversation import INVITED_ONLY, no_campaign
from handlers.context import Context, NoCampaign
from handlers.feature import InvalidAction
from handlers.features import COMMANDS, TYPED
from handlers.input_parser import NotUnderstood, action_of, asked_for, may_be_label
from handlers.workbook.feature import EXCHANGING
from models.base.clock import Clock, local_day
from models.base.database import FAILURES, Database, is_away
from models.base.screens import Action, Screen, button
from models.conversations.repository import Arrivals, keep_message, keep_standing
from models.entry.service import Locked, Unknown
from models.entry.writing import Stale
from models.jobs.signals import JobSignal, noted
from models.meetings.repository import has_invitations
from models.notifications.arrived import last_arrived

log = logging.getLogger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
Enqueue = Callable[[Sequence[JobSignal]], Awaitable[None]]
"""Calls the workers for what a committed transaction left them; fails nobody."""

_START = Action.of("start", "")
_DOCUMENT = Action("document")
_HOME = Action("home")
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

_ARRIVALS = Arrivals(has_invitations)

_REFUSALS: dict[type[Exception], str] = {
    Stale: texts.STALE,
    InvalidAction: texts.FORGED,
    Unknown: texts.UNKNOWN,
    Locked: texts.LOCKED,
    NotUnderstood: texts.NOT_UNDERSTOOD,
}


class Unavailable(Exception):
    """The database does not answer: the update is left unconfirmed, and will be delivered again."""


@dataclass(frozen=True)
class Turned:
    """What a turn came to: the screen, the message whose buttons it makes obsolete, what is left to the workers."""

    screen: Screen
    former_message: int | None = None
    account_id: int | None = None
    wakeups: tuple[JobSignal, ...] = ()


class UpdateMiddleware(BaseMiddleware):
    """Wraps every update: transaction, what is understood, refusals in French, and the showing."""

    def __init__(self, database: Database, messenger: Messenger, clock: Clock, enqueue: Enqueue, address: str) -> None:
        self.database = database
        self.messenger = messenger
        self.clock = clock
        self.enqueue = enqueue
        self.address = address

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> None:
        """Handle one update; returns once it is committed and shown, raises `Unavailable` otherwise."""
        assert isinstance(event, Update)
        came = incoming(event)
        if came is None:
            return
        if not came.private:
            await self.messenger.leave(came.chat_id, texts.GROUP)
            return
        turned = await self._turn(handler, event, data, came)
        data["committed"]()
        # Side by side: a broker that is slow to answer holds up no screen.
        calling = asyncio.ensure_future(self.enqueue(turned.wakeups)) if turned.wakeups else None
        sent = await self.messenger.show(came, turned.screen, turned.former_message)
        if calling is not None:
            await calling
        if sent is not None and turned.account_id is not None:
            await self._remember(turned.account_id, sent)

    async def _turn(self, handler: Handler, event: Update, data: dict[str, Any], came: Incoming) -> Turned:
        try:
            try:
                return await self._decide(_Performing(handler, event, data), came)
            except tuple(_REFUSALS) as refusal:
                # Whatever the refused turn had begun is rolled back: a new transaction shows where things stand.
                notice = next(said for kind, said in _REFUSALS.items() if isinstance(refusal, kind))
                if came.tap is None and isinstance(refusal, InvalidAction):
                    notice = texts.NOT_YOURS
                return await self._present(_Performing(handler, event, data), came, notice)
            except NoCampaign:
                return await self._said(came, no_campaign())
        except Exception as error:
            if is_away(error):
                raise Unavailable from error
            return await self._failed(came, error)

    async def _decide(self, performing: "_Performing", came: Incoming) -> Turned:
        async with self.database.transaction() as session:
            context, fresh = await self._begin(session, came)
            if not fresh:
                return await self._show_again(performing, context, came, "")
            action = await self._understood(came, context)
            if action is None:
                return await self._show_again(performing, context, came, _not_understood(came, context))
            return await self._end(context, came, await performing(context, action))

    async def _present(self, performing: "_Performing", came: Incoming, notice: str) -> Turned:
        async with self.database.transaction() as session:
            context, _ = await self._begin(session, came)
            return await self._show_again(performing, context, came, notice)

    async def _show_again(self, performing: "_Performing", context: Context, came: Incoming, notice: str) -> Turned:
        screen = await _still_there(performing, context)
        if came.tap is None and notice:
            screen = screen.headed(notice)
        return await self._end(context, came, screen.noticed(notice))

    async def _begin(self, session: AsyncSession, came: Incoming) -> tuple[Context, bool]:
        now = self.clock()
        today = local_day(now)
        visit, fresh = await _ARRIVALS.arrive(session, came.update_id, came.telegram_id, now, today)
        return Context(session, came.telegram_id, now, today, visit, self.address, came.document), fresh

    async def _end(self, context: Context, came: Incoming, screen: Screen) -> Turned:
        if context.visit is None:
            return Turned(screen, wakeups=noted(context.session))
        standing = context.visit.standing
        former = standing.message_id if came.tap is None else None
        standing.message_id = came.message_id
        standing.shows(screen)
        await keep_standing(context.session, context.actor, standing)
        return Turned(screen, former, context.actor.account_id, noted(context.session))

    async def _remember(self, account_id: int, message_id: int) -> None:
        """Keep the number of a message just sent: the next one takes its buttons away."""
        try:
            async with self.database.transaction() as session:
                await keep_message(session, account_id, message_id)
        except FAILURES as error:
            log.warning("message number not kept", extra={"cause": type(error).__name__})

    async def _said(self, came: Incoming, screen: Screen) -> Turned:
        async with self.database.transaction() as session:
            context, _ = await self._begin(session, came)
            return await self._end(context, came, screen)

    async def _failed(self, came: Incoming, error: Exception) -> Turned:
        reference = "".join(secrets.choice(_LETTERS) for _ in range(4))
        log.error("update failed", extra={"reference": reference, "update_id": came.update_id}, exc_info=error)
        retry = Action.unpack(came.text) if came.tap is not None and came.text else _START
        return Turned(Screen(texts.failed(reference), ((button(texts.RETRY, retry.verb, *retry.arguments),),)))

    @staticmethod
    async def _understood(came: Incoming, context: Context) -> Action | None:
        visit = context.visit
        if came.tap is not None:
            return Action.unpack(came.text or "")
        if came.text is None:
            takes = came.document is not None and visit is not None and visit.actor.roles & EXCHANGING
            return _DOCUMENT if takes else None
        if visit is None or not may_be_label(came.text):
            return action_of(came.text, COMMANDS, TYPED, visit.standing.buttons if visit else [])
        arrived = await last_arrived(context.session, visit.actor, visit.standing.message_id)
        return action_of(came.text, COMMANDS, TYPED, visit.standing.buttons, arrived)


@dataclass(frozen=True)
class _Performing:
    """Performs actions on the features' routers, within one update."""

    handler: Handler
    event: Update
    data: dict[str, Any]

    async def __call__(self, context: Context, action: Action) -> Screen:
        if context.visit is None and action.verb not in {"start", "help", "privacy"}:
            return Screen(INVITED_ONLY)
        if context.visit is not None and context.visit.revoked:
            action = action if action.verb == "start" else _START
        screen = await self.handler(self.event, {**self.data, "context": context, "action": action})
        if screen is UNHANDLED:
            raise InvalidAction
        assert isinstance(screen, Screen)
        return screen


def _not_understood(came: Incoming, context: Context) -> str:
    if came.text is None:
        return texts.NO_PHOTO
    return texts.not_understood(asked_for(TYPED, context.visit.standing.buttons) if context.visit else None)


async def _still_there(performing: _Performing, context: Context) -> Screen:
    """Return the screen the person had, or the nearest one that still exists for them."""
    showing = context.visit.standing.showing if context.visit else None
    for action in (showing, _HOME):
        if action is None:
            continue
        try:
            return await performing(context, action)
        except (Stale, InvalidAction, Unknown, Locked):
            continue
        except NoCampaign:
            return no_campaign()
    return await performing(context, _START)
