"""Every picture there is, declared once: its name, what it reads, how it is shown, the words told with it.

The command line, the conversation and the workers all go by this registry.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from models.reference.scopes import Level
from models.statistics.charts import texts
from models.statistics.charts.pictures import Picture
from models.statistics.charts.progress import completeness, progress, progress_of_coaches
from models.statistics.charts.readings import Asked, capacity, divided, indicator_lines, support_over_time
from models.statistics.errors import UnknownChart
from models.statistics.scope import OF_DISPOSITIFS
from models.statistics.sheet import Breakdown

Read = Callable[[Asked], Awaitable[Picture]]


@dataclass(frozen=True)
class Chart:
    """A chart: the name it is asked by, the label of its button, what reads the picture.

    `over_time` names the chart that shows the same over campaigns, if there is one. A `live` chart is about the
    campaign under way; the others are about the last one that has ended, whose figures are whole. The `first` ones
    are offered before the others. A `held` one tells of job coaches: it is for those who hold the data of a place.
    A `whole` one tells what dispositifs confirm: a part of one has none of it.
    """

    name: str
    label: str
    read: Read
    over_time: str = ""
    live: bool = False
    first: bool = False
    held: bool = False
    whole: bool = False

    def is_for(self, level: Level, *, held: bool) -> bool:
        """Whether it is offered for a scope of that level; `held`: whose data the actor holds."""
        return (held or not self.held) and (level in OF_DISPOSITIFS or not self.whole)


_DECLARED = (
    Chart("emploi", "Emploi dans le dernier mois", divided(Breakdown.EMPLOI_MOIS), "emploi-evolution", first=True),
    Chart("emploi-date", "Emploi à la date", divided(Breakdown.EMPLOI_DATE)),
    Chart("emploi-evolution", "Emploi au fil des remontées", indicator_lines(texts.EMPLOYMENT, "F17", "F18", "F19")),
    Chart("personnes", "Personnes accompagnées", indicator_lines(texts.PERSONS, "F01"), first=True),
    Chart("soutien", "Niveau de soutien", divided(Breakdown.NIVEAU), "soutien-evolution", first=True),
    Chart("soutien-evolution", "Soutien au fil des remontées", support_over_time),
    Chart("statut", "Statut", divided(Breakdown.STATUT)),
    Chart("formation", "Formation", divided(Breakdown.FORMATION_DATE)),
    Chart("orientation", "Orientation", divided(Breakdown.ORIENTATION), "orientation-evolution", first=True),
    Chart("orientation-evolution", "Orientations au fil des remontées", indicator_lines(texts.ORIENTATION, "F10")),
    Chart("age", "Âge", divided(Breakdown.AGE)),
    Chart("sexe", "Sexe", divided(Breakdown.SEXE)),
    Chart("handicap", "Handicap", divided(Breakdown.HANDICAP)),
    Chart("remontee", "Avancement de la remontée", progress, "completude", live=True, first=True),
    Chart("remontee-coachs", "Avancement par job coach", progress_of_coaches, live=True, held=True),
    Chart("completude", "Complétude au fil des remontées", completeness, live=True),
    Chart("capacite", "Capacité et liste d'attente", capacity, live=True, first=True, whole=True),
)

CHARTS: Mapping[str, Chart] = {chart.name: chart for chart in _DECLARED}


def chart_named(name: str) -> Chart:
    """Return the chart of that name. Raises `UnknownChart`, whose sentence lists the names there are."""
    if name not in CHARTS:
        raise UnknownChart(name, CHARTS)
    return CHARTS[name]
