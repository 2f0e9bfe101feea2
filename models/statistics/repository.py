"""The places of the figures: dispositifs, structures, and where they lie."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.metadata import table
from models.base.rows import Query
from models.dispositifs.repository import DispositifPlace
from models.dispositifs.tables import Dispositif, Structure

_dispositif = table(Dispositif)
_structure = table(Structure)


class StructurePlace(NamedTuple):
    """A structure and the dispositif it is of."""

    dispositif: DispositifPlace
    name: str


async def structure(session: AsyncSession, number: int) -> StructurePlace | None:
    """Return the structure of that number."""
    place = (_dispositif.c.id, _dispositif.c.reference, _dispositif.c.departement_no)
    joined = select(*place, _structure.c.name).join(_structure, _structure.c.dispositif_id == _dispositif.c.id)
    return await Query(StructurePlace, joined.where(_structure.c.id == number)).first(session)


async def dispositifs_in(session: AsyncSession, departements: Sequence[str]) -> Sequence[int]:
    """Return the numbers of the dispositifs of these départements."""
    statement = select(_dispositif.c.id).where(_dispositif.c.departement_no.in_(departements))
    return (await session.scalars(statement.order_by(_dispositif.c.id))).all()


async def departements_used(session: AsyncSession) -> Sequence[str | None]:
    """Return the départements that have a dispositif."""
    return (await session.scalars(select(_dispositif.c.departement_no).distinct())).all()


async def references_in(session: AsyncSession, departement: str) -> Sequence[str]:
    """Return the references of the dispositifs of a département."""
    statement = select(_dispositif.c.reference).where(_dispositif.c.departement_no == departement)
    return (await session.scalars(statement)).all()


async def structures_of(session: AsyncSession, reference: str) -> Sequence[int]:
    """Return the numbers of a dispositif's structures."""
    of = select(_dispositif.c.id).where(_dispositif.c.reference == reference).scalar_subquery()
    return (await session.scalars(select(_structure.c.id).where(_structure.c.dispositif_id == of))).all()
