"""The indicators once more, in plain Python over the rows: nothing of the program's own computing."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from models.reference.nomenclature import Emploi, Niveau, Orientation, Statut
from tests.statistics.population import Somebody

BANDS = {Niveau.SUIVI, Niveau.REGULIER, Niveau.INTENSIF}


def is_f01(one: Somebody, day: date) -> bool:
    six = one.events.get(day)
    return six is not None and six.statut == Statut.SUIVI and six.niveau_soutien in BANDS


def all_of(persons: Sequence[Somebody], day: date, campaigns: Sequence[date]) -> dict[str, float | None]:
    """Return every indicator that the V1 gives, unrounded."""
    f01 = [one for one in persons if is_f01(one, day)]
    suivi = [one for one in f01 if one.events[day].niveau_soutien == Niveau.SUIVI]
    oriented = [one for one in f01 if one.orientation]
    last_year, year_before = (day.replace(year=day.year - years) for years in (1, 2))
    active, seen = file_active(persons, day)
    return {
        "F01": len(f01),
        "F04": change(persons, year_before, last_year, campaigns),
        "F05": change(persons, last_year, day, campaigns),
        "F06": share(len(suivi), len(f01)),
        "F07": share(len(f01) - len(suivi), len(f01)),
        "F08": stability(persons, day, campaigns),
        "F10": share(sum(one.orientation == Orientation.MDPH for one in oriented), len(oriented)),
        "F11": entries(persons, last_year),
        "F12": entries(persons, day),
        "F17": in_month(f01, day, Emploi.SANS_EMPLOI),
        "F18": in_month(f01, day, Emploi.CDI),
        "F19": in_month(f01, day, Emploi.CDD),
        "F20": slope(f01, day, Emploi.SANS_EMPLOI),
        "F20 B": by_classes(f01, day, Emploi.SANS_EMPLOI),
        "F21": slope(f01, day, Emploi.CDI),
        "F21 B": by_classes(f01, day, Emploi.CDI),
        "F23": len(active),
        "F23 events": len(seen),
        "F24": len({when for one in persons for when in one.events if when.year == day.year}),
    }


def share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def change(persons: Sequence[Somebody], first: date, second: date, campaigns: Sequence[date]) -> float | None:
    if first not in campaigns or second not in campaigns:
        return None
    return sum(is_f01(one, second) for one in persons) - sum(is_f01(one, first) for one in persons)


def stability(persons: Sequence[Somebody], day: date, campaigns: Sequence[date]) -> float | None:
    shares = []
    for when in sorted(campaigns):
        f01 = [one.events[when] for one in persons if is_f01(one, when)]
        if when <= day and f01:
            shares.append(100 * sum(six.niveau_soutien == Niveau.SUIVI for six in f01) / len(f01))
    return max(abs(one - shares[0]) for one in shares) if shares else None


def entries(persons: Sequence[Somebody], last: date) -> float | None:
    months = {
        ((last.replace(day=1) - timedelta(days=back)).year, (last.replace(day=1) - timedelta(days=back)).month)
        for back in (0, 1, 32)
    }
    assert len(months) == 3
    entered = [one for one in persons if one.entry_date and one.entry_date <= last]
    entered = [one for one in entered if one.entry_date and (one.entry_date.year, one.entry_date.month) in months]
    return share(sum(one.orientation == Orientation.SPE for one in entered), len(entered))


def in_month(f01: Sequence[Somebody], day: date, emploi: Emploi) -> float | None:
    return share(sum(one.events[day].emploi_mois == emploi for one in f01), len(f01))


def slope(f01: Sequence[Somebody], day: date, emploi: Emploi) -> float | None:
    points = [
        ((day - one.entry_date).days / 365.25, 100 * (one.events[day].emploi_mois == emploi))
        for one in f01
        if one.entry_date and one.entry_date <= day
    ]
    if len({x for x, _ in points}) < 2:
        return None
    mean_x, mean_y = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def by_classes(f01: Sequence[Somebody], day: date, emploi: Emploi) -> float | None:
    classes: dict[int, list[bool]] = {}
    for one in f01:
        if one.entry_date and one.entry_date <= day:
            years = day.year - one.entry_date.year
            if (one.entry_date.month, one.entry_date.day) > (day.month, day.day):
                years -= 1
            classes.setdefault(years, []).append(one.events[day].emploi_mois == emploi)
    if len(classes) < 2:
        return None
    first, last = min(classes), max(classes)
    mean: Callable[[int], float] = lambda years: 100 * sum(classes[years]) / len(classes[years])  # noqa: E731
    return (mean(last) - mean(first)) / (last - first)


def file_active(persons: Sequence[Somebody], day: date) -> tuple[list[Somebody], list[Somebody]]:
    began = date(day.year, 1, 1)
    seen = [
        one
        for one in persons
        if any(began <= when <= day and six.statut == Statut.SUIVI for when, six in one.events.items())
    ]
    there = [
        one
        for one in persons
        if one.entry_date and one.entry_date <= day and (one.exit_date is None or one.exit_date >= began)
    ]
    return [one for one in persons if one in seen or one in there], seen
