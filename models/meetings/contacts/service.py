"""What may be done with the address book of a platform: read it, add to it, archive; by whoever leads there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts import emails
from models.accounts.permissions import Actor
from models.audit.repository import record as audit
from models.base.refusals import Refusal
from models.base.revision import Stale
from models.entry.service import Unknown
from models.meetings.bodies import Body, Function
from models.meetings.contacts import repository, texts
from models.meetings.contacts.repository import Listed
from models.meetings.contacts.texts import ContactRefusal
from models.meetings.permissions import MeetingPermissions, meeting_permissions
from models.meetings.territories import Territory, territory

ACTION = "contact"


class ContactRefused(Refusal):
    """A contact cannot be added."""

    sentences = texts.REFUSALS


@dataclass(frozen=True)
class AddressBook:
    """The book of a scope in one actor's name, at one moment. Every method raises `Unknown` where they do not lead."""

    session: AsyncSession
    actor: Actor
    now: datetime

    async def contacts(self, scope: str) -> list[Listed]:
        """Return the contacts that may be invited there, by body."""
        there, rights = await self._led(scope)
        return await repository.listed(self.session, rights, there)

    async def add(self, scope: str, body: Body, function: Function, email: str) -> Listed:
        """Add a contact and return it; raises `ContactRefused`, `Stale` where two put an address back at once.

        One that was archived comes back with the same body and function only: reports signed name it as it was.
        """
        there, _ = await self._led(scope)
        address = emails.normalised(email)
        if address is None:
            raise ContactRefused(ContactRefusal.BAD_EMAIL)
        known = await repository.same_address(self.session, there.scope, address)
        if any(one.archived_at is None for one in known):
            raise ContactRefused(ContactRefusal.KNOWN_ALREADY)
        what = {"body": body, "function": function}
        before = next((one.id for one in known if (one.body, one.function) == (body, function)), None)
        if before is not None:
            await self._put_back(before)
        place = {"scope": there.scope, "departement_no": there.departement, "region_code": there.region}
        new = {**what, **place, "email": address, "created_at": self.now}
        number = before or await repository.write(self.session, new)
        if number is None:
            raise ContactRefused(ContactRefusal.KNOWN_ALREADY)
        audit(self.session, self.actor, self.now, ACTION, f"contact:{number}", after={**what, "email": address})
        return await self._one(number)

    async def contact(self, number: int) -> Listed:
        """Return a contact, archived or not."""
        return await self._one(number)

    async def chosen(self, numbers: Collection[int]) -> list[Listed]:
        """Return those of these contacts that exist for the actor, archived or not."""
        return await repository.chosen(self.session, await meeting_permissions(self.session, self.actor), numbers)

    async def with_one(self, numbers: Sequence[int], added: int) -> list[int]:
        """Return these contacts with another one, who takes the place of any of the same address; raises `Unknown`."""
        one = await self._one(added)
        same = {other.id for other in await self.chosen(numbers) if other.email == one.email}
        return [*(number for number in numbers if number not in same), added]

    async def archive(self, number: int) -> None:
        """Take a contact off the book; meetings that name it keep it."""
        one = await self._one(number)
        await repository.archive(self.session, number, self.now)
        audit(self.session, self.actor, self.now, ACTION, f"contact:{number}", before={"email": one.email})

    async def _put_back(self, number: int) -> None:
        try:
            await repository.change(self.session, number, {"archived_at": None})
        except IntegrityError as error:  # an address stands once in a book
            raise Stale from error

    async def _one(self, number: int) -> Listed:
        found = await self.chosen([number])
        if not found:
            raise Unknown
        return found[0]

    async def _led(self, scope: str) -> tuple[Territory, MeetingPermissions]:
        there = await territory(self.session, scope)
        rights = await meeting_permissions(self.session, self.actor)
        if there is None or not rights.leads(there):
            raise Unknown
        return there, rights
