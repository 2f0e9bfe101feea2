"""The bot itself: its name and descriptions."""

from simulator.errors import bad_request
from simulator.methods.registry import DONE, Params, Result, simulated
from simulator.state import State


@simulated("getMe")
def get_me(state: State, params: Params) -> Result:
    return Result(
        state.bot.as_user()
        | {
            "can_join_groups": True,
            "can_read_all_group_messages": True,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
    )


def _limited(params: Params, name: str, limit: int) -> str:
    value: str = params.get(name, "")
    if len(value) > limit:
        raise bad_request(f"{name} is too long")
    return value


@simulated("setMyName", "name")
def set_my_name(state: State, params: Params) -> Result:
    state.bot.name = _limited(params, "name", 64) or state.settings.bot_name
    return DONE


@simulated("getMyName")
def get_my_name(state: State, params: Params) -> Result:
    return Result({"name": state.bot.name})


@simulated("setMyDescription", "description")
def set_my_description(state: State, params: Params) -> Result:
    state.bot.description = _limited(params, "description", 512)
    return DONE


@simulated("getMyDescription")
def get_my_description(state: State, params: Params) -> Result:
    return Result({"description": state.bot.description})


@simulated("setMyShortDescription", "short_description")
def set_my_short_description(state: State, params: Params) -> Result:
    state.bot.short_description = _limited(params, "short_description", 120)
    return DONE


@simulated("getMyShortDescription")
def get_my_short_description(state: State, params: Params) -> Result:
    return Result({"short_description": state.bot.short_description})
