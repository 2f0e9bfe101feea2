"""A role is added by the three files that CONTRIBUTING names; where one is forgotten, the program does not start."""

from collections.abc import Sequence

import pytest

from tests.harness.program_copy import Edit, ProgramCopy, following, preceding

PERMISSIONS = "models/accounts/permissions.py"
TEXTS = "models/accounts/texts.py"

MEMBER = following(PERMISSIONS, '    ADMIN = "admin"\n', '    DEPUTY = "deputy"\n')
RIGHTS = preceding(
    PERMISSIONS,
    "    Role.ADMIN: RoleRights(\n",
    """\
    Role.DEPUTY: RoleRights(
        frozenset({Level.DISPOSITIF}),
        {Permission.EVENT_REVIEW: Extent.DISPOSITIF, Permission.STATISTICS: Extent.DISPOSITIF},
    ),
""",
)
SAID = preceding(
    TEXTS,
    "    Role.ADMIN: RoleTexts(\n",
    """\
    Role.DEPUTY: RoleTexts("suppléance", "Suppléances", "Une suppléance se tient dans un dispositif."),
""",
)
STORED = """from alembic import op

ROLES = ("job_coach", "coordinator", "chef_de_file", "reader", "deputy", "admin")


def upgrade() -> None:
    for table in ("role_grant", "invitation", "announcement"):
        with op.batch_alter_table(table) as changed:
            changed.drop_constraint(op.f(f"ck_{table}_role"), type_="check")
            changed.create_check_constraint(op.f(f"ck_{table}_role"), f"role IN {ROLES}")
"""


def test_three_files_make_a_role(copy: ProgramCopy) -> None:
    copy.edit([MEMBER, RIGHTS, SAID])
    copy.migrate(STORED)

    played = copy.run("-m", "tests.accounts.deputy", f"sqlite+aiosqlite:///{copy.root}/deputy.db", str(copy.root))

    assert played.returncode == 0, played.stderr


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([MEMBER], "models/accounts/permissions.py declares no rights for DEPUTY"),
        ([MEMBER, RIGHTS], "models/accounts/texts.py has no texts for DEPUTY"),
    ],
)
def test_a_role_that_is_not_whole_starts_nothing(copy: ProgramCopy, edits: Sequence[Edit], told: str) -> None:
    copy.edit(edits)

    started = copy.run("-m", "bot", "doctor")

    assert started.returncode != 0
    assert told in started.stderr
