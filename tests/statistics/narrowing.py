"""The second attack on what is masked: bounds of every figure of every place, narrowed until nothing moves."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.statistics.disclosure.divisions import DIVISIONS
from models.statistics.disclosure.suppression import THRESHOLD
from models.statistics.service import completeness_total, distribution, indicators
from models.statistics.sheet import Breakdown, Value
from tests.statistics.population import END

OF_F01 = (Breakdown.NIVEAU, Breakdown.EMPLOI_DATE, Breakdown.EMPLOI_MOIS, Breakdown.FORMATION_DATE)
"""Everybody of F01 has an answer: their totals are the same."""
LABELS = {by: list(DIVISIONS[by].labels) for by in Breakdown}
TOTAL, F01, OUTSIDE, ENTERED, EXPECTED = "total", "F01", "outside", "entered", "expected"
ACTIVE, LEFT, WATCHED = "F23", "left in the year", "followed with less than 2 h"
UNKNOWN = "without an answer, or not followed"
FOLLOWED, *OTHERS = LABELS[Breakdown.STATUT]
ENTRIES = ("F11", "F12")
BY_SPE, OTHERWISE = "sent by the SPE", "sent otherwise"
"""Those who entered in the three months, or in those of a year before: whether they have an event or not."""
Figure = tuple[str, str, str]
"""A place; a breakdown, or what else is counted; a category, or the total."""


class Narrowing:
    """Bounds of every figure of every place, each narrowed by those it adds up with, until nothing moves."""

    def __init__(self, places: Mapping[str, Sequence[int]]) -> None:
        self.bounds: dict[Figure, list[int]] = {}
        self.sums: list[tuple[Figure, list[Figure]]] = []
        figures = [(F01, TOTAL), (OUTSIDE, TOTAL), (ENTERED, TOTAL), (EXPECTED, TOTAL), (ENTERED, UNKNOWN)]
        figures += [(ACTIVE, TOTAL), (ACTIVE, LEFT), (OUTSIDE, WATCHED), *((OUTSIDE, label) for label in OTHERS)]
        figures += [(OUTSIDE, FOLLOWED)]
        for by in Breakdown:
            if by != Breakdown.STATUT:
                figures += [(by, label) for label in LABELS[by]] + [(by, TOTAL), (by, UNKNOWN)]
        figures += [(of, what) for of in ENTRIES for what in (TOTAL, BY_SPE, OTHERWISE, UNKNOWN)]
        for place, homes in places.items():
            self.bounds |= {(place, *figure): [0, 10**6] for figure in figures}
            for by in Breakdown:
                if by != Breakdown.STATUT:
                    self.sums.append(((place, by, TOTAL), [(place, by, label) for label in LABELS[by]]))
                    # Those whose answer is known are among those of F01; the same persons where everybody has one.
                    self.sums.append(((place, F01, TOTAL), [(place, by, TOTAL), (place, by, UNKNOWN)]))
                if by in OF_F01:
                    self.bounds[place, by, UNKNOWN] = [0, 0]
            self.sums.append(((place, ENTERED, TOTAL), [(place, F01, TOTAL), (place, OUTSIDE, TOTAL)]))
            outside = [(place, OUTSIDE, label) for label in (WATCHED, *OTHERS)]
            self.sums.append(((place, OUTSIDE, TOTAL), outside))
            self.sums.append(((place, OUTSIDE, FOLLOWED), [(place, F01, TOTAL), (place, OUTSIDE, WATCHED)]))
            for of in ENTRIES:
                self.sums.append(((place, of, TOTAL), [(place, of, BY_SPE), (place, of, OTHERWISE)]))
                # Where all dates of exit are of this year, whoever entered is in the file active.
                self.sums.append(((place, ACTIVE, TOTAL), [(place, of, TOTAL), (place, of, UNKNOWN)]))
            # Where all dates of entry and exit are known, whoever has an event is in the file active.
            self.sums.append(((place, ACTIVE, TOTAL), [(place, ENTERED, TOTAL), (place, ACTIVE, LEFT)]))
            self.sums.append(((place, EXPECTED, TOTAL), [(place, ENTERED, TOTAL), (place, ENTERED, UNKNOWN)]))
            below = children(place, homes, places)
            if below:
                self.sums += [((place, *one), [(child, *one) for child in below]) for one in figures]

    def told(self, figure: Figure, count: int | None) -> None:
        """Fix a figure that is told."""
        if count is not None:
            low, high = self.bounds[figure]
            assert low <= count <= high
            self.bounds[figure] = [count, count]

    def until_nothing_moves(self) -> None:
        """Narrow the bounds of each figure by those of the others."""
        moved = True
        while moved:
            moved = False
            for whole, parts in self.sums:
                lows, highs = (sum(self.bounds[part][end] for part in parts) for end in (0, 1))
                news = [(whole, lows, highs)]
                for part in parts:
                    low, high = self.bounds[part]
                    news.append((part, self.bounds[whole][0] - (highs - high), self.bounds[whole][1] - (lows - low)))
                for figure, low, high in news:
                    bound = self.bounds[figure]
                    if low > bound[0] or high < bound[1]:
                        self.bounds[figure] = [max(low, bound[0]), min(high, bound[1])]
                        moved = True


def children(place: str, homes: Sequence[int], places: Mapping[str, Sequence[int]]) -> list[str]:
    """Return the places right below: the largest of those that lie within, a structure below its dispositif."""
    order = ("national", "region", "departement", "dispositif", "structure")
    depth = order.index(place.partition(":")[0])
    return (
        [one for one in places if one.startswith(order[depth + 1]) and set(places[one]) <= set(homes)]
        if (depth + 1 < len(order))
        else []
    )


def entered(value: Value) -> dict[str, int]:
    """Return what a share of the entries tells: how many there are, and how many the SPE sent; nothing if masked."""
    if value.value is None or not value.denominator:
        return {}
    spe = round(value.value * value.denominator / 100)
    return {TOTAL: value.denominator, BY_SPE: spe, OTHERWISE: value.denominator - spe}


async def narrowed(session: AsyncSession, reader: Actor, places: Mapping[str, Sequence[int]]) -> Narrowing:
    """Return the bounds that a reader is left with who was told everything there is."""
    narrowing = Narrowing(places)
    for place in places:
        for by in Breakdown:
            found = await distribution(session, reader, END, place, by)
            of = OUTSIDE if by == Breakdown.STATUT else by
            for row in found.rows:
                narrowing.told((place, of, row.label), row.count)
            narrowing.told((place, ENTERED if by == Breakdown.STATUT else by, TOTAL), found.total)
        sheet = await indicators(session, reader, END, place, {"F01", "F10", "F23", *ENTRIES})
        for of in ENTRIES:
            for what, count in entered(sheet.values[of]).items():
                narrowing.told((place, of, what), count)
        active = sheet.values["F23"].value
        narrowing.told((place, ACTIVE, TOTAL), None if active is None else int(active))
        narrowing.told((place, F01, TOTAL), sheet.population)
        if not sheet.values["F10"].masked:
            narrowing.told((place, Breakdown.ORIENTATION, TOTAL), sheet.values["F10"].denominator)
        line = await completeness_total(session, reader, END, place)
        narrowing.told((place, ENTERED, TOTAL), line.entered)
        narrowing.told((place, EXPECTED, TOTAL), line.expected)
    narrowing.until_nothing_moves()
    return narrowing


def too_narrow(narrowing: Narrowing) -> list[str]:
    """Return the figures below 5 that the bounds tell, and the hidden sizes they leave few values."""
    found = []
    for (place, of, category), (low, high) in narrowing.bounds.items():
        if of == F01 and low < high < low + THRESHOLD:
            found.append(f"{place}: {low} to {high} persons")
        if category != UNKNOWN and low == high and 0 < low < THRESHOLD:
            found.append(f"{place} {of} {category}: {low}")
    return found
