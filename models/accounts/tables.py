"""Accounts, the roles they hold, and the invitations by which they come."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import BigInteger, Field

from models.accounts.permissions import Role
from models.base.channels import Address
from models.base.columns import Moment, closed_list
from models.base.metadata import Table

__all__ = ["Account", "Invitation", "Role", "RoleGrant"]


class Account(Table, table=True):
    """A person who uses the assistant, named by an e-mail address as in the national tool."""

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True, max_length=254)
    channel_address: Address | None = Field(
        default=None,
        unique=True,
        sa_type=BigInteger,
        sa_column_kwargs={"name": "telegram_id", "key": "channel_address"},
    )
    created_at: datetime = Field(sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class RoleGrant(Table, table=True):
    """A role of an account in a scope: `national`, `region:84`, `departement:69` or `dispositif:ABC01`."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("account_id", "role", "scope"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    role: Role = Field(sa_type=closed_list(Role, "role"))
    scope: str = Field(max_length=40)
    granted_at: datetime = Field(sa_type=Moment)


class Invitation(Table, table=True):
    """A single-use link; only the hash of its token is kept."""

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    email: str = Field(max_length=254)
    role: Role = Field(sa_type=closed_list(Role, "role"))
    scope: str = Field(max_length=40)
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    used_by: int | None = Field(default=None, foreign_key="account.id")
