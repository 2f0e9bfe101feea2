"""The matrix of the program says what `matrice.yaml` says, cell by cell; what comes later or differs is listed here."""

from pathlib import Path

import pytest
import yaml

from models.accounts.permissions import RIGHTS, Extent, Permission, Role, holders

FILE = yaml.safe_load((Path(__file__).parents[1] / "data/reference/matrice.yaml").read_text(encoding="utf-8"))
CELLS: dict[tuple[str, str], str] = {
    (action, role): cell for action, cells in FILE["actions"].items() for role, cell in cells.items()
}
NOTHING = "-"

ROLES_TO_COME = {"convener": 20, "controller": 20}
"""By the issue that brings them."""

ACTIONS_TO_COME = {
    "event_ask_reopening": 16,
    "person_propose": 16,
    "person_rename_erase": 17,
    "prescription_enter": 20,
    "prescription_counts": 20,
    "dispositif_create_close_departement": 15,  # a dispositif is created by loading a workbook, and never closed
    "remind_late": 15,
    "platform_convention_money": 20,
    "control_file": 20,
    "journal": 17,
}

THROUGH_OTHERS = {
    "event_read": (Permission.EVENT_ENTER, Permission.EVENT_REVIEW, Permission.EXPORT),
    "person_read": (Permission.EVENT_ENTER, Permission.PERSON_MANAGE, Permission.EXPORT),
    "person_identity_columns": (Permission.IMPORT, Permission.EXPORT),
}
"""No screen shows an event, a person or what identifies one for its own sake: they are read where they are entered,
reviewed, managed, loaded or exported, as far as that is allowed."""

DIFFERENT_TODAY: dict[tuple[str, str], tuple[str, str]] = {
    ("event_validate_send_back_unlock", "admin"): (NOTHING, "issue 15: /valider for an administrator"),
    ("person_add_assign", "admin"): (NOTHING, "issue 15: /personnes for an administrator; today by a workbook"),
    ("dispositif_figures", "chef_de_file"): (NOTHING, "issue 20: the figures of a platform are read"),
    ("dispositif_figures", "admin"): (NOTHING, "issue 15: the administrator's phone"),
    ("access_manage", "coordinator"): (NOTHING, "issue 15: a coordinator invites the job coaches"),
    ("export", "admin"): ("national", "issue 17: a national export needs a second agreement"),
    ("committee_plan_sign", "chef_de_file"): ("platform", "issue 20: nobody convenes yet, so the chef de file signs"),
}
"""What holds today where the file says something else, and what changes it."""

JALONS_OWN = {
    Permission.REMINDERS: "one's own hour, absence and putting off",
    Permission.REMINDERS_FORECAST: "what a dispositif will have entered; who put reminders off",
    Permission.REMINDERS_PREVIEW: "what would go out now, to whom",
    Permission.JOBS: "the work and the messages of the program itself",
}
"""What the file does not speak of."""

WIDEST_LAST = (NOTHING, Extent.OWN, Extent.DISPOSITIF, Extent.NATIONAL)


def held(action: str, role: str) -> str:
    """Return what the program gives a role of an action."""
    rights = RIGHTS[Role(role)].may
    if action in THROUGH_OTHERS:
        return str(max((rights.get(one, NOTHING) for one in THROUGH_OTHERS[action]), key=WIDEST_LAST.index))
    return str(rights.get(Permission(action), NOTHING))


def to_come(action: str, role: str) -> bool:
    return action in ACTIONS_TO_COME or role in ROLES_TO_COME


@pytest.mark.parametrize(("action", "role"), [cell for cell in CELLS if not to_come(*cell)])
def test_a_cell_is_what_the_file_says(action: str, role: str) -> None:
    expected = CELLS[action, role]
    if (action, role) in DIFFERENT_TODAY:
        today, why = DIFFERENT_TODAY[action, role]
        assert expected != today, f"differs no more: {why}"
        expected = today
    assert held(action, role) == expected


def test_what_is_to_come_is_not_there_yet() -> None:
    assert not set(ROLES_TO_COME) & set(Role)
    assert not set(ACTIONS_TO_COME) & set(Permission)


def test_no_role_and_no_action_is_forgotten() -> None:
    assert set(FILE["roles"]) == set(ROLES_TO_COME) | set(Role)
    assert set(FILE["actions"]) == set(ACTIONS_TO_COME) | set(THROUGH_OTHERS) | (set(Permission) - set(JALONS_OWN))
    assert all(cells.keys() == set(FILE["roles"]) for cells in FILE["actions"].values())


def test_every_permission_is_somebodys() -> None:
    assert [permission for permission in Permission if not holders(permission)] == []
