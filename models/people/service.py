"""What a coordinator may do with a person's file in the chat: assign, move, record an exit or a return."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.audit.repository import record as audit
from models.entry.service import Unknown
from models.people import repository
from models.people.repository import File, Files
from models.persons.rules import REFERENCE_LENGTH
from models.reference.nomenclature import Orientation

ACTION = "person"


class ExitRefused(Exception):
    """A rule forbids that exit date: its number (E14, E15), and the campaign whose event it contradicts."""

    def __init__(self, rule: str, campaign: date | None = None) -> None:
        super().__init__(rule)
        self.rule = rule
        self.campaign = campaign


class PersonRefused(Exception):
    """A rule forbids that person: its number (E03, E04)."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@dataclass(frozen=True)
class NewPerson:
    """What may be said of a new person in the chat."""

    reference: str
    dispositif_id: int
    structure_id: int
    entry_date: date
    orientation: Orientation | None


@dataclass(frozen=True)
class People:
    """The persons' files in one actor's name, at one moment. Every change is in the audit."""

    session: AsyncSession
    actor: Actor
    now: datetime

    async def page(self, number: int, size: int) -> Files:
        """Return a page of the files of the actor's dispositifs."""
        return await repository.files(self.session, self.actor, number, size)

    async def file(self, person_id: int) -> File:
        """Return a person's file; raises `Unknown`."""
        found = await repository.file(self.session, self.actor, person_id)
        if found is None:
            raise Unknown
        return found

    async def ending(self, end: str) -> File | None:
        """Return the one file whose code ends so; none where there is no such person, or several."""
        found = await repository.ending(self.session, self.actor, end.upper())
        return found[0] if len(found) == 1 else None

    async def coaches(self, of: File) -> Sequence[tuple[int, str]]:
        """Return who may follow the person."""
        return await repository.coaches(self.session, of)

    async def structures(self, of: File) -> Sequence[tuple[int, str]]:
        """Return where the person may be accompanied."""
        return await self.structures_of(of.dispositif_id)

    async def structures_of(self, dispositif_id: int) -> Sequence[tuple[int, str]]:
        """Return the structures of a dispositif; none of one that is not the actor's."""
        return await repository.structures(self.session, self.actor, dispositif_id)

    async def check_code(self, reference: str) -> None:
        """Raise `PersonRefused` for a code that is not of 14 characters (E03) or is taken (E04)."""
        if len(reference) != REFERENCE_LENGTH:
            raise PersonRefused("E03")
        if await repository.is_taken(self.session, reference):
            raise PersonRefused("E04")

    async def create(self, new: NewPerson) -> File:
        """Record a new person and return their file.

        Raises `PersonRefused` (E03, E04), `Unknown` for a structure that is not of a dispositif of the actor's (E09).
        """
        await self.check_code(new.reference)
        if new.structure_id not in dict(await self.structures_of(new.dispositif_id)):
            raise Unknown
        try:
            number = await repository.add(self.session, asdict(new))
        except IntegrityError as error:
            raise PersonRefused("E04") from error
        audit(self.session, self.actor, self.now, ACTION, f"person:{new.reference}", None, asdict(new))
        return await self.file(number)

    async def assign(self, of: File, coach_id: int) -> None:
        """Give the person to a job coach of the dispositif; raises `Unknown` for anybody else, `Stale`."""
        emails = dict(await self.coaches(of))
        if coach_id not in emails:
            raise Unknown
        await self._change(of, "coach_id", of.coach_id, coach_id, {"coach": of.coach}, {"coach": emails[coach_id]})

    async def move(self, of: File, structure_id: int) -> None:
        """Change the structure; raises `Unknown` for one of another dispositif (E09), `Stale`."""
        names = dict(await self.structures(of))
        if structure_id not in names:
            raise Unknown
        before, after = {"structure": of.structure}, {"structure": names[structure_id]}
        await self._change(of, "structure_id", of.structure_id, structure_id, before, after)

    async def leave(self, of: File, day: date) -> None:
        """Record an exit; raises `ExitRefused` before the entry (E14) or against an event entered (E15), `Stale`."""
        if of.entry_date is not None and day < of.entry_date:
            raise ExitRefused("E14")
        for campaign in await repository.followed_on(self.session, of, day):
            raise ExitRefused("E15", campaign)
        await self._change(of, "exit_date", of.exit_date, day, {"exit_date": of.exit_date}, {"exit_date": day})

    async def come_back(self, of: File) -> None:
        """Record a return: the person is followed again (W17); raises `Stale`."""
        await self._change(of, "exit_date", of.exit_date, None, {"exit_date": of.exit_date}, {"exit_date": None})

    async def _change(
        self, of: File, column: str, before: Any, after: Any, was: dict[str, Any], becomes: dict[str, Any]
    ) -> None:
        await repository.change(self.session, of, column, before, after)
        audit(self.session, self.actor, self.now, ACTION, f"person:{of.reference}", was, becomes)
