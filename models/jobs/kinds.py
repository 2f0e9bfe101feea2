"""Types of work: each is declared once, in its feature's `jobs.py`, and gathered in `models.kinds`."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from models.accounts.permissions import Permission
from models.jobs.tables import LONGEST_KIND

Perform = Callable[[Any], Awaitable[Mapping[str, Any]]]
"""Does a job, given its context, and returns its result, plain JSON. It may be begun again after any death: what it
writes for good it writes in one transaction, or under a key that finds it again."""


@dataclass(frozen=True)
class Performer:
    """A function of a module that is imported when it is first needed.

    A worker starts in a second and stays small as long as nobody asks for a workbook.
    """

    module: str
    name: str

    async def __call__(self, context: Any) -> Mapping[str, Any]:
        """Import it and call it."""
        function: Perform = getattr(import_module(self.module), self.name)
        return await function(context)

    def exists(self) -> bool:
        """Whether the module has a function of that name; nothing of it is run to know."""
        try:
            found = find_spec(self.module)
        except ModuleNotFoundError:
            return False
        code = found.loader.get_code(self.module) if found and found.loader else None  # type: ignore[attr-defined]
        return code is not None and self.name in code.co_names


@dataclass(frozen=True, eq=False)
class JobKind:
    """A type of work: the code that the database keeps, how it is called in French, what does it, how long it may take.

    `permission` is what whoever asks for it holds. What it tells whoever asked is a message of the same code.
    """

    code: str
    name: str
    perform: Perform
    permission: Permission
    within: timedelta = timedelta(hours=1)

    def __post_init__(self) -> None:
        if not self.name or not 0 < len(self.code) <= LONGEST_KIND:
            raise ValueError(f"type of work {self.code!r}: a code of 1 to {LONGEST_KIND} characters and a French name")
        if isinstance(self.perform, Performer) and not self.perform.exists():
            raise LookupError(f"type of work {self.code!r}: {self.perform.module} has no {self.perform.name}")
