"""Write `simulator/bot_api.json`, the model of the Bot API the local Telegram checks requests against.

The simulator must not import a Telegram library, so the model is read once from aiogram's method classes,
committed, and held to them by a test. Run: `python -m tests.simulator.generate_bot_api`.
"""

import datetime
import json
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import aiogram.methods
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile
from pydantic import BaseModel
from typing_extensions import TypeAliasType

TARGET = Path(__file__).parents[2] / "simulator" / "bot_api.json"

_SCALARS: dict[Any, str] = {
    int: "Integer",
    str: "String",
    bool: "Boolean",
    float: "Float",
    InputFile: "InputFile",
}
_MOMENTS = (datetime.datetime, datetime.timedelta)


class _Reader:
    """Collects, while it names types, the object types that still have to be described."""

    def __init__(self) -> None:
        self.waiting: dict[str, type[BaseModel]] = {}

    def fields(self, model: type[BaseModel]) -> dict[str, dict[str, str]]:
        described: dict[str, dict[str, str]] = {"required": {}, "optional": {}}
        for name, field in model.model_fields.items():
            kinds = list(dict.fromkeys(self.kinds(field.annotation)))
            # A discriminator has a default in Python, yet Telegram must be told it.
            required = field.is_required() or kinds[0].startswith("'")
            described["required" if required else "optional"][field.alias or name] = " | ".join(kinds)
        return described

    def kinds(self, annotation: Any) -> Iterator[str]:
        origin = get_origin(annotation)
        if annotation in _SCALARS:
            yield _SCALARS[annotation]
        elif annotation in _MOMENTS:
            yield "Integer"
        elif origin is Annotated:
            yield from self.kinds(get_args(annotation)[0])
        elif origin in (Union, types.UnionType):
            for part in get_args(annotation):
                if part not in (type(None), Default):
                    yield from self.kinds(part)
        elif origin is list:
            yield f"Array of {' | '.join(self.kinds(get_args(annotation)[0]))}"
        elif origin is Literal:
            value = get_args(annotation)[0]
            yield "Boolean" if isinstance(value, bool) else f"'{getattr(value, 'value', value)}'"
        elif isinstance(annotation, str | TypeAliasType):  # rich text, which holds itself: left unchecked
            yield "JSON"
        else:
            self.waiting.setdefault(annotation.__name__, annotation)
            yield annotation.__name__


def model() -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    """The methods with their parameters, and every object type these parameters are made of."""
    reader = _Reader()
    methods = {}
    for name in aiogram.methods.__all__:
        method = getattr(aiogram.methods, name)
        if isinstance(method, type) and issubclass(method, TelegramMethod) and method is not TelegramMethod:
            methods[method.__api_method__] = reader.fields(method)
    objects: dict[str, dict[str, dict[str, str]]] = {}
    while unread := [name for name in reader.waiting if name not in objects]:
        for name in unread:
            objects[name] = reader.fields(reader.waiting[name])
    return {"methods": dict(sorted(methods.items())), "types": dict(sorted(objects.items()))}


def rendered() -> str:
    """The file's text: one line per method and per type, so that a change of the API reads as a diff."""
    sections = []
    for title, entries in model().items():
        lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in entries.items())
        sections.append(f" {json.dumps(title)}: {{\n{lines}\n }}")
    return "{\n" + ",\n".join(sections) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(rendered(), encoding="utf-8")
