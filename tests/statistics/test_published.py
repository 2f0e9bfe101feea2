"""Each published figure, from the population that makes it (`test_synthetique` of figures.yaml)."""

from datetime import date, timedelta

import pytest

from models.accounts.permissions import COMMAND_LINE
from models.base.database import Database
from models.reference.nomenclature import Emploi, Niveau, Orientation, Statut
from models.statistics import numbers
from models.statistics.indicators.aggregates import years_before
from models.statistics.indicators.catalogue import INDICATORS
from models.statistics.printed import decimal, written
from models.statistics.service import indicators
from models.statistics.sheet import IndicatorTable, Value
from tests.statistics.population import BEFORE, END, Somebody, answers, write

AT_ALL = date(2020, 12, 31)
NO_VALUE = {
    "F09": "secteur de l’employeur (privé ou public)",
    "F13": "antécédent d’emploi (« n’a jamais travaillé »)",
    "F14": "situation d’emploi à l’entrée",
    "F15": "situation d’emploi à l’entrée",
    "F16": "situation d’emploi à l’entrée",
    "F22": "situation d’emploi à l’entrée",
}


async def sheet_of(database: Database, persons: list[Somebody], *days: date) -> IndicatorTable:
    """Write the population and return the indicators of the country at the end of 2022."""
    async with database.transaction() as session:
        await write(session, persons, days=days)
    async with database.snapshot() as session:
        return await indicators(session, COMMAND_LINE, END, "national")


def told(sheet: IndicatorTable, number: str, decimals: int = 2) -> float:
    value = sheet.values[number].value
    assert value is not None
    return round(value, decimals)


def followed(count: int, **more: object) -> list[Somebody]:
    return [Somebody({END: answers(**more)})] * count  # type: ignore[arg-type]


async def test_f01_counts_5552_among_those_who_are_not(database: Database) -> None:
    bands = [*followed(3443), *followed(1009, niveau=Niveau.REGULIER), *followed(1100, niveau=Niveau.INTENSIF)]
    others = [
        *followed(70, niveau=Niveau.VEILLE),
        *followed(40, statut=Statut.TERMINE, niveau=Niveau.INTENSIF),
        *followed(30, statut=Statut.VEILLE_TOTALE, niveau=Niveau.SUIVI),
    ]
    sheet = await sheet_of(database, bands + others)
    assert (sheet.population, told(sheet, "F01"), sheet.validated_share) == (5552, 5552, 100)
    assert (told(sheet, "F06"), told(sheet, "F07")) == (62.01, 37.99)
    assert sheet.values["F06"].denominator == 5552
    assert told(sheet, "F24") == 1


async def test_f04_and_f05_are_the_yearly_changes(database: Database) -> None:
    counts = {AT_ALL: 3695, BEFORE: 3935, END: 5552}
    persons = [Somebody({day: answers() for day, count in counts.items() if number < count}) for number in range(5552)]
    sheet = await sheet_of(database, persons)
    assert (told(sheet, "F04"), told(sheet, "F05"), told(sheet, "F08")) == (240, 1617, 0)


async def test_f04_and_f05_name_the_campaign_they_lack(database: Database) -> None:
    sheet = await sheet_of(database, followed(3))
    assert {number: sheet.values[number].value for number in ("F04", "F05")} == {"F04": None, "F05": None}
    assert sheet.values["F05"].note == "Il manque la campagne du 31 décembre 2021."


async def test_f10_is_80_01_percent(database: Database) -> None:
    sent = [Somebody({END: answers()}, orientation=Orientation.MDPH)] * 4442
    spe = [Somebody({END: answers()}, orientation=Orientation.SPE)] * 1110
    unknown = [Somebody({END: answers()})] * 12
    sheet = await sheet_of(database, sent + spe + unknown)
    assert (told(sheet, "F10"), sheet.values["F10"].denominator) == (80.01, 5552)


async def test_f11_and_f12_are_of_the_entries_of_a_quarter(database: Database) -> None:
    def entered(day: date, spe: int, count: int) -> list[Somebody]:
        return [
            Somebody(entry_date=day, orientation=Orientation.SPE if number < spe else Orientation.MDPH)
            for number in range(count)
        ]

    persons = [
        *entered(date(2021, 10, 1), 27, 150),
        *entered(BEFORE, 0, 150),
        *entered(date(2022, 10, 1), 180, 250),
        *entered(END, 0, 250),
        *entered(date(2022, 9, 30), 90, 90),
        *entered(date(2021, 9, 30), 90, 90),
        *entered(date(2022, 1, 1), 90, 90),
        *entered(date(2023, 1, 1), 90, 90),
    ]
    sheet = await sheet_of(database, persons, END)
    assert (told(sheet, "F11"), sheet.values["F11"].denominator) == (9, 300)
    assert (told(sheet, "F12"), sheet.values["F12"].denominator) == (36, 500)


async def test_f17_to_f19_are_of_the_month_and_not_of_the_date(database: Database) -> None:
    persons = [
        *followed(2832, mois=Emploi.SANS_EMPLOI, emploi=Emploi.CDI),
        *followed(1166, mois=Emploi.CDI),
        *followed(888, mois=Emploi.CDD),
        *followed(666, mois=Emploi.INTERIM),
        *followed(50, mois=Emploi.CDI, niveau=Niveau.VEILLE),
    ]
    sheet = await sheet_of(database, persons)
    assert [told(sheet, number) for number in ("F17", "F18", "F19")] == [51.01, 21.0, 15.99]


async def test_f20_and_f21_are_the_slopes_by_both_methods(database: Database) -> None:
    persons = []
    for years, jobless, cdi in ((0, 620, 100), (1, 547, 176), (2, 474, 252), (3, 401, 328)):
        for number in range(1000):
            mois = Emploi.SANS_EMPLOI if number < jobless else Emploi.CDI if number >= 1000 - cdi else Emploi.CDD
            persons.append(Somebody({END: answers(mois=mois)}, entry_date=years_before(END, years)))
    nobody = [Somebody({END: answers()}), Somebody({END: answers()}, entry_date=END + timedelta(1))]
    sheet = await sheet_of(database, persons + nobody)
    assert (told(sheet, "F20", 1), told(sheet, "F21", 1)) == (-7.3, 7.6)
    for slanted, slope in (("F20", -7.3), ("F21", 7.6)):
        methods = sheet.values[slanted].methods
        assert {name: round(value or 0, 1) for name, value in methods.items()} == {"A": slope, "B": slope}
        assert methods["B"] == pytest.approx(slope)
        assert sheet.values[slanted].denominator == 4000


async def test_f20_is_undefined_where_everybody_came_in_together(database: Database) -> None:
    sheet = await sheet_of(database, [Somebody({END: answers()}, entry_date=BEFORE)] * 3)
    assert sheet.values["F20"].value is None
    assert sheet.values["F20"].note == "Une seule ancienneté : aucune pente."


async def test_f23_sees_who_came_and_left_between_two_campaigns(database: Database) -> None:
    days = (date(2022, 3, 31), date(2022, 6, 30), date(2022, 9, 30), END)
    there = [Somebody(dict.fromkeys(days, answers()), entry_date=date(2019, 5, 2))] * 3
    passing = [Somebody(entry_date=date(2022, 4, 4), exit_date=date(2022, 6, 3))] * 2
    gone = [Somebody(entry_date=date(2020, 1, 6), exit_date=date(2021, 12, 31)), Somebody(entry_date=date(2023, 1, 2))]
    sheet = await sheet_of(database, there + passing + gone)
    assert (told(sheet, "F01"), told(sheet, "F23")) == (3, 5)
    assert sheet.values["F23"].methods == {"évènements seuls": 3}
    assert told(sheet, "F24") == 4


async def test_f08_is_the_widest_gap_to_the_first_campaign(database: Database) -> None:
    june, december = date(2021, 6, 30), BEFORE
    persons = [
        Somebody(
            {
                june: answers(niveau=Niveau.SUIVI if number < 60 else Niveau.REGULIER),
                december: answers(niveau=Niveau.SUIVI if number < 65 else Niveau.INTENSIF),
                END: answers(niveau=Niveau.SUIVI if number < 58 else Niveau.REGULIER),
            }
        )
        for number in range(100)
    ]
    assert told(await sheet_of(database, persons), "F08") == 5


async def test_those_the_v1_cannot_give_name_the_field(database: Database) -> None:
    sheet = await sheet_of(database, followed(1))
    for number, field in NO_VALUE.items():
        value = sheet.values[number]
        assert (value.value, value.masked) == (None, False)
        assert value.note == f"La V1 n’a pas ce champ : {field}."
    assert set(sheet.values) == set(INDICATORS)


ROUNDED = [
    (62.5, 0, "63"),
    (61.5, 0, "62"),
    (-62.5, 0, "−63"),
    (0.25, 1, "0,3"),
    (-7.25, 1, "−7,3"),
    (-0.04, 1, "0"),
    (-0.05, 1, "−0,1"),
    (7.0, 1, "7"),
    (5552, 0, "5\u202f552"),
    (1_234_567.85, 1, "1\u202f234\u202f567,9"),
]


@pytest.mark.parametrize(("value", "decimals", "expected"), ROUNDED)
def test_one_rounding_on_pictures_and_on_the_command_line(value: float, decimals: int, expected: str) -> None:
    assert (numbers.number(value, decimals), decimal(value, decimals)) == (expected, expected)


UNITS = [
    ("F01", 0, "0 personne"),
    ("F01", 1, "1 personne"),
    ("F05", -1, "−1 personne"),
    ("F05", -2, "−2 personnes"),
    ("F01", 1234, "1\u202f234 personnes"),
    ("F08", 1.94, "1,9 point"),
    ("F08", 1.95, "2 points"),
    ("F20", -7.3, "−7,3 points par année d’ancienneté"),
    ("F20", 0.4, "0,4 point par année d’ancienneté"),
    ("F24", 1, "1 remontée par an"),
    ("F24", 4, "4 remontées par an"),
    ("F17", 51.5, "52 %"),
]


@pytest.mark.parametrize(("number", "value", "expected"), UNITS)
def test_units_agree_with_their_numbers(number: str, value: float, expected: str) -> None:
    assert written(Value(INDICATORS[number], value)) == expected
