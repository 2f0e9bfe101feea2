"""What the bot may ask of a chat, and how it leaves one."""

from typing import Any

from simulator.errors import bad_request
from simulator.methods.registry import DONE, Params, Result, simulated
from simulator.state import State


@simulated("getChat", "chat_id")
def get_chat(state: State, params: Params) -> Result:
    chat = state.chat_seen_by_bot(params["chat_id"])
    told: dict[str, Any] = chat.as_chat() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if chat.pinned is not None:
        told["pinned_message"] = chat.messages[chat.pinned].as_json()
    return Result(told)


@simulated("leaveChat", "chat_id")
def leave_chat(state: State, params: Params) -> Result:
    chat = state.chat_seen_by_bot(params["chat_id"])
    if not chat.is_group:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_is_member = False
    return DONE
