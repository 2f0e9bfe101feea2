"""The Bot API as data: which methods exist, which parameters they take, of which type.

`bot_api.json` is read once; each type expression in it (`Integer | String`, `Array of MessageEntity`) becomes
a check, a function that takes what the request carried and returns it typed, or raises `BotApiError` in
Telegram's words.
A form carries every value as text, so a number, a boolean and a whole JSON object may each come as a string.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from simulator.errors import BotApiError, bad_request
from simulator.files import Upload

Check = Callable[[Any], Any]

_MODEL: dict[str, dict[str, dict[str, dict[str, str]]]] = json.loads(
    Path(__file__).with_name("bot_api.json").read_bytes()
)

# Telegram names these in plain words, and every other type by its name.
_PLAIN_NAMES = {
    "InlineKeyboardButton": "inline keyboard button",
    "KeyboardButton": "keyboard button",
    "LinkPreviewOptions": "link preview options",
    "ReplyParameters": "reply parameters",
}
_MISSING = {
    "action": "wrong parameter action in request",
    "chat_id": "chat_id is empty",
    "document": "there is no document in the request",
    "file_id": "file_id not specified",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "text": "message text is empty",
}


class _WrongTypeError(Exception):
    """The value is not of the type; the caller knows the field's name and says so."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Bot API and what it may be given."""

    name: str
    checks: dict[str, Check]
    required: tuple[str, ...]

    def parameters(self, given: dict[str, Any]) -> dict[str, Any]:
        """The request's values, typed. An empty text counts as not given, as Telegram has it."""
        typed: dict[str, Any] = {}
        checks = self.checks
        for name, value in given.items():
            check = checks.get(name)
            if check is None:
                raise bad_request(f'unknown parameter "{name}"')
            if value is None or value == "":
                continue
            try:
                typed[name] = check(value)
            except _WrongTypeError as wrong:
                raise bad_request(_wrong_parameter(name, wrong.expected, value)) from None
        for name in self.required:
            if name not in typed:
                raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
        return typed


def _wrong_parameter(name: str, expected: str, value: object) -> str:
    if name == "reply_markup":
        return (
            "can't parse reply keyboard markup JSON object"
            if isinstance(value, str) and not _is_json(value)
            else "object expected as reply markup"
        )
    if expected in ("Array", "Object") and isinstance(value, str) and not _is_json(value):
        return f"can't parse {name} JSON object"
    return f'parameter "{name}" must be of type {expected}'


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _string(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise _WrongTypeError("String")


def _integer(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            pass
    raise _WrongTypeError("Integer")


def _float(value: Any) -> Any:
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            return float(value)
        except ValueError:
            pass
    raise _WrongTypeError("Float")


_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def _boolean(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | str) and (known := _BOOLEANS.get(str(value).lower())) is not None:
        return known
    raise _WrongTypeError("Boolean")


def _identifier(value: Any) -> Any:
    """A chat: its number, or `@username`."""
    if isinstance(value, str) and value.startswith("@"):
        return value
    return _integer(value)


def _upload(value: Any) -> Any:
    if isinstance(value, Upload) or (isinstance(value, str) and value.startswith("attach://")):
        return value
    raise _WrongTypeError("InputFile")


def _upload_or_string(value: Any) -> Any:
    return value if isinstance(value, Upload) else _string(value)


def _anything(value: Any) -> Any:
    return value


_SCALARS: dict[str, Check] = {
    "Integer": _integer,
    "String": _string,
    "Boolean": _boolean,
    "Float": _float,
    "InputFile": _upload,
    "JSON": _anything,
    "Integer | String": _identifier,
    "String | InputFile": _upload_or_string,
}


def _decoded(value: Any, expected: str) -> Any:
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            raise _WrongTypeError(expected) from None
    return value


@cache
def _check_for(expression: str) -> Check:
    if scalar := _SCALARS.get(expression):
        return scalar
    if expression.startswith("'"):
        return _constant(expression.strip("'"))
    if expression.startswith("Array of "):
        return _array(expression.removeprefix("Array of "))
    if " | " in expression:
        return _one_of(expression.split(" | "))
    return _object(expression)


def _constant(wanted: str) -> Check:
    def check(value: Any) -> Any:
        if value != wanted:
            raise _WrongTypeError(f'"{wanted}"')
        return value

    return check


def _array(of: str) -> Check:
    def check(value: Any) -> Any:
        value = _decoded(value, "Array")
        if not isinstance(value, list):
            raise _WrongTypeError("Array")
        item = _check_for(of)
        return [item(each) for each in value]

    return check


def _one_of(names: list[str]) -> Check:
    """A choice between object types: the one named by `type`, else the one that knows most of the fields."""
    objects = [name for name in names if name in _MODEL["types"]]
    scalars = [name for name in names if name not in _MODEL["types"]]

    def check(value: Any) -> Any:
        if scalars and not isinstance(value, dict):
            return _check_for(" | ".join(scalars))(value)
        value = _decoded(value, "Object")
        if not isinstance(value, dict):
            raise _WrongTypeError("Object")
        named = [name for name in objects if _names_itself(name, value)]
        if not named:
            raise bad_request(f"can't parse {_common_name(objects)}: unsupported type specified")
        return _check_for(max(named, key=lambda name: _fields_known(name, value)))(value)

    return check


def _names_itself(name: str, value: dict[str, Any]) -> bool:
    required = _MODEL["types"][name]["required"]
    return all(value.get(field) == kind.strip("'") for field, kind in required.items() if kind[0] == "'")


def _fields_known(name: str, value: dict[str, Any]) -> int:
    fields = _MODEL["types"][name]
    return len(value.keys() & (fields["required"].keys() | fields["optional"].keys()))


def _common_name(names: list[str]) -> str:
    first, last = min(names), max(names)
    length = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:length] or names[0]


def _object(name: str) -> Check:
    label = _PLAIN_NAMES.get(name, name)
    fields = _MODEL["types"][name]
    kinds = fields["required"] | fields["optional"]
    # Types may hold themselves, so the checks of the fields are made at the first use.
    checks: dict[str, Check] = {}

    def check(value: Any) -> Any:
        value = _decoded(value, "Object")
        if not isinstance(value, dict):
            raise _WrongTypeError("Object")
        if not checks:
            checks.update((field, _check_for(kind)) for field, kind in kinds.items())
        typed: dict[str, Any] = {}
        for field, given in value.items():
            field_check = checks.get(field)
            if field_check is None:
                raise bad_request(f'can\'t parse {label}: unknown field "{field}"')
            if given is None:
                continue
            try:
                typed[field] = field_check(given)
            except _WrongTypeError as wrong:
                raise bad_request(f'can\'t parse {label}: Field "{field}" must be of type {wrong.expected}') from None
        for field in fields["required"]:
            if field not in typed:
                raise bad_request(f"can't parse {label}: Can't find field \"{field}\"")
        return typed

    return check


def _method(name: str, fields: dict[str, dict[str, str]]) -> Method:
    kinds = fields["required"] | fields["optional"]
    # Telegram looks at the content of a message before it looks for the chat.
    required = sorted(fields["required"], key=lambda field: field == "chat_id")
    return Method(name, {field: _check_for(kind) for field, kind in kinds.items()}, tuple(required))


METHODS: dict[str, Method] = {name.lower(): _method(name, fields) for name, fields in _MODEL["methods"].items()}


def find_method(name: str) -> Method:
    """The method of that name, in whatever case, as Telegram does."""
    method = METHODS.get(name.lower())
    if method is None:
        raise BotApiError(404, "Not Found: method not found")
    return method
