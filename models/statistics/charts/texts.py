"""The French of the pictures: titles, the two lines of words, notes."""

from collections.abc import Iterable, Sequence
from datetime import date

from models.base import french
from models.statistics.charts.pictures import Figure, Hidden, Unit, Value
from models.statistics.indicators.catalogue import PERCENT, POINTS, SLOPE
from models.statistics.indicators.formulas import Indicator
from models.statistics.numbers import number, rounded
from models.statistics.sheet import Capacity, Distribution, PublishedFigure
from models.statistics.sheet import Value as Published
from models.statistics.texts import METHODS

EMPLOYMENT = "Emploi dans le mois, au fil des remontées"
PERSONS = "Personnes accompagnées au moins 2 h par mois"
ORIENTATION = "Part des orientations par la MDPH"
SUPPORT = "Niveau de soutien au fil des remontées"
PROGRESS = "Avancement de la remontée"
COACHES = "Avancement de la remontée par job coach"
ENTERED = "Personnes saisies"
PROGRESS_PARTS = ("saisies à temps", "saisies en retard", "reprises d'un classeur", "à saisir")
COMPLETENESS = "Part des personnes saisies, par remontée"
EXPECTED = "Personnes attendues à la remontée"
CAPACITY = "Capacité et liste d'attente"
CAPACITY_LABELS = ("Places", "Personnes suivies (2 h par mois et plus)", "Liste d'attente", "Sans suite")
UNMASKED = "Petits nombres non masqués : à garder dans votre équipe."
CONFIRMED = "Chiffres confirmés par les dispositifs"
NOBODY = "Personne à compter."
HIDDEN = "Chiffres masqués : moins de 5 personnes, ou déductibles."
UNDER_WAY = "Remontée en cours."
LAST_COLUMN = "Dernière colonne : remontée en cours."

REPORT = "Emploi accompagné : la page du trimestre"
ENTRY = "Saisie"
EXPECTED_AND_ENTERED = "Personnes saisies sur les personnes attendues"
UNITS = {unit: f"\u00a0{unit}" for unit in (PERCENT, POINTS, SLOPE)}
MASKED = "masqué"
MASKED_BECAUSE = "Masqué : moins de 5 personnes, ou un chiffre qui permettrait d'en déduire un."
NOTHING = "–"
HIDDEN_VALUES = {Hidden.MASKED: MASKED, Hidden.UNKNOWN: NOTHING}

_NAMED = 2
_PLURAL = 2
_PLACES = {
    True: ("dispositif publiable", "dispositifs publiables"),
    False: ("structure publiable", "structures publiables"),
}
LEAST_FIRST = "Les moins complets d'abord"
MASKED_LAST = "Les moins complets d'abord, les masqués à la fin."


def written(value: Value, unit: Unit = Unit.PERSONS) -> str:
    """Return a value with its unit; what is hidden as « masqué » or « – »."""
    if isinstance(value, Hidden):
        return HIDDEN_VALUES[value]
    if unit is Unit.PERCENT:
        return f"{number(value, 0)}\u00a0%"
    return number(value)


def source(today: date) -> str:
    """Return where the figures come from, and when they were drawn."""
    return f"Source : Jalon. Dessiné le {french.day_and_year(today)}."


def line(indicator: Indicator) -> str:
    """Return what a line is called: the short name and the number of its indicator."""
    return f"{indicator.line or indicator.title} ({indicator.number})"


def second(population: str, validated_share: int | None, among: str = "") -> str:
    """Return the second line: who is counted, and whether the figures may still change."""
    about = population.rstrip(".")
    about = about[:1].upper() + about[1:]
    if validated_share is None or validated_share >= 100:
        return f"{about}."
    return f"{about}. Provisoire : {validated_share} % des saisies sont validées{among}."


def among(places: int, *, dispositifs: bool) -> str:
    """Return of which places a sum is, where that of all of them may not be told."""
    one, many = _PLACES[dispositifs]
    return f", sur {'les ' if places > 1 else ''}{french.count(places, one, many)}"


def largest(of: Distribution) -> str:
    """Return the largest parts: « Sans emploi : 51 % (2 832 sur 5 552) ; CDI : 21 % (1 166 sur 5 552) ».

    Where none is told, whether there is nobody or all is masked.
    """
    known = [(row.count, row.share, row.label) for row in of.rows if row.count and row.share is not None]
    shown = sorted(known, key=lambda row: -row[0])[:_NAMED]
    if not shown or of.total is None:
        return HIDDEN if of.masked else NOBODY
    parts = [
        f"{label} : {number(share, 0)} % ({number(count)} sur {number(of.total)})" for count, share, label in shown
    ]
    return f"{' ; '.join(parts)}."


def moved(lines: Sequence[tuple[str, Value, Value]], unit: Unit, since: date) -> str:
    """Return where each line comes from and where it stands; where none is told, whether they are masked."""
    parts = [_moved(name, first, last, unit) for name, first, last in lines if not _hidden(first, last)]
    if not parts:
        return HIDDEN if any(Hidden.MASKED in (first, last) for _, first, last in lines) else NOBODY
    return f"{' ; '.join(parts)}, depuis le {french.day_and_year(since)}."


def _hidden(first: Value, last: Value) -> bool:
    return isinstance(first, Hidden) and isinstance(last, Hidden)


def _moved(name: str, first: Value, last: Value, unit: Unit) -> str:
    now = written(last, unit)
    if isinstance(first, Hidden) or written(first, unit) == now:
        return f"{name} : {now}"
    return f"{name} : de {written(first, unit)} à {now}"


def entered(done: int, expected: int, among: str = "") -> str:
    """Return how many of the persons asked about are entered; `among`: of which places, where not of all."""
    if not expected:
        return HIDDEN if among else NOBODY
    persons = french.agree(done, "personne saisie", "personnes saisies")
    return f"{number(done)} {persons} sur {number(expected)} ({number(100 * done / expected, 0)} %){among}."


def order(left_out: int, *, masked: bool) -> str:
    """Return in what order the places of a picture are, and how many it leaves out; nothing where it shows all."""
    if not left_out:
        return MASKED_LAST if masked else ""
    rest = french.count(left_out, "autre n'est pas montré", "autres ne sont pas montrés")
    return f"{MASKED_LAST.rstrip('.') if masked else LEAST_FIRST} ; {rest}."


def capacity(found: Capacity) -> str:
    """Return capacity use and the waiting list in words."""
    if found.capacite is None:
        return "Aucun dispositif n'a encore confirmé ses chiffres pour cette remontée."
    places = f"{number(found.capacite)} {french.agree(found.capacite, 'place')}"
    use = f", occupées à {number(found.use, 0)} %" if found.use is not None else ""
    waiting = f" ; {number(found.liste_attente)} en liste d'attente" if found.liste_attente is not None else ""
    return f"{places}{use}{waiting} ({found.confirmed} sur {french.count(found.dispositifs, 'dispositif')})."


def method_note(of: Iterable[PublishedFigure]) -> str:
    """Return by which method the slopes among these indicators are computed: « F20 et F21, méthode A… »."""
    slopes = [one for one in of if one.unit == SLOPE]
    ways = {one.computed: [other.number for other in slopes if other.computed == one.computed] for one in slopes}
    return " ".join(f"{' et '.join(numbers)}, {computed}." for computed, numbers in ways.items())


def report_note(validated_share: int | None, among: str = "") -> str:
    """Return what is said at the foot of a report: whose definitions, and whether its figures may still change."""
    definitions = (
        "Les numéros sont ceux des définitions nationales, que donne /stats avec leur population et leur convention ; "
        "« masqué » : moins de 5 personnes, ou déductible."
    )
    if validated_share is None or validated_share >= 100:
        return definitions
    return f"{definitions} Chiffres provisoires : {validated_share} % des saisies sont validées{among}."


def share_entered(done: int, expected: int, among: str = "") -> str:
    """Return « 41 sur 52 (79 %) »."""
    if not expected:
        return MASKED if among else NOTHING
    return f"{number(done)} sur {number(expected)} ({number(100 * done / expected, 0)} %){among}"


def figure(value: Published) -> str:
    """Return an indicator's value with its unit, or that there is none: « 51 % », « 1 617 », « masqué », « – »."""
    if value.masked:
        return MASKED
    return NOTHING if value.value is None else _in_unit(value, value.value)


def printed(value: Published) -> Figure:
    """Return an indicator as a report prints it: with its value, or why it has none."""
    about = value.indicator
    said = value.note.rstrip(".") if value.value is None and value.note and not value.masked else figure(value)
    return Figure(about.number, about.title, said)


def methods(value: Published) -> list[str]:
    """Return what the other methods or conventions of an indicator give, a line each."""
    return [
        f"{METHODS.get(name, name.capitalize())} : {NOTHING if found is None else _in_unit(value, found)}."
        for name, found in value.methods.items()
    ]


def _in_unit(of: Published, found: float) -> str:
    unit = UNITS.get(of.indicator.unit, "")
    if abs(rounded(found, of.indicator.decimals)) < _PLURAL:
        unit = unit.replace("points", "point")
    return f"{number(found, of.indicator.decimals)}{unit}"
