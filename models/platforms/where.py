"""Where a meeting is held for: a département, a region or a dispositif, with its clock and its holidays."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.dispositifs.departements import departements
from models.dispositifs.tables import Dispositif
from models.nomenclature import StatutDispositif
from models.working_days import MAINLAND, Place, place_of


class Level(StrEnum):
    """What part of the country an obligation is counted in: the first word of a scope."""

    DEPARTEMENT = "departement"
    REGION = "region"
    DISPOSITIF = "dispositif"


@dataclass(frozen=True)
class Where:
    """A scope that exists, `departement:69`, `region:84` or `dispositif:ABC01`, with its département and region.

    A region has no département; a dispositif of unknown département has neither.
    """

    scope: str
    level: Level
    departement: str | None
    region: str | None

    @property
    def place(self) -> Place:
        """The clock and the holidays there; those of its départements, for a region, where all have the same."""
        if self.departement is not None:
            return place_of(self.departement)
        places = {place_of(one.code) for one in departements().values() if one.region_code == self.region}
        return places.pop() if len(places) == 1 else MAINLAND

    @property
    def name(self) -> str:
        """How it is said: « Rhône », « Auvergne-Rhône-Alpes », « ABC01 »."""
        code = self.scope.partition(":")[2]
        if self.level is Level.DEPARTEMENT:
            return departements()[code].name
        if self.level is Level.REGION:
            return next(one.region for one in departements().values() if one.region_code == code)
        return code


def of_departement(code: str) -> Where:
    """Return where a département is; its number is one that exists."""
    return Where(f"departement:{code}", Level.DEPARTEMENT, code, departements()[code].region_code)


def of_region(code: str) -> Where:
    """Return where a region is."""
    return Where(f"region:{code}", Level.REGION, None, code)


async def where(session: AsyncSession, scope: str) -> Where | None:
    """Return the place that a scope names, or None where it names nothing that exists."""
    level, _, code = scope.partition(":")
    if level == Level.DEPARTEMENT and code in departements():
        return of_departement(code)
    if level == Level.REGION and any(one.region_code == code for one in departements().values()):
        return of_region(code)
    if level == Level.DISPOSITIF:
        row = await session.execute(select(Dispositif).where(col(Dispositif.reference) == code))
        found = row.scalar_one_or_none()
        return None if found is None else _of_dispositif(found.reference, found.departement_no)
    return None


async def platforms(session: AsyncSession) -> list[Where]:
    """Return the dispositifs that are active, by reference: what the obligations of départements follow from."""
    query = (
        select(col(Dispositif.reference), col(Dispositif.departement_no))
        .where(col(Dispositif.statut) == StatutDispositif.EN_ACTIVITE)
        .order_by(col(Dispositif.reference))
    )
    rows = await session.execute(query)
    return [_of_dispositif(reference, departement) for reference, departement in rows]


def _of_dispositif(reference: str, departement: str | None) -> Where:
    known = departements().get(departement or "")
    return Where(
        f"dispositif:{reference}",
        Level.DISPOSITIF,
        known.code if known else None,
        known.region_code if known else None,
    )
