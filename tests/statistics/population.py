"""Populations for the indicators, written in bulk: whole countries in a few statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.revision import new_revision
from models.events.form import Answers
from models.events.tables import EventState
from models.reference.nomenclature import Emploi, Formation, Niveau, Orientation, Statut
from models.tables import metadata

NOW = datetime(2022, 12, 20, 9, 0, tzinfo=UTC)
END = date(2022, 12, 31)
BEFORE = date(2021, 12, 31)


def answers(
    statut: Statut = Statut.SUIVI,
    niveau: Niveau = Niveau.SUIVI,
    mois: Emploi = Emploi.SANS_EMPLOI,
    emploi: Emploi = Emploi.SANS_EMPLOI,
    formation: Formation = Formation.SANS_OBJET,
) -> Answers:
    """Return the six answers, those that matter named."""
    return Answers(statut, niveau, emploi, formation, mois, formation)


@dataclass(frozen=True)
class Somebody:
    """A person as the indicators see one, with their answers by campaign."""

    events: Mapping[date, Answers] = field(default_factory=dict)
    structure: int = 0
    entry_date: date | None = None
    exit_date: date | None = None
    orientation: Orientation | None = None
    birth_date: str | None = None
    sexe: str | None = None
    handicap_principal: str | None = None
    coach_id: int | None = None
    state: EventState = EventState.VALIDATED


@dataclass(frozen=True)
class Home:
    """A structure: its dispositif, where that is."""

    dispositif: str = "ABC01"
    departement: str | None = "69"
    name: str = "Les Tilleuls"


async def write(
    session: AsyncSession, persons: Sequence[Somebody], homes: Sequence[Home] = (Home(),), days: Iterable[date] = ()
) -> list[int]:
    """Write the persons in their structures (by their places in `homes`); return the numbers of the structures."""
    structures = [await _structure(session, home) for home in homes]
    campaigns = await _campaigns(session, {*days, *(day for one in persons for day in one.events)})
    rows: list[dict[str, Any]] = []
    for number, one in enumerate(persons, 1):
        place = structures[one.structure]
        rows.append(
            {
                "reference": f"P{number:013d}",
                "dispositif_id": place[0],
                "structure_id": place[1],
                "coach_id": one.coach_id,
                "entry_date": one.entry_date,
                "exit_date": one.exit_date,
                "orientation": one.orientation,
                "birth_date": one.birth_date,
                "sexe": one.sexe,
                "handicap_principal": one.handicap_principal,
            }
        )
    await _insert(session, "person", rows)
    person = metadata.tables["person"]
    found = await session.execute(select(person.c.reference, person.c.id))
    numbers = {reference: number for reference, number in found}  # noqa: C416
    events = [
        {
            "person_id": numbers[f"P{number:013d}"],
            "campaign_id": campaigns[day],
            **six.codes(),
            "confirmations": {},
            "state": one.state,
            "revision": new_revision(),
            "created_at": NOW,
            "changed_at": NOW,
        }
        for number, one in enumerate(persons, 1)
        for day, six in one.events.items()
    ]
    await _insert(session, "event", events)
    return [number for _, number in structures]


async def _insert(session: AsyncSession, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        await session.execute(insert(metadata.tables[table]), rows)


async def _structure(session: AsyncSession, home: Home) -> tuple[int, int]:
    dispositif, structure = metadata.tables["dispositif"], metadata.tables["structure"]
    number = await session.scalar(select(dispositif.c.id).where(dispositif.c.reference == home.dispositif))
    if number is None:
        row: dict[str, Any] = {"reference": home.dispositif, "departement_no": home.departement}
        row |= {"emails_conseillers": [], "statut": "en_activite"}
        written = insert(dispositif).values(row).returning(dispositif.c.id)
        number = await session.scalar(written)
    its = insert(structure).values(dispositif_id=number, name=home.name).returning(structure.c.id)
    made = await session.scalar(its)
    assert number is not None
    assert made is not None
    return number, made


async def _campaigns(session: AsyncSession, days: Iterable[date]) -> dict[date, int]:
    campaign = metadata.tables["campaign"]
    rows = [{"date": day, "opens": day - timedelta(30), "closes": day + timedelta(15)} for day in sorted(days)]
    await _insert(session, "campaign", rows)
    found = await session.execute(select(campaign.c.date, campaign.c.id))
    return {day: number for day, number in found}  # noqa: C416
