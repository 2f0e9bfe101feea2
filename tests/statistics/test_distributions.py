"""How populations divide, how complete a campaign is, what the dispositifs say of themselves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.fernet import InvalidToken
from sqlalchemy import insert, update

from models.accounts.permissions import COMMAND_LINE
from models.base.columns import EncryptedText
from models.base.database import Database
from models.events.tables import EventState
from models.reference.nomenclature import Emploi, Handicap, Niveau, Orientation, Statut
from models.statistics.disclosure.control import shown_alone
from models.statistics.disclosure.divisions import DIVISIONS
from models.statistics.service import capacity, completeness, completeness_total, distribution
from models.statistics.sheet import Breakdown, Distribution, Per
from models.tables import metadata
from tests.harness import factories
from tests.statistics.population import BEFORE, END, Home, Somebody, answers, write

HOMES = (Home(), Home(name="Le Parc"), Home("XYZ02", "38", "Ailleurs"))


async def divided(database: Database, by: Breakdown, scope: str = "national") -> Distribution:
    async with database.snapshot() as session:
        return await distribution(session, COMMAND_LINE, END, scope, by)


def counts(of: Distribution) -> dict[str, int | None]:
    return {row.label: row.count for row in of.rows}


async def test_the_status_is_of_everybody_and_the_rest_of_f01(database: Database) -> None:
    async with database.transaction() as session:
        await write(
            session,
            [
                *[Somebody({END: answers(mois=Emploi.CDI, emploi=Emploi.CDD)}, orientation=Orientation.SPE)] * 15,
                *[Somebody({END: answers(niveau=Niveau.VEILLE)})] * 10,
                *[Somebody({END: answers(statut=Statut.VEILLE_TOTALE)})] * 5,
                Somebody({BEFORE: answers()}),
            ],
        )
    status = await divided(database, Breakdown.STATUT)
    assert counts(status) == {"Suivi par le dispositif": 25, "Veille totale": 5, "Suivi terminé": 0}
    assert (status.total, status.masked) == (30, False)
    assert status.rows[0].share == pytest.approx(83.333, abs=0.001)
    assert counts(await divided(database, Breakdown.EMPLOI_DATE))["CDD"] == 15
    assert counts(await divided(database, Breakdown.EMPLOI_MOIS))["CDI"] == 15
    assert counts(await divided(database, Breakdown.ORIENTATION)) == {"MDPH": 0, "Service Public de l’Emploi": 15}
    nobody = await divided(database, Breakdown.NIVEAU, "region:11")
    assert (nobody.total, {row.share for row in nobody.rows}) == (0, {None})


ALONE = [
    ("enough everywhere", (9, 8, 7, 6, 5, 10), {0, 1, 2, 3, 4, 5}, True),
    ("nobody is told", (9, 8, 0, 6, 5, 10), {0, 1, 2, 3, 4, 5}, True),
    ("small ones are grouped: CDI and CDD remain", (9, 8, 2, 3, 1, 10), {0, 1, 5}, True),
    ("with and without a job", (2, 3, 1, 2, 0, 6), {5}, True),
    ("the total alone", (2, 1, 1, 0, 0, 3), set(), True),
    ("nothing", (2, 1, 0, 0, 0, 1), set(), False),
    ("nobody at all", (0, 0, 0, 0, 0, 0), {0, 1, 2, 3, 4, 5}, True),
]


@pytest.mark.parametrize(("counts", "shown", "total"), [case[1:] for case in ALONE], ids=[case[0] for case in ALONE])
def test_a_table_by_itself_tells_of_nobody_or_of_five(counts: tuple[int, ...], shown: set[int], total: bool) -> None:
    found = shown_alone(counts, DIVISIONS[Breakdown.EMPLOI_MOIS].levels)
    assert (set(found.categories), found.total) == (shown, total)


async def test_age_sex_and_disability_are_masked_for_everybody(database: Database) -> None:
    def some(count: int, structure: int, born: date, sexe: str, handicap: Handicap) -> list[Somebody]:
        return [
            Somebody(
                {END: answers()}, structure, birth_date=born.isoformat(), sexe=sexe, handicap_principal=handicap.value
            )
        ] * count

    async with database.transaction() as session:
        await write(
            session,
            [
                *some(9, 0, date(1998, 1, 1), "Femme", Handicap.PSYCHISME),  # 24 years old
                *some(9, 0, date(1997, 12, 31), "h", Handicap.AUTISME),  # 25 that very day
                *some(8, 1, date(1960, 5, 5), "Femme", Handicap.MOTRICES),
                *some(2, 1, date(1960, 5, 5), "Homme", Handicap.PSYCHISME),
                *some(7, 2, date(1998, 1, 1), "F", Handicap.PSYCHISME),
                *some(6, 2, date(1998, 1, 1), "M", Handicap.AUDITIVES),
                Somebody({END: answers()}, 2, sexe="non précisé", birth_date="?"),
            ],
            HOMES,
        )
    assert counts(await divided(database, Breakdown.SEXE)) == {"Femmes": 24, "Hommes": 17}
    ages = await divided(database, Breakdown.AGE)
    # Nobody is between 35 and 55: the bands are shown where the groups leave no band by itself below the threshold.
    assert (ages.total, ages.masked, set(counts(ages).values())) == (41, True, {None})
    by_sex = [await divided(database, Breakdown.SEXE, f"structure:{number}") for number in (1, 2)]
    assert [(one.total, one.masked, set(counts(one).values())) for one in by_sex] == [
        (18, True, {None}),
        (10, True, {None}),
    ]
    assert counts(await divided(database, Breakdown.SEXE, "dispositif:XYZ02")) == {"Femmes": 7, "Hommes": 6}
    handicaps = await divided(database, Breakdown.HANDICAP)
    assert counts(handicaps)["troubles du psychisme"] == 18
    assert all(row.count is None or row.count >= 5 for row in handicaps.rows)


async def test_another_key_reads_no_age(database: Database) -> None:
    async with database.transaction() as session:
        await write(session, [Somebody({END: answers()}, birth_date="1990-01-01")] * 6)
    EncryptedText.use_secret("another")
    try:
        with pytest.raises(InvalidToken):
            await divided(database, Breakdown.AGE)
    finally:
        EncryptedText.use_secret("test")


async def test_how_complete_a_campaign_is(database: Database) -> None:
    event, campaign = metadata.tables["event"], metadata.tables["campaign"]
    async with database.transaction() as session:
        coach = await factories.account(session, 1001)
        await write(
            session,
            [
                *[Somebody({END: answers()}, coach_id=coach.id)] * 3,
                *[Somebody({END: answers()}, 1, state=EventState.ENTERED)] * 2,
                Somebody({BEFORE: answers()}, coach_id=coach.id),
                Somebody({BEFORE: answers(statut=Statut.TERMINE)}),
                Somebody(structure=2, entry_date=END + timedelta(1)),
            ],
            HOMES,
        )
        # The last day of the campaign ends at midnight in Paris: one of them came a second after.
        closes = date(2023, 1, 15)
        await session.execute(update(campaign).where(campaign.c.date == END).values(closes=closes))
        last = datetime(2023, 1, 15, 22, 59, 59, tzinfo=UTC)
        await session.execute(update(event).where(event.c.person_id.in_([1, 2])).values(created_at=last))
        late = last + timedelta(seconds=1)
        await session.execute(update(event).where(event.c.person_id == 3).values(created_at=late))
    async with database.snapshot() as session:
        (whole,) = await completeness(session, COMMAND_LINE, END, "national")
        assert (whole.label, whole.expected, whole.entered, whole.validated) == ("ABC01", 6, 5, 3)
        assert (whole.on_time, whole.late, whole.loaded) == (4, 1, 0)
        total = await completeness_total(session, COMMAND_LINE, END, "national")
        assert total == replace(whole, label="France entière")
        parts = await completeness(session, COMMAND_LINE, END, "national", Per.STRUCTURE)
        assert [(one.label, one.expected, one.entered) for one in parts] == [
            ("Le Parc, dispositif ABC01", 2, 2),
            ("Les Tilleuls, dispositif ABC01", 4, 3),
        ]
        coaches = await completeness(session, COMMAND_LINE, END, "departement:69", Per.COACH)
        assert [(one.label, one.expected) for one in coaches] == [("compte1001@exemple.fr", 4), ("Sans job coach", 2)]


async def test_a_past_loaded_from_a_workbook_is_not_late(database: Database) -> None:
    event, history = metadata.tables["event"], metadata.tables["event_history"]
    async with database.transaction() as session:
        await write(session, [Somebody({END: answers()}, state=EventState.SENT_UP)] * 9)
        # Over on 15 January: 1 to 4 were loaded in time, 5 to 7 after; 8 was entered after, then loaded over.
        after, later = datetime(2023, 6, 1, tzinfo=UTC), datetime(2023, 7, 1, tzinfo=UTC)
        await session.execute(update(event).where(event.c.person_id >= 5).values(created_at=after))
        moments = [*((number, factories.NOW) for number in (1, 2, 3, 4)), *((number, after) for number in (5, 6, 7))]
        rows = [
            {"person_id": number, "campaign_id": 1, "origin": "imported", "at": at, "revision": number}
            for number, at in (*moments, (8, later))
        ]
        await session.execute(insert(history), rows)
    async with database.snapshot() as session:
        total = await completeness_total(session, COMMAND_LINE, END, "national")
        assert (total.entered, total.on_time, total.late, total.loaded) == (9, 4, 2, 3)


async def test_capacity_waiting_list_and_sans_suite(database: Database) -> None:
    figures, dispositif = metadata.tables["dispositif_figures"], metadata.tables["dispositif"]
    async with database.transaction() as session:
        await write(session, [*[Somebody({END: answers()})] * 6, *[Somebody({END: answers()}, 2)] * 9], HOMES)
        row = {"etp_total": 3, "etp_hors_admin": 2, "professionnels_hors_admin": 3, "confirmations": {}, "revision": 1}
        of_first = {"dispositif_id": 1, "campaign_id": 1, "capacite": 8, "liste_attente": 4, "sans_suite": 1}
        await session.execute(insert(figures), [{**row, **of_first, "changed_at": factories.NOW}])
        await session.execute(update(dispositif).values(capacite=99))  # what is known today counts for no campaign
    async with database.snapshot() as session:
        told = await capacity(session, COMMAND_LINE, END, "national")
        assert (told.dispositifs, told.confirmed, told.capacite, told.followed, told.use) == (2, 1, 8, 6, 75)
        assert (told.liste_attente, told.sans_suite) == (4, 1)
        other = await capacity(session, COMMAND_LINE, END, "dispositif:XYZ02")
        assert (other.dispositifs, other.confirmed, other.capacite, other.followed, other.use) == (
            1,
            0,
            None,
            None,
            None,
        )
        assert (await capacity(session, COMMAND_LINE, END, "structure:1")).capacite is None
