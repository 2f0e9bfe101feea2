"""What a person does on their phone: write, send a file, tap, block the bot."""

import asyncio
from typing import Any

from simulator.callbacks import CallbackAnswer
from simulator.errors import PersonError
from simulator.files import Upload
from simulator.formatted import plain, utf16_length
from simulator.keyboard import find_button
from simulator.methods.content import MAX_CAPTION, MAX_TEXT
from simulator.state import State
from simulator.world import Chat, Message, Person


class Phones:
    """The acts of people, and what each of them tells the bot."""

    def __init__(self, state: State) -> None:
        self._state = state

    def write(self, person_id: int, text: str, chat_id: int | None = None) -> Message:
        person = self._free(person_id)
        content = plain(text)
        if not content.text.strip():
            raise PersonError(400, "the text is empty")
        if utf16_length(content.text) > MAX_TEXT:
            raise PersonError(400, "the text is longer than 4096 characters")
        return self._send(person, chat_id, text=content)

    def send_file(
        self,
        person_id: int,
        upload: Upload,
        caption: str = "",
        *,
        photo: bool = False,
        chat_id: int | None = None,
    ) -> Message:
        person = self._free(person_id)
        if not upload.content:
            raise PersonError(400, "the file is empty")
        text = plain(caption)
        if utf16_length(text.text) > MAX_CAPTION:
            raise PersonError(400, "the caption is longer than 1024 characters")
        files = self._state.files
        if photo:
            return self._send(person, chat_id, text=text, photo=files.keep_photo(upload))
        return self._send(person, chat_id, text=text, document=files.keep_document(upload))

    async def press(
        self,
        person_id: int,
        message_id: int,
        *,
        label: str | None = None,
        data: str | None = None,
        wait_s: float | None = None,
        chat_id: int | None = None,
    ) -> CallbackAnswer:
        """A tap on the button that reads `label`, or one that carries `data`, be it forged."""
        state = self._state
        person = self._free(person_id)
        chat = state.chats.get(person_id if chat_id is None else chat_id)
        message = chat.messages.get(message_id) if chat else None
        if chat is None or message is None:
            raise PersonError(404, f"no message {message_id} in this chat")
        if label is not None:
            button = find_button(message.keyboard, label)
            if button is None:
                raise PersonError(404, f"no button reads {label!r} on message {message_id}")
            if "callback_data" not in button:
                return CallbackAnswer(answered=False, url=button.get("url"))
            data = button["callback_data"]
        assert data is not None
        wait = state.settings.press_wait_s if wait_s is None else wait_s
        identifier, answer = state.callbacks.open(awaited=wait > 0)
        query = {
            "id": identifier,
            "from": person.as_user(),
            "message": message.as_json(),
            "chat_instance": str(chat.id * 7919),
            "data": data,
        }
        state.updates.add("callback_query", query, chat.id)
        if answer is None:
            return CallbackAnswer(answered=False)
        try:
            async with asyncio.timeout(wait):
                return await answer
        except TimeoutError:
            return CallbackAnswer(answered=False)

    def block(self, person_id: int, *, blocked: bool) -> None:
        person = self._state.person(person_id)
        if person.blocked == blocked:
            return
        person.blocked = blocked
        if person.started:
            old, new = ("member", "kicked") if blocked else ("kicked", "member")
            self._tell_membership(self._state.chats[person_id], person, old, new)
        self._state.feed.tell(person_id, {"type": "blocked", "blocked": blocked})

    def deactivate(self, person_id: int) -> None:
        """The person deletes their account."""
        self._state.person(person_id).deactivated = True

    def note(self, person_id: int, text: str, url: str | None = None) -> Message:
        """Something that reaches the person outside the chat, an e-mail say; the bot knows nothing of it."""
        person = self._state.person(person_id)
        rows = [[{"text": "Ouvrir le lien", "url": url}]] if url else None
        return self._state.post(self._state.chats[person_id], "note", person.as_user(), text=plain(text), keyboard=rows)

    def _free(self, person_id: int) -> Person:
        person = self._state.person(person_id)
        if person.deactivated:
            raise PersonError(400, "this account is deleted")
        if person.blocked:
            raise PersonError(400, "this person has blocked the bot")
        return person

    def _send(self, person: Person, chat_id: int | None, **content: Any) -> Message:
        state = self._state
        if chat_id is None or chat_id == person.id:
            chat = state.chats[person.id]
            person.started = True
        else:
            chat = self._group(person, chat_id)
        message = state.post(chat, "user", person.as_user(), **content)
        if chat.bot_is_member:
            state.updates.add("message", message.as_json(), chat.id)
        return message

    def _group(self, person: Person, chat_id: int) -> Chat:
        if chat_id >= 0:
            raise PersonError(400, "a group has a negative chat_id")
        chat = self._state.chats.get(chat_id)
        if chat is None:
            chat = self._state.chats[chat_id] = Chat(chat_id, "supergroup", title="Groupe")
            self._tell_membership(chat, person, "left", "member")
        return chat

    def _tell_membership(self, chat: Chat, person: Person, old: str, new: str) -> None:
        bot = self._state.bot.as_user()

        def status(name: str) -> dict[str, Any]:
            return {"user": bot, "status": name} | ({"until_date": 0} if name == "kicked" else {})

        change = {
            "chat": chat.as_chat(),
            "from": person.as_user(),
            "date": self._state.now(),
            "old_chat_member": status(old),
            "new_chat_member": status(new),
        }
        self._state.updates.add("my_chat_member", change, chat.id)
