"""Caseloads for measurements and fault tests: coaches on linked phones, each with persons to enter.

Every person has three past events and nothing worth a look, so that « Rien n'a changé » is one tap for each.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.tables import Role
from models.base.clock import local_day, system_clock
from models.base.database import Database
from models.base.revision import new_revision
from models.events.form import Answers
from models.events.tables import EventState
from models.reference.nomenclature import Emploi, Formation, Niveau, Statut
from models.tables import metadata

FIRST_PHONE = 5001
CAMPAIGNS = 4
QUARTER = timedelta(days=91)
DISPOSITIF = "ABC01"
STRUCTURES = ("Les Tilleuls", "Le Pont", "Atelier Sud")
ANSWERS = Answers(Statut.SUIVI, Niveau.REGULIER, Emploi.CDI, Formation.SANS_OBJET, Emploi.CDI, Formation.SANS_OBJET)


@dataclass(frozen=True)
class Caseload:
    """A coach's phone, and the persons to enter, in the order in which the bot goes through them."""

    phone: int
    persons: tuple[int, ...]

    def taps(self) -> list[str]:
        """Return the callback data of « Rien n'a changé » for each person, as their first card carries it."""
        return [f"same:{person}:0-0" for person in self.persons]


async def plant(database: Database, phones: int, persons_each: int) -> list[Caseload]:
    """Fill an empty, migrated database; the last campaign is open and holds no event yet."""
    async with database.transaction() as session:
        return await _Planting(session).plant(phones, persons_each)


class _Planting:
    """One dispositif, its coaches and their persons."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._now = system_clock()
        self._today = local_day(self._now)

    async def plant(self, phones: int, persons_each: int) -> list[Caseload]:
        campaigns = await self._campaigns()
        dispositif = (await self._insert("dispositif", [_dispositif()]))[0]
        structures = await self._insert(
            "structure", [{"dispositif_id": dispositif, "name": name} for name in STRUCTURES]
        )
        coaches = await self._coaches(phones)
        people = await self._insert(
            "person",
            [
                {
                    "reference": f"84{DISPOSITIF}{coach * persons_each + index:07d}",
                    "dispositif_id": dispositif,
                    "structure_id": structures[index % len(structures)],
                    "coach_id": coaches[coach],
                    "entry_date": self._today - timedelta(days=500),
                }
                for coach in range(phones)
                for index in range(persons_each)
            ],
        )
        await self._insert("event", [self._event(person, campaign) for person in people for campaign in campaigns[:-1]])
        return [
            Caseload(FIRST_PHONE + coach, tuple(people[coach * persons_each : (coach + 1) * persons_each]))
            for coach in range(phones)
        ]

    async def _campaigns(self) -> list[int]:
        last = self._today + timedelta(days=20)
        days = [last - QUARTER * back for back in reversed(range(CAMPAIGNS))]
        return await self._insert("campaign", [self._campaign(day, day == last) for day in days])

    def _campaign(self, day: date, is_open: bool) -> dict[str, Any]:
        closed_at = None if is_open else self._now
        return {"date": day, "opens": day - timedelta(days=30), "closes": None, "closed_at": closed_at}

    async def _coaches(self, phones: int) -> list[int]:
        coaches = await self._insert(
            "account",
            [
                {"email": f"coach{number}@exemple.fr", "channel_address": FIRST_PHONE + number, "created_at": self._now}
                for number in range(phones)
            ],
        )
        await self._insert(
            "role_grant",
            [
                {
                    "account_id": coach,
                    "role": Role.JOB_COACH,
                    "scope": f"dispositif:{DISPOSITIF}",
                    "granted_at": self._now,
                }
                for coach in coaches
            ],
        )
        return coaches

    def _event(self, person: int, campaign: int) -> dict[str, Any]:
        return {
            "person_id": person,
            "campaign_id": campaign,
            **ANSWERS.codes(),
            "confirmations": {},
            "state": EventState.SENT_UP,
            "revision": new_revision(),
            "created_at": self._now,
            "changed_at": self._now,
            "changed_by": None,
        }

    async def _insert(self, name: str, rows: list[dict[str, Any]]) -> list[int]:
        """Insert into an empty table; return the rows' numbers, in order."""
        table = metadata.tables[name]
        await self._session.execute(insert(table), rows)
        numbers = list((await self._session.execute(select(table.c.id).order_by(table.c.id))).scalars())
        assert len(numbers) == len(rows)
        return numbers


def _dispositif() -> dict[str, Any]:
    return {"reference": DISPOSITIF, "departement_no": "69", "emails_conseillers": [], "statut": "en_activite"}
