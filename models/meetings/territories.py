"""Where a meeting is held for: a département, a region or a dispositif, with its clock and its holidays."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from models.dispositifs.repository import DispositifPlace, active_dispositifs, dispositif_place
from models.reference.departements import departements
from models.reference.scopes import Level, Scope
from models.reference.working_days import MAINLAND, Place, place_of

LEVELS = frozenset({Level.REGION, Level.DEPARTEMENT, Level.DISPOSITIF})
"""What part of the country an obligation may be counted in."""


@dataclass(frozen=True)
class Territory:
    """A scope that exists, `departement:69`, `region:84` or `dispositif:ABC01`, with its département and region.

    A region has no département; a dispositif of unknown département has neither.
    """

    at: Scope
    departement: str | None
    region: str | None

    @property
    def scope(self) -> str:
        """The text of the scope."""
        return self.at.text

    @property
    def level(self) -> Level:
        """What part of the country it is."""
        return self.at.level

    @property
    def led_from(self) -> frozenset[str]:
        """The scopes whose chefs de file lead there: the place itself, and its département."""
        return frozenset({self.scope, Level.DEPARTEMENT.scope(self.departement)})

    @property
    def place(self) -> Place:
        """The clock and the holidays there; those of its départements, for a region, where all have the same."""
        if self.departement is not None:
            return place_of(self.departement)
        places = {place_of(code) for code in self.at.departements}
        return places.pop() if len(places) == 1 else MAINLAND

    @property
    def name(self) -> str:
        """How it is said: « Rhône », « Auvergne-Rhône-Alpes », « ABC01 »."""
        return self.at.name


def of_departement(code: str) -> Territory:
    """Return where a département is; its number is one that exists."""
    return Territory(Scope(Level.DEPARTEMENT, code), code, departements()[code].region_code)


def of_region(code: str) -> Territory:
    """Return where a region is."""
    return Territory(Scope(Level.REGION, code), None, code)


async def territory(session: AsyncSession, scope: str) -> Territory | None:
    """Return the place that a scope names, or None where it names nothing that exists."""
    try:
        level, code = at = Scope.parse(scope, LEVELS)
    except ValueError:
        return None
    if level is Level.DISPOSITIF:
        found = await dispositif_place(session, code)
        return None if found is None else _of_dispositif(found)
    if not at.exists:
        return None
    return of_region(code) if level is Level.REGION else of_departement(code)


async def platforms(session: AsyncSession) -> list[Territory]:
    """Return the dispositifs that are active, by reference: what the obligations of départements follow from."""
    return [_of_dispositif(one) for one in await active_dispositifs(session)]


def _of_dispositif(one: DispositifPlace) -> Territory:
    known = departements().get(one.departement or "")
    at = Scope(Level.DISPOSITIF, one.reference)
    return Territory(at, known.code, known.region_code) if known else Territory(at, None, None)
