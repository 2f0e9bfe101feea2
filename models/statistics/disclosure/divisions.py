"""How populations divide: the categories of each breakdown, and the groups shown where a category is too small."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.events.form import QUESTIONS, Question
from models.reference.nomenclature import HANDICAP, ORIENTATION
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


def _of_the_form(asked: Question) -> Iterator[Division]:
    """Yield how persons divide by the answers to a question; nothing where the form declares no statistic of it."""
    if (statistic := asked.statistic) is None:
        return
    by = Breakdown(statistic.code)
    codes = tuple(statistic.spelling)
    coarser = [tuple(tuple(codes.index(code) for code in group) for group in groups) for groups in statistic.groups]
    yield Division(
        by,
        statistic.title,
        texts.POPULATIONS.get(by, texts.POPULATION),
        tuple(str(code) for code in codes),
        tuple(statistic.spelling.values()),
        _levels(len(codes), *coarser),
    )


def _of_the_person(
    by: Breakdown, codes: Sequence[str], labels: Sequence[str], *coarser: Sequence[Group], private: bool = True
) -> Division:
    return Division(
        by,
        texts.TITLES[by],
        texts.POPULATIONS.get(by, texts.POPULATION),
        codes,
        labels,
        _levels(len(codes), *coarser),
        private,
        everybody=False,
    )


def _levels(categories: int, *coarser: Sequence[Group]) -> Levels:
    return (tuple((place,) for place in range(categories)), *coarser, (tuple(range(categories)),))


DIVISIONS: dict[str, Division] = {
    one.by: one
    for one in (
        *(division for asked in QUESTIONS for division in _of_the_form(asked)),
        _of_the_person(Breakdown.ORIENTATION, tuple(ORIENTATION), tuple(ORIENTATION.values()), private=False),
        _of_the_person(
            Breakdown.HANDICAP, tuple(HANDICAP), tuple(HANDICAP.values()), ((0, 1, 3, 4), (2,), (5, 6, 7, 8))
        ),
        _of_the_person(
            Breakdown.AGE,
            tuple(str(place) for place in range(len(AGES) + 1)),
            texts.age_bands(AGES),
            ((0, 1), (2, 3, 4)),
        ),
        _of_the_person(Breakdown.SEXE, ("0", "1"), texts.SEXES),
    )
}
