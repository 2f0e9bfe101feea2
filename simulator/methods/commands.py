"""The command lists and the menu button."""

from simulator.errors import bad_request
from simulator.methods.registry import DONE, Params, Result, simulated
from simulator.state import State


@simulated("setMyCommands", "commands", "scope", "language_code")
def set_my_commands(state: State, params: Params) -> Result:
    state.commands.put(params.get("scope"), params.get("language_code", ""), params["commands"])
    _tell_pages(state)
    return DONE


@simulated("getMyCommands", "scope", "language_code")
def get_my_commands(state: State, params: Params) -> Result:
    return Result(state.commands.get(params.get("scope"), params.get("language_code", "")))


@simulated("deleteMyCommands", "scope", "language_code")
def delete_my_commands(state: State, params: Params) -> Result:
    state.commands.put(params.get("scope"), params.get("language_code", ""), [])
    _tell_pages(state)
    return DONE


def _tell_pages(state: State) -> None:
    for person_id in state.people:
        state.feed.tell(person_id, {"type": "commands"})


@simulated("setChatMenuButton", "chat_id", "menu_button")
def set_chat_menu_button(state: State, params: Params) -> Result:
    button = params.get("menu_button", {"type": "default"})
    if button["type"] == "web_app":
        raise bad_request("web app menu buttons are not simulated")
    if "chat_id" in params:
        state.chat_seen_by_bot(params["chat_id"]).menu_button = button
    else:
        state.default_menu_button = button
    return DONE


@simulated("getChatMenuButton", "chat_id")
def get_chat_menu_button(state: State, params: Params) -> Result:
    chat = state.chat_seen_by_bot(params["chat_id"]) if "chat_id" in params else None
    return Result((chat and chat.menu_button) or state.default_menu_button)
