"""Everything a simulator knows, and the few acts both sides share."""

import itertools
from typing import Any

from simulator.callbacks import Callbacks
from simulator.calls import CallLog
from simulator.commands import Commands
from simulator.errors import PersonError, bad_request, forbidden
from simulator.faults import Faults
from simulator.feed import Feed
from simulator.files import Files
from simulator.rates import Rates
from simulator.settings import SimulatorSettings
from simulator.updates import Updates, first_id
from simulator.webhook import Webhook
from simulator.world import Author, Bot, Chat, Message, Person


class State:
    """One bot, its people, their chats. Nothing of it outlives the process."""

    def __init__(self, settings: SimulatorSettings) -> None:
        self.settings = settings
        self.clock = settings.clock
        self.bot = Bot(settings.bot_name, settings.bot_username, settings.token)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.updates = Updates(settings.clock)
        self.webhook = Webhook(self.updates, settings.clock, settings.webhook_retry_s)
        self.callbacks = Callbacks(settings.clock)
        self.rates = Rates(settings.clock, settings.rate_scale)
        self.faults = Faults()
        self.calls = CallLog(settings.calls_kept)
        self.feed = Feed()
        self.commands = Commands()
        self.default_menu_button: dict[str, Any] = {"type": "commands"}
        self._message_ids = itertools.count(first_id(settings.clock) // 8)

    def now(self) -> int:
        return int(self.clock())

    def add_person(self, person_id: int | None = None, first_name: str = "", username: str | None = None) -> Person:
        """A new phone; one that exists already takes the new name."""
        if person_id is None:
            person_id = max(self.people, default=1000) + 1
        person = self.people.get(person_id)
        if person is None:
            person = self.people[person_id] = Person(person_id, first_name or f"Téléphone {person_id}", username)
            self.chats[person_id] = Chat(person_id, "private", person)
        else:
            person.first_name = first_name or person.first_name
            person.username = username or person.username
        return person

    def person(self, person_id: int) -> Person:
        person = self.people.get(person_id)
        if person is None:
            raise PersonError(404, f"no phone has the number {person_id}")
        return person

    def chat_seen_by_bot(self, chat_id: int | str) -> Chat:
        """A chat the bot may know of."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None or (chat.person is not None and not chat.person.started):
            raise bad_request("chat not found")
        if not chat.bot_is_member:
            raise forbidden("bot is not a member of the supergroup chat")
        return chat

    def chat_open_to_bot(self, chat_id: int | str) -> Chat:
        """A chat the bot may write in."""
        chat = self.chat_seen_by_bot(chat_id)
        if chat.person is not None:
            if chat.person.deactivated:
                raise forbidden("user is deactivated")
            if chat.person.blocked:
                raise forbidden("bot was blocked by the user")
        return chat

    def post(self, chat: Chat, author: Author, sender: dict[str, Any], **content: Any) -> Message:
        """A new message in a chat."""
        message = Message(next(self._message_ids), chat, author, sender, self.now(), **content)
        chat.messages[message.message_id] = message
        self.feed.tell_message(message)
        return message

    def remove(self, message: Message) -> None:
        chat = message.chat
        del chat.messages[message.message_id]
        if chat.pinned == message.message_id:
            chat.pinned = None
        self.feed.tell(chat.id, {"type": "deleted", "message_id": message.message_id})
