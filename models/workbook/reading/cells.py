"""Convert one cell, by the kind of its indicator (E06, E13)."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from models.accounts import emails
from models.reference.nomenclature import CellKind, Indicator
from models.workbook import texts
from models.workbook.reading.scanning import Odd

LARGEST_INTEGER = 2**31 - 1
LONGEST_TEXT = 200
FRENCH_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
EXCEL_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NOM?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#VALEUR!"})
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
NEUTRALISED = re.compile(r"'[=+\-@]")
"""The apostrophe an export puts before what a spreadsheet would take for a formula: no part of the text."""

SEPARATORS = {CellKind.EMAILS: re.compile(r"[;,\n\r]"), CellKind.TEXTS: re.compile(r"[;\n\r]")}


class CellRefused(Exception):
    """A cell that does not hold what its indicator expects: the rule, and what is expected in French."""

    def __init__(self, rule: str, expected: str) -> None:
        super().__init__(expected)
        self.rule = rule
        self.expected = expected


def convert(indicator: Indicator, raw: object) -> Any:
    """Return what a cell that is not blank holds: text, number, date, member of a closed list or tuple.

    Raises `CellRefused` under E06 for a value out of its closed list, under E13 for a wrong format.
    """
    if isinstance(raw, Odd):
        raise CellRefused("E13", _ODD[raw])
    if isinstance(raw, str) and raw.strip() in EXCEL_ERRORS:
        raise CellRefused("E13", texts.EXCEL_ERROR)
    return _CONVERSIONS[indicator.kind](indicator, raw)


def _text(_indicator: Indicator, raw: object) -> str:
    if isinstance(raw, bool | date | time | timedelta):
        raise CellRefused("E13", texts.UNREADABLE)
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)  # Excel keeps a code made of digits as a number
    text = str(raw).strip()
    if NEUTRALISED.match(text):
        text = text[1:]
    if len(text) > LONGEST_TEXT:
        raise CellRefused("E13", texts.TOO_LONG.format(longest=LONGEST_TEXT))
    if UNREADABLE.search(text):
        raise CellRefused("E13", texts.UNREADABLE)
    return text


def _choice(indicator: Indicator, raw: object) -> object:
    assert indicator.choices is not None
    text = str(raw).strip()
    for member, spelling in indicator.choices.items():
        if text == spelling:
            return member
    choices = ", ".join(f"« {spelling} »" for spelling in indicator.choices.values())
    raise CellRefused("E06", texts.CHOICE.format(choices=choices))


def _date(_indicator: Indicator, raw: object) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    written = FRENCH_DATE.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if written is not None:
        day, month, year = (int(part) for part in written.groups())
        try:
            return date(year, month, day)
        except ValueError as error:
            raise CellRefused("E13", texts.DATE) from error
    raise CellRefused("E13", texts.DATE)


def _number(raw: object, expected: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise CellRefused("E13", expected)
    text = re.sub(r"[\s\u00a0\u202f]", "", str(raw)).replace(",", ".")
    if not re.fullmatch(r"\d+(\.\d*)?(e[+-]?\d+)?", text):
        raise CellRefused("E13", expected)
    number = float(text)
    if not isfinite(number) or number > LARGEST_INTEGER:
        raise CellRefused("E13", expected)
    return number


def _integer(_indicator: Indicator, raw: object) -> int:
    number = _number(raw, texts.INTEGER)
    if not number.is_integer():
        raise CellRefused("E13", texts.INTEGER)
    return int(number)


def _decimal(_indicator: Indicator, raw: object) -> float:
    return _number(raw, texts.DECIMAL)


def _email(_indicator: Indicator, raw: object) -> str:
    address = emails.normalised(str(raw))
    if address is None:
        raise CellRefused("E13", texts.EMAIL)
    return address


def _emails(_indicator: Indicator, raw: object) -> tuple[str, ...]:
    addresses = [emails.normalised(part) for part in _parts(CellKind.EMAILS, raw)]
    kept = [address for address in addresses if address is not None]
    if len(kept) < len(addresses):
        raise CellRefused("E13", texts.EMAILS)
    return tuple(dict.fromkeys(kept))


def _texts(indicator: Indicator, raw: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_text(indicator, part) for part in _parts(CellKind.TEXTS, raw)))


def _parts(kind: CellKind, raw: object) -> list[str]:
    return [part.strip() for part in SEPARATORS[kind].split(str(raw)) if part.strip()]


_ODD = {Odd.FORMULA: texts.FORMULA, Odd.ERROR: texts.EXCEL_ERROR, Odd.NEGATIVE: texts.NEGATIVE}

_CONVERSIONS: dict[CellKind, Callable[[Indicator, object], Any]] = {
    CellKind.TEXT: _text,
    CellKind.EMAIL: _email,
    CellKind.EMAILS: _emails,
    CellKind.TEXTS: _texts,
    CellKind.INTEGER: _integer,
    CellKind.DECIMAL: _decimal,
    CellKind.DATE: _date,
    CellKind.CHOICE: _choice,
}
