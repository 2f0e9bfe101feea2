"""What statistics refuse: it does not exist, as far as the actor is concerned (E12)."""

from collections.abc import Iterable
from datetime import date

from models.base.refusals import Refusal
from models.entry.service import Unknown
from models.statistics.texts import REFUSALS, StatisticsRefusal


class StatisticsRefused(Refusal, Unknown):
    """What was asked for does not exist for the actor."""

    sentences = REFUSALS


class UnknownScope(StatisticsRefused):
    """The scope does not exist, or is another's."""

    def __init__(self) -> None:
        super().__init__(StatisticsRefusal.UNKNOWN_SCOPE)


class UnknownCampaign(StatisticsRefused):
    """There is no campaign at that date."""

    def __init__(self, day: date) -> None:
        super().__init__(StatisticsRefusal.UNKNOWN_CAMPAIGN, day=day)


class UnknownChart(StatisticsRefused):
    """There is no chart of that name among those there are."""

    def __init__(self, name: str, names: Iterable[str]) -> None:
        super().__init__(StatisticsRefusal.UNKNOWN_CHART, name=name, names=", ".join(names))


class OfDispositifs(StatisticsRefused):
    """What is asked for exists for whole dispositifs only, and the scope is a part of one."""
