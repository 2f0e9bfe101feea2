"""Invitations: who makes them, how they are accepted, how access is taken away."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from models.accounts.permissions import COMMAND_LINE, Actor, Grant
from models.accounts.repository import grants_of
from models.accounts.service import AccountRefused, InvitationRefused, accept, invite, revoke
from models.accounts.tables import Account, Invitation, Role
from models.audit.tables import Audit
from models.base.database import Database
from models.dispositifs.tables import Dispositif
from models.reference.scopes import NATIONAL

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
COACH, PHONE, OTHER_PHONE = "coach@exemple.fr", 1001, 1002


class Office:
    """Invites and accepts, each in a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def invite(
        self,
        email: str = COACH,
        role: Role = Role.JOB_COACH,
        scope: str | None = "dispositif:ABC01",
        actor: Actor = COMMAND_LINE,
        now: datetime = NOW,
    ) -> str:
        async with self._database.transaction() as session:
            return await invite(session, actor, now, email, role, scope)

    async def accept(self, token: str, phone: int = PHONE, now: datetime = LATER) -> Account:
        async with self._database.transaction() as session:
            return await accept(session, now, token, phone)

    async def revoke(self, email: str = COACH, actor: Actor = COMMAND_LINE, now: datetime = LATER) -> Account:
        async with self._database.transaction() as session:
            return await revoke(session, actor, now, email)

    async def roles(self, account: Account) -> list[tuple[Role, str]]:
        assert account.id is not None
        async with self._database.transaction() as session:
            return [(grant.role, grant.scope) for grant in await grants_of(session, account.id)]

    async def every(self, table: type[Any]) -> list[Any]:
        async with self._database.transaction() as session:
            return list((await session.scalars(select(table).order_by(table.id))).all())


@pytest.fixture
async def office(database: Database) -> Office:
    async with database.transaction() as session:
        session.add(Dispositif(reference="ABC01"))
    return Office(database)


async def test_accepting_gives_the_role(office: Office) -> None:
    account = await office.accept(await office.invite("Coach@Exemple.fr "))
    assert (account.email, account.channel_address) == (COACH, PHONE)
    assert await office.roles(account) == [(Role.JOB_COACH, "dispositif:ABC01")]
    assert [line.action for line in await office.every(Audit)] == ["invite", "accept"]


async def test_whoever_is_invited_has_one_account_without_a_role_until_they_come(office: Office) -> None:
    token = await office.invite()
    await office.invite("Coach@Exemple.fr ", Role.COORDINATOR)
    (waiting,) = await office.every(Account)
    assert (waiting.email, waiting.channel_address, await office.roles(waiting)) == (COACH, None, [])

    came = await office.accept(token)
    assert (came.id, came.channel_address) == (waiting.id, PHONE)
    await office.invite()
    assert [account.channel_address for account in await office.every(Account)] == [PHONE]


async def test_only_the_hash_of_the_token_is_kept(office: Office, database: Database) -> None:
    token = await office.invite()
    assert len(token) >= 22  # 128 bits
    async with database.engine.connect() as connection:
        kept = str((await connection.execute(text("SELECT * FROM invitation, audit"))).all())
    assert token not in kept


async def test_the_same_person_may_open_the_link_again(office: Office) -> None:
    token = await office.invite()
    first, again = await office.accept(token), await office.accept(token)
    assert first.id == again.id
    assert len(await office.roles(again)) == 1


async def test_a_second_invitation_adds_a_role(office: Office) -> None:
    await office.accept(await office.invite())
    account = await office.accept(await office.invite(role=Role.CHEF_DE_FILE, scope="departement:69"))
    assert await office.roles(account) == [
        (Role.JOB_COACH, "dispositif:ABC01"),
        (Role.CHEF_DE_FILE, "departement:69"),
    ]
    assert len(await office.every(Account)) == 1


async def test_the_same_role_twice_is_held_once(office: Office) -> None:
    await office.accept(await office.invite())
    account = await office.accept(await office.invite())
    assert len(await office.roles(account)) == 1


async def test_an_account_made_by_an_import_is_taken_up(office: Office, database: Database) -> None:
    async with database.transaction() as session:
        session.add(Account(email=COACH, created_at=NOW))
    account = await office.accept(await office.invite())
    assert account.channel_address == PHONE
    assert len(await office.every(Account)) == 1


class TestRefused:
    async def refusal(self, office: Office, token: str, phone: int = PHONE, now: datetime = LATER) -> str:
        with pytest.raises(InvitationRefused) as refused:
            await office.accept(token, phone, now)
        assert str(refused.value).endswith("responsable.")
        return refused.value.reason

    @pytest.mark.parametrize("token", ["", "inconnu", "é" * 40])
    async def test_unknown(self, token: str, office: Office) -> None:
        assert await self.refusal(office, token) == "unknown"

    async def test_used_by_somebody_else(self, office: Office) -> None:
        token = await office.invite()
        await office.accept(token)
        assert await self.refusal(office, token, OTHER_PHONE) == "used"

    async def test_expired_after_fourteen_days(self, office: Office) -> None:
        token = await office.invite()
        assert await self.refusal(office, token, now=NOW + timedelta(days=14)) == "expired"
        assert (await office.accept(token, now=NOW + timedelta(days=14, seconds=-1))).email == COACH

    async def test_a_phone_of_another_address(self, office: Office) -> None:
        await office.accept(await office.invite("autre@exemple.fr"))
        assert await self.refusal(office, await office.invite()) == "other_email"

    async def test_an_address_of_another_phone(self, office: Office) -> None:
        await office.accept(await office.invite())
        assert await self.refusal(office, await office.invite(), OTHER_PHONE) == "other_telegram"

    async def test_made_before_the_revocation(self, office: Office) -> None:
        used, waiting = await office.invite(), await office.invite()
        await office.accept(used)
        await office.revoke()
        assert await self.refusal(office, used) == "revoked"
        assert await self.refusal(office, waiting) == "revoked"

    async def test_nothing_is_written(self, office: Office) -> None:
        await self.refusal(office, await office.invite(), now=NOW + timedelta(days=20))
        (waiting,) = await office.every(Account)
        assert (waiting.channel_address, await office.roles(waiting)) == (None, [])
        assert (await office.every(Invitation))[0].used_at is None


class TestRevoking:
    async def test_takes_every_role_at_once(self, office: Office) -> None:
        account = await office.accept(await office.invite())
        revoked = await office.revoke("COACH@exemple.fr")
        assert await office.roles(account) == []
        assert (revoked.revoked_at, revoked.channel_address) == (LATER, PHONE)
        assert (await office.every(Audit))[-1].action == "revoke"

    async def test_a_later_invitation_takes_the_person_back_even_on_another_phone(self, office: Office) -> None:
        await office.accept(await office.invite())
        await office.revoke()
        token = await office.invite(now=LATER + timedelta(hours=1))
        account = await office.accept(token, OTHER_PHONE, LATER + timedelta(hours=2))
        assert (account.revoked_at, account.channel_address) == (None, OTHER_PHONE)
        assert len(await office.roles(account)) == 1

    async def test_an_unknown_address_is_told(self, office: Office) -> None:
        with pytest.raises(AccountRefused, match=r"Aucun compte pour coach@exemple\.fr"):
            await office.revoke()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
async def test_only_an_administrator_invites_and_revokes(role: Role, office: Office) -> None:
    actor = Actor(None, (Grant(role, "dispositif:ABC01"),))
    with pytest.raises(AccountRefused, match="Seul un administrateur"):
        await office.invite(actor=actor)
    with pytest.raises(AccountRefused, match="Seul un administrateur"):
        await office.revoke(actor=actor)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.JOB_COACH, "dispositif:ABC01"),
        (Role.COORDINATOR, "dispositif:ABC01"),
        (Role.CHEF_DE_FILE, "departement:69"),
        (Role.CHEF_DE_FILE, "departement:2A"),
        (Role.CHEF_DE_FILE, "dispositif:ABC01"),
        (Role.READER, NATIONAL),
        (Role.READER, "region:84"),
        (Role.READER, "departement:974"),
        (Role.ADMIN, NATIONAL),
        (Role.ADMIN, None),
    ],
)
async def test_a_scope_a_role_takes(role: Role, scope: str | None, office: Office) -> None:
    account = await office.accept(await office.invite(role=role, scope=scope))
    assert await office.roles(account) == [(role, scope or NATIONAL)]


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.JOB_COACH, None),
        (Role.JOB_COACH, NATIONAL),
        (Role.JOB_COACH, "departement:69"),
        (Role.JOB_COACH, "dispositif:XYZ09"),
        (Role.JOB_COACH, "dispositif:"),
        (Role.COORDINATOR, "region:84"),
        (Role.CHEF_DE_FILE, NATIONAL),
        (Role.CHEF_DE_FILE, "departement:20"),
        (Role.READER, None),
        (Role.READER, "region:99"),
        (Role.READER, "dispositif:ABC01"),
        (Role.READER, "national:84"),
        (Role.ADMIN, "region:84"),
        (Role.ADMIN, "n’importe quoi"),
    ],
)
async def test_a_scope_a_role_does_not_take(role: Role, scope: str | None, office: Office) -> None:
    with pytest.raises(AccountRefused):
        await office.invite(role=role, scope=scope)


@pytest.mark.parametrize("email", ["", "coach", "coach@exemple", "a b@exemple.fr", "a@b.fr;c@d.fr", "a@" + "b" * 260])
async def test_an_address_that_is_none_is_refused(email: str, office: Office) -> None:
    with pytest.raises(AccountRefused, match="n’est pas une adresse e-mail"):
        await office.invite(email)
