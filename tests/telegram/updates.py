"""Updates as Telegram delivers them, for what a phone cannot do: come twice, come together, come badly."""

from aiogram.types import CallbackQuery, Chat, Message, Update, User

from tests.harness.application import COACH
from tests.harness.factories import NOW

FIRST_ID = 900_000_000


def written(update_id: int, text: str, user_id: int = COACH) -> Update:
    """Return an update by which somebody writes."""
    user, chat = _whose(user_id)
    message = Message(message_id=update_id % 1000, date=NOW, chat=chat, from_user=user, text=text)
    return Update(update_id=update_id, message=message)


def tapped(update_id: int, data: str, message_id: int = 1, user_id: int = COACH) -> Update:
    """Return an update by which somebody taps."""
    user, chat = _whose(user_id)
    message = Message(message_id=message_id, date=NOW, chat=chat, text="…")
    tap = CallbackQuery(id=str(update_id), from_user=user, chat_instance="1", message=message, data=data)
    return Update(update_id=update_id, callback_query=tap)


def _whose(user_id: int) -> tuple[User, Chat]:
    return User(id=user_id, is_bot=False, first_name="Camille"), Chat(id=user_id, type="private")
