"""What an update brings: who speaks, where, and what they tapped or wrote."""

from dataclasses import dataclass

from aiogram.types import CallbackQuery, Message, Update

from handlers.context import Attachment


@dataclass(frozen=True)
class Incoming:
    """A tap or a message of a person."""

    update_id: int
    telegram_id: int
    chat_id: int
    private: bool
    message_id: int | None
    text: str | None
    tap: CallbackQuery | None
    document: Attachment | None = None


def incoming(update: Update) -> Incoming | None:
    """Return what a person did; none for an update that is nobody's turn to answer."""
    if update.callback_query is not None:
        return _tap(update.update_id, update.callback_query)
    if update.message is not None:
        return _message(update.update_id, update.message)
    return None


def _tap(update_id: int, tap: CallbackQuery) -> Incoming:
    message = tap.message
    private = message is None or message.chat.type == "private"
    chat_id = message.chat.id if message is not None else tap.from_user.id
    return Incoming(
        update_id, tap.from_user.id, chat_id, private, message.message_id if message else None, tap.data, tap
    )


def _message(update_id: int, message: Message) -> Incoming | None:
    if message.from_user is None or message.from_user.is_bot:
        return None
    private = message.chat.type == "private"
    document = None
    if message.document is not None:
        sent = message.document
        document = Attachment(sent.file_id, message.message_id, sent.file_size or 0)
    return Incoming(update_id, message.from_user.id, message.chat.id, private, None, message.text, None, document)
