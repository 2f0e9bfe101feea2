"""Every kind of message and every type of work, by its code, from the features that declare them."""

from collections.abc import Iterable
from itertools import chain
from types import ModuleType
from typing import TypeVar

from models.announcements import messages as announcements
from models.jobs.kinds import JobKind
from models.meetings import jobs as meeting_jobs
from models.meetings import messages as meetings
from models.notifications import messages as notifications
from models.notifications.kinds import MessageKind, outcome_of
from models.reminders import jobs as reminder_jobs
from models.reminders import messages as reminders
from models.review import messages as review
from models.statistics import jobs as statistics_jobs
from models.workbook import jobs as workbook_jobs
from models.workbook import messages as workbook

KindT = TypeVar("KindT", MessageKind, JobKind)


def declared(of: type[KindT], *modules: ModuleType) -> list[KindT]:
    """Return the kinds that stand in modules, in the order in which they were declared."""
    return [kind for module in modules for kind in vars(module).values() if isinstance(kind, of)]


def by_code(kinds: Iterable[KindT]) -> dict[str, KindT]:
    """Return kinds by their codes; raises `LookupError` where two have the same: nothing starts then."""
    found: dict[str, KindT] = {}
    for kind in kinds:
        if found.setdefault(kind.code, kind) is not kind:
            raise LookupError(f"{type(kind).__name__} {kind.code!r} is declared twice")
    return found


JOB_KINDS = by_code(declared(JobKind, workbook_jobs, statistics_jobs, meeting_jobs, reminder_jobs))

MESSAGE_KINDS = by_code(
    chain(
        declared(MessageKind, reminders, meetings, review, announcements, workbook, notifications),
        map(outcome_of, JOB_KINDS.values()),
    )
)
