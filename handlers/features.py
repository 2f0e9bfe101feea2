"""Every feature of the bot: who performs which verb, and the commands they bring to the menu."""

from collections.abc import Iterable

from handlers import announcements, entry, figures, jobs, meetings, people, reminders, review, statistics
from handlers import workbook as exchange
from handlers.accounts import conversation as account
from handlers.feature import Command, Feature, Performer, Typed
from handlers.meetings import obligations
from models.accounts.tables import Role

FEATURES: tuple[Feature, ...] = (
    entry.feature,
    people.feature,
    review.feature,
    figures.feature,
    exchange.feature,
    reminders.feature,
    announcements.feature,
    meetings.feature,
    meetings.answers,
    obligations.feature,
    statistics.feature,
    account.feature,
    jobs.feature,
)


class DeclaredTwice(Exception):
    """A verb that two functions perform: which of them would depend on their order."""


def by_verb(features: Iterable[Feature]) -> dict[str, Performer]:
    """Return what performs each verb of the features; raises `DeclaredTwice`."""
    performers: dict[str, Performer] = {}
    for feature in features:
        for verb, performer in feature.performers:
            if verb in performers:
                raise DeclaredTwice(verb)
            performers[verb] = performer
    return performers


PERFORMERS = by_verb(FEATURES)

COMMANDS: tuple[Command, ...] = tuple(command for feature in FEATURES for command in feature.commands)

TYPED: dict[str, Typed] = {verb: typed for feature in FEATURES for verb, typed in feature.typed.items()}
"""What may be written in the place of a tap, by the verb that a screen shows."""


def menu(roles: frozenset[str]) -> list[Command]:
    """Return the commands that a holder of these roles finds in the menu."""
    return [c for c in COMMANDS if c.roles is None or c.roles & {Role(role) for role in roles}]
