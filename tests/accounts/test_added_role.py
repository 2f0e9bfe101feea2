"""A role is added by the three files that CONTRIBUTING names; where one is forgotten, the program does not start."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = ("bot", "handlers", "tasks", "reminders", "models")
PERMISSIONS = Path("models/accounts/permissions.py")
TEXTS = Path("models/accounts/texts.py")
MIGRATION = Path("models/migrations/versions/9999_a_deputy.py")

MEMBER = {'    ADMIN = "admin"\n': '    ADMIN = "admin"\n    DEPUTY = "deputy"\n'}
RIGHTS = {
    "    Role.ADMIN: RoleRights(\n": """\
    Role.DEPUTY: RoleRights(
        frozenset({Level.DISPOSITIF}),
        {Permission.EVENT_REVIEW: Extent.DISPOSITIF, Permission.STATISTICS: Extent.DISPOSITIF},
    ),
    Role.ADMIN: RoleRights(
"""
}
SAID = {
    "    Role.ADMIN: RoleTexts(\n": """\
    Role.DEPUTY: RoleTexts("suppléance", "Suppléances", "Une suppléance se tient dans un dispositif."),
    Role.ADMIN: RoleTexts(
"""
}
STORED = '''"""A deputy may stand in the database."""

from alembic import op

revision = "9999"
down_revision = "{last}"
branch_labels = None
depends_on = None

ROLES = ("job_coach", "coordinator", "chef_de_file", "reader", "deputy", "admin")


def upgrade() -> None:
    for table in ("role_grant", "invitation", "announcement"):
        with op.batch_alter_table(table) as changed:
            changed.drop_constraint(op.f(f"ck_{{table}}_role"), type_="check")
            changed.create_check_constraint(op.f(f"ck_{{table}}_role"), f"role IN {{ROLES}}")
'''


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program."""
    for folder in PROGRAM:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def change(file: Path, changes: Mapping[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for before, after in changes.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the copy, beside the tests that stand here."""
    path = {"PYTHONPATH": f"{copy}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=copy, env={**os.environ, **path}, capture_output=True, text=True, check=False, timeout=200
    )


def test_three_files_make_a_role(copy: Path) -> None:
    change(copy / PERMISSIONS, MEMBER | RIGHTS)
    change(copy / TEXTS, SAID)
    last = max(file.name for file in (copy / MIGRATION).parent.glob("0*.py"))
    (copy / MIGRATION).write_text(STORED.format(last=last[:4]), encoding="utf-8")

    played = run(copy, "-m", "tests.accounts.deputy", f"sqlite+aiosqlite:///{copy}/deputy.db", str(copy))

    assert played.returncode == 0, played.stderr


@pytest.mark.parametrize(
    ("permissions", "told"),
    [
        (MEMBER, "models/accounts/permissions.py declares no rights for DEPUTY"),
        (MEMBER | RIGHTS, "models/accounts/texts.py has no texts for DEPUTY"),
    ],
)
def test_a_role_that_is_not_whole_starts_nothing(copy: Path, permissions: Mapping[str, str], told: str) -> None:
    change(copy / PERMISSIONS, permissions)

    started = run(copy, "-m", "bot", "doctor")

    assert started.returncode != 0
    assert told in started.stderr
