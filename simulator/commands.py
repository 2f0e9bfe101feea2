"""The bot's command lists, one per scope and language, and the one a person sees."""

import re
from typing import Any

from simulator.errors import bad_request

Command = dict[str, str]

MAX_COMMANDS = 100
MAX_DESCRIPTION = 256

_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")


class Commands:
    """A scope hides a command in the menu; it protects nothing."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, str], list[Command]] = {}

    def put(self, scope: dict[str, Any] | None, language: str, commands: list[Command]) -> None:
        key = _key(scope, language)
        if len(commands) > MAX_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            command["command"] = command["command"].removeprefix("/").lower()
            if not _NAME.fullmatch(command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= MAX_DESCRIPTION:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        if commands:
            self._lists[key] = commands
        else:
            self._lists.pop(key, None)

    def get(self, scope: dict[str, Any] | None, language: str) -> list[Command]:
        return self._lists.get(_key(scope, language), [])

    def seen_by(self, person_id: int, language: str = "fr") -> list[Command]:
        """What the menu button lists in a private chat: the narrowest scope first, then the language."""
        scopes: list[dict[str, Any]] = [
            {"type": "chat", "chat_id": person_id},
            {"type": "all_private_chats"},
            {"type": "default"},
        ]
        for scope in scopes:
            for spoken in (language, ""):
                if found := self._lists.get(_key(scope, spoken)):
                    return found
        return []


def _key(scope: dict[str, Any] | None, language: str) -> tuple[str, str]:
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    if scope is None:
        return "default", language
    return ":".join(str(part) for part in scope.values()), language
