"""A turn of a conversation, whatever the channel: what a person did comes in, the screen to show goes out.

One update is one transaction, and its number is recorded in it: what is delivered again changes nothing and shows the
present state; so does a button that no longer matches what is recorded.

A test needs no channel, neither HTTP nor a Telegram library:

    conversation = Conversation(database, lambda: NOW)
    answer = await conversation.handle(Incoming(1, COACH, text="/saisir"))
    answer = await conversation.handle(Incoming(2, COACH, tap=answer.screen.rows[0][0].action.pack()))
    assert answer.screen.plain().startswith("Personne 1 sur 20")

Each number is used once, each screen is committed when `handle` returns it, and `clock` says when all of this happens.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from handlers import texts
from handlers.accounts.conversation import no_campaign
from handlers.accounts.texts import INVITED_ONLY
from handlers.context import Attachment, Context, NoCampaign
from handlers.feature import InvalidAction
from handlers.features import COMMANDS, PERFORMERS, TYPED
from handlers.input_parser import NotUnderstood, action_of, asked_for, may_be_label
from handlers.wizard import BegunAgain
from handlers.workbook.feature import EXCHANGING
from models.base.channels import Address, MessageRef
from models.base.clock import Clock, local_day
from models.base.database import FAILURES, Database, is_away
from models.base.revision import Stale
from models.base.screens import Action, Screen, button
from models.conversations.repository import Arrivals, keep_message, keep_state
from models.entry.service import Locked, Unknown
from models.jobs.signals import Enqueue, JobSignal, noted
from models.meetings.repository import has_invitations
from models.notifications.repository import last_arrived

log = logging.getLogger(__name__)

_OPEN_TO_ALL = frozenset({"start", "help", "privacy"})
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
    """The database does not answer: nothing is done, and what came must be delivered again."""


@dataclass(frozen=True)
class Incoming:
    """What a person did, as a channel read it: a tap, a text or a file."""

    number: int
    """The channel's number of this update, by which it is known when it is delivered again."""
    sender: Address
    """The person's address on the channel."""
    tap: str | None = None
    """The packed action of the button that was tapped."""
    message: MessageRef | None = None
    """The message whose button was tapped."""
    text: str | None = None
    attachment: Attachment | None = None


@dataclass(frozen=True)
class Answer:
    """What a turn came to, committed."""

    screen: Screen
    former_message: MessageRef | None = None
    """The message whose buttons the screen makes obsolete."""
    account_id: int | None = None
    signals: tuple[JobSignal, ...] = ()
    """What is left to the workers."""


Show = Callable[[Answer], Awaitable[MessageRef | None]]
"""Shows an answer on the channel: in place of the message tapped, or as a new message, whose reference it returns."""


async def _nobody_waits(_signals: Sequence[JobSignal]) -> None:
    """Leave the work to the sweep that finds it in the database."""


class Conversation:
    """Handles what people do: transaction, what is understood, refusals in French."""

    def __init__(self, database: Database, clock: Clock, enqueue: Enqueue = _nobody_waits, address: str = "") -> None:
        self._database = database
        self._clock = clock
        self._enqueue = enqueue
        self._address = address

    async def turn(self, incoming: Incoming, show: Show, committed: Callable[[], None] = lambda: None) -> None:
        """Handle what came, call `committed`, and show it; raises `Unavailable` where it could not be committed."""
        answer = await self.handle(incoming)
        committed()
        # Side by side: a broker that is slow to answer holds up no screen.
        calling = asyncio.ensure_future(self._enqueue(answer.signals)) if answer.signals else None
        sent = await show(answer)
        if calling is not None:
            await calling
        if sent is not None and answer.account_id is not None:
            await self._remember(answer.account_id, sent)

    async def handle(self, incoming: Incoming) -> Answer:
        """Do what was asked and return what to show, committed; raises `Unavailable`."""
        try:
            try:
                return await self._decide(incoming)
            except tuple(_REFUSALS) as refusal:
                # Whatever the refused turn had begun is rolled back: a new transaction shows where things stand.
                notice = next(said for kind, said in _REFUSALS.items() if isinstance(refusal, kind))
                if incoming.tap is None and isinstance(refusal, InvalidAction):
                    notice = texts.NOT_YOURS
                return await self._present(incoming, notice)
            except NoCampaign:
                return await self._said(incoming, no_campaign())
        except Exception as error:
            if is_away(error):
                raise Unavailable from error
            return _failed(incoming, error)

    async def _decide(self, incoming: Incoming) -> Answer:
        async with self._database.transaction() as session:
            context, fresh = await self._begin(session, incoming)
            if not fresh:
                return await _shown_again(context, incoming, "")
            action = await _understood(incoming, context)
            if action is None:
                return await _shown_again(context, incoming, _not_understood(incoming, context))
            return await _end(context, incoming, await _perform(context, action))

    async def _present(self, incoming: Incoming, notice: str) -> Answer:
        async with self._database.transaction() as session:
            context, _ = await self._begin(session, incoming)
            return await _shown_again(context, incoming, notice)

    async def _said(self, incoming: Incoming, screen: Screen) -> Answer:
        async with self._database.transaction() as session:
            context, _ = await self._begin(session, incoming)
            return await _end(context, incoming, screen)

    async def _begin(self, session: AsyncSession, incoming: Incoming) -> tuple[Context, bool]:
        now = self._clock()
        today = local_day(now)
        visit, fresh = await _ARRIVALS.arrive(session, incoming.number, incoming.sender, now, today)
        return Context(session, incoming.sender, now, today, visit, self._address, incoming.attachment), fresh

    async def _remember(self, account_id: int, message: MessageRef) -> None:
        """Keep the reference of a message just sent: the next one takes its buttons away."""
        try:
            async with self._database.transaction() as session:
                await keep_message(session, account_id, message)
        except FAILURES as error:
            log.warning("message number not kept", extra={"cause": type(error).__name__})


async def _perform(context: Context, action: Action) -> Screen:
    visit = context.visit
    if visit is None and action.verb not in _OPEN_TO_ALL:
        return Screen(INVITED_ONLY)
    if visit is not None and visit.revoked and action.verb != _START.verb:
        action = _START
    performer = PERFORMERS.get(action.verb)
    if performer is None:
        raise InvalidAction
    try:
        return await performer(context, action.arguments)
    except BegunAgain as form:
        return (await form.screen(context)).headed(texts.BEGUN_AGAIN).noticed(texts.BEGUN_AGAIN)


async def _end(context: Context, incoming: Incoming, screen: Screen) -> Answer:
    signals = noted(context.session)
    if context.visit is None:
        return Answer(screen, signals=signals)
    state = context.visit.state
    former = state.message_ref if incoming.tap is None else None
    state.message_ref = incoming.message
    state.shows(screen)
    await keep_state(context.session, context.actor, state)
    return Answer(screen, former, context.actor.account_id, signals)


async def _shown_again(context: Context, incoming: Incoming, notice: str) -> Answer:
    screen = await _still_there(context)
    if incoming.tap is None and notice:
        screen = screen.headed(notice)
    return await _end(context, incoming, screen.noticed(notice))


async def _still_there(context: Context) -> Screen:
    """Return the screen the person had, or the nearest one that still exists for them."""
    showing = context.visit.state.showing if context.visit else None
    for action in (showing, _HOME):
        if action is None:
            continue
        try:
            return await _perform(context, action)
        except (Stale, InvalidAction, Unknown, Locked):
            continue
        except NoCampaign:
            return no_campaign()
    return await _perform(context, _START)


async def _understood(incoming: Incoming, context: Context) -> Action | None:
    visit = context.visit
    if incoming.tap is not None:
        return Action.unpack(incoming.tap)
    if incoming.text is None:
        takes = incoming.attachment is not None and visit is not None and visit.actor.roles & EXCHANGING
        return _DOCUMENT if takes else None
    if visit is None or not may_be_label(incoming.text):
        return action_of(incoming.text, COMMANDS, TYPED, visit.state.buttons if visit else [])
    arrived = await last_arrived(context.session, visit.actor, visit.state.message_ref)
    return action_of(incoming.text, COMMANDS, TYPED, visit.state.buttons, arrived)


def _not_understood(incoming: Incoming, context: Context) -> str:
    if incoming.text is None:
        return texts.NO_PHOTO
    return texts.not_understood(asked_for(TYPED, context.visit.state.buttons) if context.visit else None)


def _failed(incoming: Incoming, error: Exception) -> Answer:
    reference = "".join(secrets.choice(_LETTERS) for _ in range(4))
    log.error("update failed", extra={"reference": reference, "update_id": incoming.number}, exc_info=error)
    retry = Action.unpack(incoming.tap) if incoming.tap else _START
    return Answer(Screen(texts.failed(reference), ((button(texts.RETRY, retry.verb, *retry.arguments),),)))
