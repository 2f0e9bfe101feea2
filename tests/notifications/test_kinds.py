"""A kind of message and a type of work are declared once: whole, or nothing starts, and it says what is missing."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from models.accounts.tables import Role
from models.jobs.kinds import Performer
from models.kinds import JOB_KINDS, MESSAGE_KINDS, by_code
from models.notifications.kinds import MessageKind, Part, ReminderKind
from reminders.reasons import PARTS
from tests.harness.program_copy import ProgramCopy

ROOT = Path(__file__).parents[2]
PROGRAM = ("bot", "handlers", "models", "reminders", "tasks")

ASKING = {"notify": 2, "Notification": 0, "ask": 2, "ask_for": 1, "ask_once": 1}
"""The place of the kind among the arguments of whatever takes one."""

DECLARATION = """
THANKS = CampaignReminder(
    "reminder_thanks",
    "remerciement",
    counted=("remerciement", "remerciements"),
    why="tout est saisi",
    to=frozenset({Role.JOB_COACH}),
    gives_way=GivesWay.NEVER,
    no_longer_relevant=_over,
)
"""
BUILDER = """
from models.reminders.messages import THANKS


@BUILDERS.builds(THANKS)
def thanks(context: PlanningContext, person: Addressee) -> Iterator[Reminder]:
    step = reached(own_steps(context, person), person.today(context.now))
    if person.recipient.holds(Role.JOB_COACH) and step is not None:
        yield context.new(THANKS, person, Role.JOB_COACH, step, Screen("Merci, tout est saisi."))
"""
STORY = """
from datetime import timedelta
import asyncio
from handlers.jobs.texts import undelivered
from models.kinds import MESSAGE_KINDS
from models.notifications.delivery.repository import Claimed
from models.notifications.repository import Undelivered
from models.notifications.tables import Delivery
from models.base.clock import PARIS
from bot.shell.reminders import _document
from reminders.preview import preview
from tests.reminders.snapshots import COACH, SCOPE, account, at, dispositif, standing, tick
from models.accounts.tables import Role

now = at("2026-12-24T08:00")
there = standing([dispositif()], account(COACH, Role.JOB_COACH, SCOPE))
(told,), after = tick(there, now)
assert tick(after, now)[0] == [], "it is sent once"
print(preview([told], now, 0).plain())
print(_document(told, now)["kind"])
print(told.notification(now).stale_after.isoformat())
print(undelivered(Undelivered("reminder_thanks", "lou@exemple.fr", Delivery.FAILED, now, None)))
print(MESSAGE_KINDS["reminder_thanks"].no_longer_relevant.__name__)
"""


def test_a_kind_of_reminder_takes_two_files(copy: ProgramCopy) -> None:
    copy.append("models/reminders/messages.py", DECLARATION)
    copy.append("reminders/entering.py", BUILDER)
    ran = copy.run("-c", STORY)
    assert ran.returncode == 0, ran.stderr
    shown = ran.stdout.replace("\u00a0", " ").replace("\u202f", " ")
    assert "1 message à envoyer maintenant, 0 en attente de leur heure.\n1 remerciement." in shown
    assert "Remerciement, job coach : compte1@exemple.fr" in shown
    assert "tout est saisi, J-7\nMerci, tout est saisi." in shown
    assert shown.splitlines()[-4:] == [
        "reminder_thanks",
        "2026-12-24T18:00:00+00:00",
        "24 décembre, remerciement à lou@exemple.fr : échoué",
        "_over",
    ]


MISSING = [
    ("no builder", DECLARATION, "kinds of reminder without a builder: reminder_thanks"),
    ("no reason", DECLARATION.replace('    why="tout est saisi",\n', ""), "argument: 'why'"),
    ("no precedence", DECLARATION.replace("    gives_way=GivesWay.NEVER,\n", ""), "argument: 'gives_way'"),
    ("no French name", DECLARATION.replace('"remerciement",\n    counted', '"",\n    counted'), "'reminder_thanks'"),
    ("the code of another", DECLARATION.replace("reminder_thanks", "reminder_digest"), "declared twice"),
]


@pytest.mark.parametrize(("more", "said"), [case[1:] for case in MISSING], ids=[case[0] for case in MISSING])
def test_nothing_starts_where_a_kind_of_reminder_is_not_whole(copy: ProgramCopy, more: str, said: str) -> None:
    copy.append("models/reminders/messages.py", more)
    ran = copy.run("-c", "import tasks.scheduler")
    assert ran.returncode != 0
    assert said in ran.stderr.splitlines()[-1]


def test_nothing_starts_where_nobody_does_a_work(copy: ProgramCopy) -> None:
    said = "type of work 'lost': tasks.reminders.lost has no do"
    performer = 'Performer("tasks.reminders.lost", "do")'
    copy.append("models/reminders/jobs.py", f'\nLOST = JobKind("lost", "perdu", {performer}, Permission.JOBS)\n')
    assert said in copy.run("-c", "import tasks.worker").stderr.splitlines()[-1]
    copy.append("tasks/reminders/lost.py", "async def do_it(context):\n    pass\n")
    assert said in copy.run("-c", "import tasks.worker").stderr.splitlines()[-1]


def test_every_work_is_done_by_a_function_that_is_there() -> None:
    for kind in JOB_KINDS.values():
        assert isinstance(kind.perform, Performer)
        assert callable(getattr(import_module(kind.perform.module), kind.perform.name))


def test_what_a_work_tells_has_its_code_and_its_name() -> None:
    assert {code: kind.name for code, kind in JOB_KINDS.items()}.items() <= {
        code: kind.name for code, kind in MESSAGE_KINDS.items()
    }.items()


def test_every_part_in_which_somebody_is_reminded_is_named() -> None:
    assert {*Role, *Part} <= PARTS.keys()
    assert all(kind.to for kind in MESSAGE_KINDS.values() if isinstance(kind, ReminderKind))


def test_a_code_stands_for_one_kind() -> None:
    with pytest.raises(LookupError, match="MessageKind 'note' is declared twice"):
        by_code([MessageKind("note", "mot"), MessageKind("note", "billet")])
    with pytest.raises(ValueError, match="a code of 1 to 40 characters and a French name"):
        MessageKind("n" * 41, "mot")


def test_no_kind_is_named_by_a_bare_literal() -> None:
    found = [f"{path}:{line}" for path, tree in _modules() for line in (*_asked(tree), *_compared(tree))]
    assert found == [], "give the kind that is declared"


def test_a_code_that_is_no_word_of_anything_else_stands_in_its_declaration_alone() -> None:
    # « export », « chart »… are verbs, tables, columns too.
    codes = {code for code in (*MESSAGE_KINDS, *JOB_KINDS) if "_" in code} - {"sent_back", "reminders_preview"}
    found = {
        (path, node.value)
        for path, tree in _modules()
        if not path.endswith(("/messages.py", "/jobs.py"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in codes
    }
    assert found == set()


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for folder in PROGRAM:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))


def _asked(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKING:
            place = ASKING[node.func.id]
            kind = node.args[place : place + 1] + [word.value for word in node.keywords if word.arg == "kind"]
            if any(isinstance(one, ast.Constant) for one in kind):
                yield node.lineno


def _compared(tree: ast.Module) -> Iterator[int]:
    """Give the lines where a message's or a job's kind is held against a literal that is a code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr == "kind":
            codes = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}
            if codes & {*MESSAGE_KINDS, *JOB_KINDS}:
                yield node.lineno
