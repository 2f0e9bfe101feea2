"""A day and a length are written as people write them."""

from datetime import time

import pytest

from handlers.meetings.planning.written import length_written
from tests.harness.application import ON_SQLITE
from tests.meetings.story import Platform


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("15/12", "mercredi 15 décembre 2027"),
        ("15 décembre", "mercredi 15 décembre 2027"),
        ("1er mars 2028", "mercredi 1er mars 2028"),
        ("mardi 12 janvier", "mardi 12 janvier 2027"),
        ("31/02/2027", "Cette date n'existe pas."),
        ("30 février", "Cette date n'existe pas."),
        ("31/04", "Cette date n'existe pas."),
    ],
)
@ON_SQLITE
async def test_a_day_is_written(platform: Platform, written: str, shown: str) -> None:
    phone = await platform.phone().send("/point")
    await phone.tap("Planifier le point de janvier")

    await phone.send(written)

    assert shown in phone.text


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("2 h", 120),
        ("2 heures", 120),
        ("2", 120),
        ("2:30", 150),
        ("45 min", 45),
        ("45 minutes", 45),
        ("90", 90),
        ("16 h", 120),
        ("à 16h15", 135),
        ("16", 120),
        ("13 h 30", -30),
        ("1 h 75", None),
        ("longtemps", None),
        ("", None),
    ],
)
def test_a_length_or_an_end_is_told_apart(written: str, minutes: int | None) -> None:
    assert length_written(written, time(14)) == minutes


@ON_SQLITE
async def test_a_length_is_written(platform: Platform) -> None:
    phone = await platform.phone().send("/point")
    for label in ("Planifier le point de janvier", "M 12", "14 h"):
        await phone.tap(label)

    await phone.send("longtemps")
    assert phone.text.startswith("Je n'ai pas reconnu de durée.")
    await phone.send("1h30")

    assert "mardi 12 janvier 2027, 14 h, 1 h 30" in phone.text
