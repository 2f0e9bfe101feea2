"""What statistics refuse: both do not exist, as far as the actor is concerned (E12)."""

from models.entry.service import Unknown


class StatisticsRefused(Unknown):
    """What was asked for does not exist for the actor; the message is a French sentence."""


class UnknownScope(StatisticsRefused):
    """The scope does not exist, or is another's."""


class OfDispositifs(StatisticsRefused):
    """What is asked for exists for whole dispositifs only, and the scope is a part of one."""


class UnknownCampaign(StatisticsRefused):
    """There is no campaign at that date."""
