"""How populations divide: the categories of each breakdown, and the groups shown where a category is too small."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.reference.nomenclature import EMPLOI_MOIS, FORMATION_MOIS, HANDICAP, NIVEAU, ORIENTATION, STATUT, Spelling
from models.statistics import texts
from models.statistics.disclosure.suppression import Group, Levels
from models.statistics.sheet import Breakdown

AGES = (25, 35, 45, 55)
"""The ages at which an age band begins, after the first."""


@dataclass(frozen=True)
class Division:
    """A breakdown: its categories (codes, labels), what population it is of, and how they are grouped.

    `code` of a category is what the database holds; a breakdown that it holds encrypted is `private`: masked as for
    readers, whoever asks. `everybody`: the answer is known of each person of the population.
    """

    by: Breakdown
    title: str
    population: str
    codes: Sequence[str]
    labels: Sequence[str]
    levels: Levels
    private: bool = False
    everybody: bool = True


def _division(
    by: Breakdown,
    spelling: Spelling,
    *coarser: Sequence[Group],
    private: bool = False,
    everybody: bool = True,
) -> Division:
    return Division(
        by,
        texts.TITLES[by],
        texts.POPULATIONS.get(by, texts.POPULATION),
        tuple(str(code) for code in spelling),
        tuple(spelling.values()),
        _levels(len(spelling), *coarser),
        private,
        everybody,
    )


def _levels(categories: int, *coarser: Sequence[Group]) -> Levels:
    return (tuple((place,) for place in range(categories)), *coarser, (tuple(range(categories)),))


_EMPLOI: Sequence[Sequence[Group]] = (((0,), (1,), (2, 3, 4), (5,)), ((0, 1, 2, 3, 4), (5,)))
"""CDI, CDD, the rest and without a job; with and without."""

_BANDS = {code: label for code, label in NIVEAU.items() if code != "veille"}

DIVISIONS: dict[str, Division] = {
    one.by: one
    for one in (
        _division(Breakdown.STATUT, STATUT),
        _division(Breakdown.NIVEAU, _BANDS, ((0,), (1, 2))),
        _division(Breakdown.EMPLOI_DATE, EMPLOI_MOIS, *_EMPLOI),
        _division(Breakdown.EMPLOI_MOIS, EMPLOI_MOIS, *_EMPLOI),
        _division(Breakdown.FORMATION_DATE, FORMATION_MOIS, ((0, 1), (2,))),
        _division(Breakdown.ORIENTATION, ORIENTATION, everybody=False),
        _division(
            Breakdown.HANDICAP,
            HANDICAP,
            ((0, 1, 3, 4), (2,), (5, 6, 7, 8)),
            private=True,
            everybody=False,
        ),
        Division(
            Breakdown.AGE,
            texts.TITLES[Breakdown.AGE],
            texts.POPULATION,
            tuple(str(place) for place in range(len(AGES) + 1)),
            texts.age_bands(AGES),
            _levels(len(AGES) + 1, ((0, 1), (2, 3, 4))),
            private=True,
            everybody=False,
        ),
        Division(
            Breakdown.SEXE,
            texts.TITLES[Breakdown.SEXE],
            texts.POPULATION,
            ("0", "1"),
            texts.SEXES,
            _levels(2),
            private=True,
            everybody=False,
        ),
    )
}
