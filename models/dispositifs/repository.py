"""Read dispositifs and their structures."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.metadata import table
from models.base.rows import Query
from models.dispositifs.tables import Dispositif
from models.reference.nomenclature import StatutDispositif

_dispositif = table(Dispositif)


class DispositifPlace(NamedTuple):
    """A dispositif and the département it lies in."""

    number: int
    reference: str
    departement: str | None


_PLACES = select(_dispositif.c.id, _dispositif.c.reference, _dispositif.c.departement_no)
_ACTIVE = Query(
    DispositifPlace,
    _PLACES.where(_dispositif.c.statut == StatutDispositif.EN_ACTIVITE).order_by(_dispositif.c.reference),
)

_dispositif = table(Dispositif)


async def dispositif_exists(session: AsyncSession, reference: str) -> bool:
    """Whether a dispositif of that reference exists."""
    return await dispositif_place(session, reference) is not None


async def dispositif_place(session: AsyncSession, reference: str) -> DispositifPlace | None:
    """Return where the dispositif of that reference is."""
    return await Query(DispositifPlace, _PLACES.where(_dispositif.c.reference == reference)).first(session)


async def active_dispositifs(session: AsyncSession) -> list[DispositifPlace]:
    """Return the dispositifs that are active, by reference."""
    return await _ACTIVE.all(session)


async def holds_anything(session: AsyncSession) -> bool:
    """Whether there is any dispositif: without one there is no data at all."""
    return (await session.scalar(select(_dispositif.c.id).limit(1))) is not None
