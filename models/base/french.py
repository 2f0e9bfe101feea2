"""French dates, plurals and durations, for every text a person reads."""

from datetime import date
from functools import lru_cache

from babel.dates import format_date

LOCALE = "fr"
_WORDS = ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_DAYS_KEPT = 512
"""Screens say the same few days over and over, and formatting one is slow."""


@lru_cache(maxsize=_DAYS_KEPT)
def day(value: date) -> str:
    """Return « 31 décembre »."""
    return _first(value, format_date(value, "d MMMM", locale=LOCALE))


@lru_cache(maxsize=_DAYS_KEPT)
def day_and_year(value: date) -> str:
    """Return « 31 décembre 2026 »."""
    return _first(value, format_date(value, "d MMMM y", locale=LOCALE))


@lru_cache(maxsize=_DAYS_KEPT)
def weekday(value: date) -> str:
    """Return « jeudi 31 décembre »."""
    return f"{format_date(value, 'EEEE', locale=LOCALE)} {day(value)}"


@lru_cache(maxsize=_DAYS_KEPT)
def month(value: date) -> str:
    """Return « mars 2024 »."""
    return format_date(value, "MMMM y", locale=LOCALE)


def of_month(value: date) -> str:
    """Return « d'avril », « de mars »."""
    name = month(value).partition(" ")[0]
    return f"d'{name}" if name[0] in "ao" else f"de {name}"


def in_days(value: date, today: date) -> str:
    """Return how far a day is: « aujourd'hui », « demain », « dans 12 jours », « il y a 3 jours »."""
    distance = (value - today).days
    if distance in _NEAR:
        return _NEAR[distance]
    return f"dans {distance} jours" if distance > 0 else f"il y a {-distance} jours"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number and its noun, plural from two on: « 1 personne », « 6 personnes »."""
    return f"{number} {agree(number, noun, plural)}"


def in_words(number: int) -> str:
    """Return a small number as a sentence says it: « six »; in figures above ten."""
    return _WORDS[number - 1] if 1 <= number <= len(_WORDS) else str(number)


def agree(number: int, word: str, plural: str | None = None) -> str:
    """Return the word in the number's form; French takes the plural from two on."""
    return word if number < 2 else (plural or f"{word}s")


_NEAR = {0: "aujourd'hui", 1: "demain", -1: "hier"}


def _first(value: date, text: str) -> str:
    return f"1er{text[1:]}" if value.day == 1 else text
