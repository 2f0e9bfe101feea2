"""What builds the messages of each kind of reminder: an iterator beside its texts, declared by the kind it is for."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from models.notifications.kinds import ReminderKind
from reminders.reminder import Reminder

KindT = TypeVar("KindT", bound=ReminderKind)
ContextT = TypeVar("ContextT")
AboutT = TypeVar("AboutT")


class Builders(Generic[KindT, ContextT, AboutT]):
    """The builders of kinds of reminder, each given where everybody stands and who or what to look at."""

    def __init__(self) -> None:
        self._builders: dict[KindT, Callable[[ContextT, AboutT], Iterator[Reminder]]] = {}

    def builds(
        self, kind: KindT
    ) -> Callable[[Callable[[ContextT, AboutT], Iterator[Reminder]]], Callable[[ContextT, AboutT], Iterator[Reminder]]]:
        """Declare what builds the messages of a kind."""

        def declare(
            builder: Callable[[ContextT, AboutT], Iterator[Reminder]],
        ) -> Callable[[ContextT, AboutT], Iterator[Reminder]]:
            self._builders[kind] = builder
            return builder

        return declare

    def complete(self, kinds: Iterable[KindT]) -> None:
        """Raise `LookupError` where a kind has no builder: nothing starts then."""
        missing = [kind.code for kind in kinds if kind not in self._builders]
        if missing:
            raise LookupError(f"kinds of reminder without a builder: {', '.join(missing)}")

    def __call__(self, kind: KindT, context: ContextT, about: AboutT) -> Iterator[Reminder]:
        """Give what is due, of that kind."""
        return self._builders[kind](context, about)
