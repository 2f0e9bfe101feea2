"""The roles of `droits.yaml`, each held by somebody, beside three persons of two dispositifs."""

from dataclasses import dataclass

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Grant
from models.accounts.tables import Account, Role
from models.base.database import Database
from models.reference.scopes import NATIONAL
from tests.harness import factories
from tests.harness.factories import USUAL

MINE, COLLEAGUES, ELSEWHERE = 1, 2, 3

ROLES: dict[str, tuple[Role | None, str]] = {
    "coach": (Role.JOB_COACH, "dispositif:ABC01"),
    "coach elsewhere": (Role.JOB_COACH, "dispositif:XYZ02"),
    "coordinator": (Role.COORDINATOR, "dispositif:ABC01"),
    "coordinator elsewhere": (Role.COORDINATOR, "dispositif:XYZ02"),
    "chef de file": (Role.CHEF_DE_FILE, "departement:69"),
    "chef de file of the dispositif": (Role.CHEF_DE_FILE, "dispositif:ABC01"),
    "reader": (Role.READER, NATIONAL),
    "reader of the departement": (Role.READER, "departement:69"),
    "admin": (Role.ADMIN, NATIONAL),
    "nobody any more": (None, ""),
}

MAY_ENTER: dict[str, set[int]] = {
    "coach": {MINE},
    "coach elsewhere": set(),
    "coordinator": {MINE, COLLEAGUES},
    "coordinator elsewhere": {ELSEWHERE},
}
"""Whose persons each may see one by one and enter: nobody else's, and for the other roles none."""


@pytest.fixture
async def somewhere(database: Database) -> Database:
    """A database with an open campaign and a dispositif."""
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
    return database


@dataclass
class Somebody:
    """The holder of a role, and the numbers of the three persons by the end of their codes."""

    actor: Actor
    account: Account
    persons: dict[int, int]


async def somebody(database: Database, who: str, telegram_id: int = 1500) -> Somebody:
    """Write the persons and the account; the persons of `MINE` and `ELSEWHERE` name this account as their coach."""
    role, scope = ROLES[who]
    async with database.transaction() as session:
        if who not in {"coach", "coach elsewhere"}:
            follower = await factories.account(session, None, email="suivi@exemple.fr")
        account = await factories.account(session, telegram_id, role, scope, "quelquun@exemple.fr")
        if who in {"coach", "coach elsewhere"}:
            follower = account
        persons = await _three(session, follower)
    assert account.id is not None
    return Somebody(Actor(account.id, (Grant(role, scope),) if role else ()), account, persons)


async def _three(session: AsyncSession, follower: Account) -> dict[int, int]:
    colleague = await factories.account(session, None, email="collegue@exemple.fr")
    await factories.dispositif(session, "XYZ02", "Ailleurs")
    written = {
        MINE: await factories.person(session, MINE, follower, past=USUAL),
        COLLEAGUES: await factories.person(session, COLLEAGUES, colleague, past=USUAL),
        ELSEWHERE: await factories.person(session, ELSEWHERE, None, reference="XYZ02", past=USUAL),
    }
    return {number: person.id for number, person in written.items() if person.id is not None}
