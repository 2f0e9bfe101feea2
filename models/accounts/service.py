"""Invite, accept, revoke: how a person comes to hold a role, and loses it."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts import emails, repository, texts
from models.accounts.permissions import Actor, Permission
from models.accounts.scopes import ScopeRefused, checked_scope
from models.accounts.tables import Account, Invitation, Role, RoleGrant
from models.audit import repository as audit
from models.base.channels import Address

TOKEN_BYTES = 16
VALIDITY = timedelta(days=14)


class AccountRefused(Exception):
    """An invitation cannot be made, or an account not revoked; the message is a French sentence."""


class InvitationRefused(Exception):
    """A link cannot be used: `reason` is a key of `texts.INVITATION_REFUSALS`, the message its sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(texts.INVITATION_REFUSALS[reason])
        self.reason = reason


async def invite(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    email: str,
    role: Role,
    scope: str | None = None,
) -> str:
    """Make an invitation and return its token, which is kept nowhere: only its hash is.

    Whoever is invited has an account from then on, without any role before they come: they can be written to.
    Raises `AccountRefused` for who may not invite, an address or a scope that cannot be.
    """
    address = _checked_email(actor, email)
    try:
        where = await checked_scope(session, role, scope)
    except ScopeRefused as refused:
        raise AccountRefused(str(refused)) from refused
    await repository.ensure_account(session, now, address)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        Invitation(
            token_hash=_hash(token),
            email=address,
            role=role,
            scope=where,
            created_at=now,
            expires_at=now + VALIDITY,
        )
    )
    invited = {"email": address, "role": role, "scope": where}
    audit.record(session, actor, now, "invite", f"role:{role}", after=invited)
    return token


async def accept(session: AsyncSession, now: datetime, token: str, sender: Address) -> Account:
    """Bind whoever comes to the account of the invitation, give the role, and return the account.

    The same person opening the same link again finds their account unchanged. Raises `InvitationRefused`.
    """
    invitation = await repository.invitation_for_use(session, _hash(token))
    if invitation is None:
        raise InvitationRefused("unknown")
    bound = await repository.account_at(session, sender)
    if invitation.used_at is not None:
        if bound is None or bound.id != invitation.used_by:
            raise InvitationRefused("used")
        if bound.revoked_at is not None:
            raise InvitationRefused("revoked")
        return bound
    account = await repository.account_by_email(session, invitation.email)
    _check_usable(invitation, now, account, bound, sender)
    if account is None:
        account = Account(email=invitation.email, created_at=now)
        session.add(account)
    account.channel_address = sender
    account.revoked_at = None
    await session.flush()
    await _give_role(session, now, account, invitation)
    return account


async def revoke(session: AsyncSession, actor: Actor, now: datetime, email: str) -> Account:
    """Take every role from an account at once, and make its unused invitations void; return it.

    The link to their channel stays, so that the person is told clearly. Raises `AccountRefused`.
    """
    address = _checked_email(actor, email)
    account = await repository.account_by_email(session, address)
    if account is None or account.id is None:
        raise AccountRefused(texts.UNKNOWN_ACCOUNT.format(email=address))
    held = [{"role": g.role, "scope": g.scope} for g in await repository.grants_of(session, account.id)]
    await repository.remove_grants(session, account.id)
    account.revoked_at = now
    audit.record(session, actor, now, "revoke", f"account:{account.id}", {"roles": held}, {"roles": []})
    return account


def _checked_email(actor: Actor, email: str) -> str:
    if not actor.may(Permission.ACCOUNTS):
        raise AccountRefused(texts.NOT_ALLOWED)
    address = emails.normalised(email)
    if address is None:
        raise AccountRefused(texts.BAD_EMAIL.format(email=email))
    return address


def _check_usable(
    invitation: Invitation,
    now: datetime,
    account: Account | None,
    bound: Account | None,
    sender: Address,
) -> None:
    if now >= invitation.expires_at:
        raise InvitationRefused("expired")
    if bound is not None and bound.email != invitation.email:
        raise InvitationRefused("other_email")
    if account is None:
        return
    if account.revoked_at is not None:
        # An invitation made since the revocation takes the person back, from a new phone if need be.
        if invitation.created_at <= account.revoked_at:
            raise InvitationRefused("revoked")
        return
    if account.channel_address not in {None, sender}:
        raise InvitationRefused("other_telegram")


async def _give_role(session: AsyncSession, now: datetime, account: Account, invitation: Invitation) -> None:
    assert account.id is not None
    invitation.used_at = now
    invitation.used_by = account.id
    if await repository.grant(session, account.id, invitation.role, invitation.scope) is None:
        session.add(RoleGrant(account_id=account.id, role=invitation.role, scope=invitation.scope, granted_at=now))
        await session.flush()  # the welcome reads it back in the same transaction
    given = {"role": invitation.role, "scope": invitation.scope}
    themselves = Actor(account.id, ())
    audit.record(session, themselves, now, "accept", f"account:{account.id}", after=given)
    await session.flush()  # the welcome names the role just given


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
