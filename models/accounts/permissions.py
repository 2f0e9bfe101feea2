"""Who may do what, how far: the one matrix from which every check, menu and clause follows.

Whoever adds a role begins here: a member of `Role` and its entry in `RIGHTS`; without one the program does not start.
`models.accounts.queries` gives the clauses of the same matrix. Another dispositif's data does not exist for whoever
has no right to it (design, point 6).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

from models.reference.scopes import NATIONAL, Level, Scope


class Role(StrEnum):
    """What a person may be (`droits.yaml`, part proposition_produit)."""

    JOB_COACH = "job_coach"
    COORDINATOR = "coordinator"
    CHEF_DE_FILE = "chef_de_file"
    READER = "reader"
    ADMIN = "admin"


class Permission(StrEnum):
    """What may be done, under its name in `matrice.yaml`; the last four are Jalon's own."""

    EVENT_ENTER = "event_enter_correct"
    EVENT_REVIEW = "event_validate_send_back_unlock"
    PERSON_MANAGE = "person_add_assign"
    FIGURES = "dispositif_figures"
    STATISTICS = "statistics"
    IMPORT = "import"
    EXPORT = "export"
    SENT_UP = "sent_up"
    CAMPAIGNS = "campaign_manage"
    ACCOUNTS = "access_manage"
    ANNOUNCE = "announce"
    POINTS = "point_plan_report"
    COMMITTEES = "committee_plan_sign"
    MEETING_DATES = "meeting_dates"
    REGISTER = "register"
    REMINDERS = "reminders_own"
    REMINDERS_FORECAST = "reminders_forecast"
    REMINDERS_PREVIEW = "reminders_preview"
    JOBS = "jobs_watch"


class Extent(StrEnum):
    """How far a permission goes."""

    OWN = "own"
    """The persons one follows in the dispositif of the role; of reminders, one's own."""
    DISPOSITIF = "dispositif"
    PLATFORM = "platform"
    """The département of the role with its dispositifs, or its dispositif."""
    SCOPE = "scope"
    MASKED = "masked"
    """Counts under disclosure control, in the scope of the role."""
    DATES_STATES = "dates_states"
    """When meetings were, and what became of them, on one's platform."""
    COUNTS = "counts"
    """What was kept and what was missed, in the scope of the role."""
    NATIONAL = "national"


@dataclass(frozen=True)
class RoleRights:
    """What the scope of a role may name, and what the role may do there."""

    scopes: frozenset[Level]
    may: Mapping[Permission, Extent]


RIGHTS: Mapping[Role, RoleRights] = {
    Role.JOB_COACH: RoleRights(
        frozenset({Level.DISPOSITIF}),
        {
            Permission.EVENT_ENTER: Extent.OWN,
            Permission.STATISTICS: Extent.OWN,
            Permission.REMINDERS: Extent.OWN,
        },
    ),
    Role.COORDINATOR: RoleRights(
        frozenset({Level.DISPOSITIF}),
        {
            Permission.EVENT_ENTER: Extent.DISPOSITIF,
            Permission.EVENT_REVIEW: Extent.DISPOSITIF,
            Permission.PERSON_MANAGE: Extent.DISPOSITIF,
            Permission.FIGURES: Extent.DISPOSITIF,
            Permission.STATISTICS: Extent.DISPOSITIF,
            Permission.IMPORT: Extent.DISPOSITIF,
            Permission.EXPORT: Extent.DISPOSITIF,
            Permission.SENT_UP: Extent.DISPOSITIF,
            Permission.MEETING_DATES: Extent.PLATFORM,
            Permission.REGISTER: Extent.DATES_STATES,
            Permission.REMINDERS: Extent.OWN,
            Permission.REMINDERS_FORECAST: Extent.DISPOSITIF,
        },
    ),
    Role.CHEF_DE_FILE: RoleRights(
        frozenset({Level.DEPARTEMENT, Level.DISPOSITIF}),
        {
            Permission.STATISTICS: Extent.MASKED,
            Permission.POINTS: Extent.PLATFORM,
            Permission.COMMITTEES: Extent.PLATFORM,
            Permission.MEETING_DATES: Extent.PLATFORM,
            Permission.REGISTER: Extent.PLATFORM,
            Permission.REMINDERS: Extent.OWN,
        },
    ),
    Role.READER: RoleRights(
        frozenset({Level.NATIONAL, Level.REGION, Level.DEPARTEMENT}),
        {
            Permission.STATISTICS: Extent.MASKED,
            Permission.MEETING_DATES: Extent.SCOPE,
            Permission.REGISTER: Extent.COUNTS,
        },
    ),
    Role.ADMIN: RoleRights(
        frozenset({Level.NATIONAL}),
        {
            Permission.STATISTICS: Extent.NATIONAL,
            Permission.IMPORT: Extent.NATIONAL,
            Permission.EXPORT: Extent.NATIONAL,
            Permission.SENT_UP: Extent.NATIONAL,
            Permission.CAMPAIGNS: Extent.NATIONAL,
            Permission.ACCOUNTS: Extent.NATIONAL,
            Permission.ANNOUNCE: Extent.NATIONAL,
            Permission.POINTS: Extent.NATIONAL,
            Permission.COMMITTEES: Extent.NATIONAL,
            Permission.MEETING_DATES: Extent.NATIONAL,
            Permission.REGISTER: Extent.NATIONAL,
            Permission.REMINDERS: Extent.OWN,
            Permission.REMINDERS_PREVIEW: Extent.NATIONAL,
            Permission.JOBS: Extent.NATIONAL,
        },
    ),
}


def missing_from(declared: Collection[Role], what: str) -> None:
    """Raise `LookupError` where a role is missing: nothing starts then."""
    if missing := [role.name for role in Role if role not in declared]:
        raise LookupError(f"{what} for {', '.join(missing)}")


missing_from(RIGHTS, "models/accounts/permissions.py declares no rights")


@cache
def holders(permission: Permission, *extents: Extent) -> frozenset[Role]:
    """Return the roles that hold a permission, however far, or as far as one of `extents`."""
    found = {role: rights.may[permission] for role, rights in RIGHTS.items() if permission in rights.may}
    return frozenset(role for role, extent in found.items() if not extents or extent in extents)


@dataclass(frozen=True)
class Grant:
    """A role in a scope."""

    role: Role
    scope: str

    @property
    def dispositif(self) -> str | None:
        """The reference of the dispositif the scope names, if it names one."""
        return Scope.parse(self.scope).dispositif


@dataclass(frozen=True)
class Actor:
    """The account in whose name something is read or written; the command line has none."""

    account_id: int | None
    grants: tuple[Grant, ...]

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held, whatever their scope."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def may_enter(self) -> bool:
        """Whether entries are part of this person's work."""
        return self.may(Permission.EVENT_ENTER)

    @property
    def scope(self) -> dict[str, object]:
        """The values of the parameters in the clauses of `models.accounts.queries`."""
        return {"actor_account": self.account_id, "actor_is_command_line": self == COMMAND_LINE}

    def may(self, permission: Permission, *extents: Extent) -> bool:
        """Whether a role held gives the permission somewhere, as far as one of `extents` where they are named."""
        return not self.roles.isdisjoint(holders(permission, *extents))

    def scopes(self, permission: Permission, *extents: Extent) -> list[str]:
        """Return the scopes in which a role held gives the permission, in the order of the grants."""
        holding = holders(permission, *extents)
        return list(dict.fromkeys(grant.scope for grant in self.grants if grant.role in holding))

    def dispositifs(self, permission: Permission) -> list[str]:
        """Return the references of the dispositifs in the whole of which the permission is held."""
        named = (Scope.parse(scope).dispositif for scope in self.scopes(permission, Extent.DISPOSITIF))
        return sorted(reference for reference in named if reference is not None)

    def may_in(self, permission: Permission, dispositif: str) -> bool:
        """Whether the permission is held in the whole of a dispositif, or in the whole country."""
        return self.may(permission, Extent.NATIONAL) or dispositif in self.dispositifs(permission)


COMMAND_LINE = Actor(None, (Grant(Role.ADMIN, NATIONAL),))
"""Whoever holds the machine: the `jalon` commands."""
