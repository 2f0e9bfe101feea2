"""The categories of what the database holds encrypted: an age band, what « Sexe » says, a disability."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from models.statistics.disclosure.control import Leaf
from models.statistics.disclosure.divisions import AGES, DIVISIONS
from models.statistics.sheet import Breakdown
from models.statistics.texts import WRITTEN_SEXES


class Token(NamedTuple):
    """An encrypted answer about a person, and the leaf they are in."""

    leaf: Leaf
    person_id: int
    token: str


def categories(
    tokens: Iterable[Token], decrypted: Callable[[str], str | None], by: Breakdown, day: date
) -> Counter[tuple[Leaf, int]]:
    """Return how many persons of each category these tokens tell of, in each leaf, at that day."""
    category = _CATEGORY[by](day)
    found: Counter[tuple[Leaf, int]] = Counter()
    for one in tokens:
        place = category(decrypted(one.token) or "")
        if place is not None:
            found[one.leaf, place] += 1
    return found


def _age_band(day: date) -> Callable[[str], int | None]:
    def band(text: str) -> int | None:
        try:
            born = date.fromisoformat(text)
        except ValueError:
            return None
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        return sum(age >= begins for begins in AGES) if age >= 0 else None

    return band


def _sexe(_: date) -> Callable[[str], int | None]:
    return lambda text: WRITTEN_SEXES.get(text.strip().lower())


def _handicap(_: date) -> Callable[[str], int | None]:
    codes = {code: place for place, code in enumerate(DIVISIONS[Breakdown.HANDICAP].codes)}
    return codes.get


_CATEGORY = {Breakdown.AGE: _age_band, Breakdown.SEXE: _sexe, Breakdown.HANDICAP: _handicap}
