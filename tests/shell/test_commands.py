"""The commands as a person types them: what they print, how they exit, what they refuse."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.main import get_command
from typer.testing import CliRunner

from bot.cli import app
from bot.shell import console
from models.base.clock import local_day, system_clock
from tests.data.make_demo import FILE
from tests.shell.conftest import TOKEN, Jalon, document, refusal
from tests.workbook.books import DISPOSITIF, PERSON, write

PAST = ("2026-03-31", "2026-06-30", "2026-09-30")


def open_past_campaigns(jalon: Jalon) -> None:
    for day in PAST:
        assert jalon("campaign", "open", day).exit_code == 0
        assert jalon("campaign", "close", day).exit_code == 0


class TestImport:
    def test_the_demo_workbook(self, jalon: Jalon) -> None:
        open_past_campaigns(jalon)
        tried = document(jalon("import", FILE, "--dry-run", "--json"))
        assert (tried["applied"], tried["created"]) == (False, 92)
        done = document(jalon("import", FILE, "--json"))
        assert (done["applied"], done["created"], done["updated"], done["unchanged"]) == (True, 92, 0, 0)
        assert done["by_sheet"]["evenements"] == {"created": 51, "updated": 0, "unchanged": 0}
        assert done["errors"] == done["warnings"] == []
        again = document(jalon("import", FILE, "--json"))
        assert (again["applied"], again["created"], again["unchanged"]) == (True, 0, 92)

    def test_an_import_is_undone_once(self, jalon: Jalon) -> None:
        open_past_campaigns(jalon)
        number = document(jalon("import", FILE, "--json"))["import"]
        undone = document(jalon("import", "--undo", number, "--json"))
        assert undone == {"import": number, "undone": True, "removed": 92, "restored": 0}
        assert refusal(jalon("import", "--undo", number)) == f"L’import {number} est déjà annulé."
        assert document(jalon("import", FILE, "--json"))["created"] == 92
        assert jalon("import").exit_code == jalon("import", FILE, "--undo", number).exit_code == 2

    def test_without_campaigns_every_date_is_named_and_nothing_written(self, jalon: Jalon) -> None:
        result = jalon("import", FILE, "--json")
        assert refusal(result) == "Import refusé, rien n’est écrit : 51 cellules à corriger."
        told = document(result)
        assert (told["applied"], told["created"]) == (False, 0)
        assert {error["rule"] for error in told["errors"]} == {"E05"}
        assert told["errors"][0] == {
            "sheet": "Évènements",
            "row": 2,
            "column": "Date de l’évènement",
            "rule": "E05",
            "value": "31/03/2026",
            "message": "aucune campagne à cette date : jalon campaign open 2026-03-31",
        }
        open_past_campaigns(jalon)
        assert document(jalon("import", FILE, "--json"))["created"] == 92

    def test_in_words(self, jalon: Jalon) -> None:
        open_past_campaigns(jalon)
        result = jalon("import", FILE)
        assert result.exit_code == 0
        assert re.search(r"Évènements +créés +51 +modifiés +0", result.stdout)
        assert result.stdout.endswith("Classeur chargé.\n")

    def test_identifying_cells_are_hidden_and_the_report_names_them(self, jalon: Jalon, tmp_path: Path) -> None:
        bad = {**PERSON, "pers_date_naissance": "12 mai 1994", "pers_sexe": "Femme"}
        file = write(tmp_path / "classeur.xlsx", dispositifs=[DISPOSITIF], persons=[bad])
        for options in ((), ("--json",)):
            result = jalon("import", file, "--report", tmp_path / "rapport.xlsx", *options)
            assert refusal(result) == "Import refusé, rien n’est écrit : 1 cellule à corriger."
            assert "1994" not in result.output
            assert "•••" in result.stdout
        cell = load_workbook(tmp_path / "rapport.xlsx")["Personnes accompagnées"]["F2"]
        assert cell.comment is not None
        assert cell.comment.text == "E13 : date réelle attendue, jj/mm/aaaa"
        nowhere = jalon("import", file, "--report", tmp_path / "absent" / "rapport.xlsx")
        assert refusal(nowhere) == "Le rapport rapport.xlsx ne peut pas être écrit."

    @pytest.mark.parametrize("name", ["absent.xlsx", "texte.xlsx"])
    def test_an_unreadable_file_is_one_line(self, name: str, jalon: Jalon, tmp_path: Path) -> None:
        (tmp_path / "texte.xlsx").write_text("Dispositifs")
        result = jalon("import", tmp_path / name, "--json")
        assert refusal(result).startswith(("Le fichier absent.xlsx", "Ce fichier n’est pas un classeur"))
        assert result.stdout == ""


class TestCampaign:
    def test_open_list_close(self, jalon: Jalon) -> None:
        today = local_day(system_clock())
        closes = today + timedelta(days=30)
        opened = document(jalon("campaign", "open", "31/12/2026", "--closes", closes, "--json"))
        assert opened == {
            "date": "2026-12-31",
            "opens": today.isoformat(),
            "closes": closes.isoformat(),
            "closed_at": None,
            "state": "open",
        }
        assert document(jalon("campaign", "list", "--json")) == [opened]
        assert document(jalon("campaign", "close", "2026-12-31", "--json"))["state"] == "over"
        assert jalon("campaign", "list").stdout.startswith("31/12/2026  close")

    def test_refusals(self, jalon: Jalon) -> None:
        jalon("campaign", "open", "2026-12-31")
        assert refusal(jalon("campaign", "open", "2027-03-31")).endswith("(jalon campaign close 2026-12-31).")
        assert refusal(jalon("campaign", "open", "2026-12-31")) == "La campagne du 31/12/2026 existe déjà."
        assert refusal(jalon("campaign", "close", "2026-09-30")) == "Aucune campagne au 30/09/2026."

    @pytest.mark.parametrize("day", ["demain", "2026-02-30", "31.12.2026"])
    def test_what_is_no_date_is_wrong_usage(self, day: str, jalon: Jalon) -> None:
        result = jalon("campaign", "open", day)
        assert result.exit_code == 2
        assert "AAAA-MM-JJ" in result.stderr


@pytest.mark.usefixtures("telegram")
class TestInvite:
    def test_prints_the_link(self, jalon: Jalon) -> None:
        result = jalon("invite", "--email", "admin@exemple.fr", "--role", "admin")
        assert re.fullmatch(r"https://t\.me/jalon_bot\?start=[\w-]{22,}\n", result.stdout)
        told = document(
            jalon("invite", "--email", "a@exemple.fr", "--role", "reader", "--scope", "region:84", "--json")
        )
        assert told["link"].startswith("https://t.me/jalon_bot?start=")

    def test_into_a_dispositif(self, jalon: Jalon, tmp_path: Path) -> None:
        coach = ("invite", "--email", "coach@exemple.fr", "--role", "job_coach", "--dispositif", "ABC01")
        assert refusal(jalon(*coach)) == "Le dispositif ABC01 n’existe pas dans Jalon."
        jalon("import", write(tmp_path / "classeur.xlsx", dispositifs=[DISPOSITIF]))
        assert jalon(*coach).exit_code == 0
        assert jalon(*coach, "--scope", "national").exit_code == 2

    @pytest.mark.parametrize("scope", ["partout", "national:", "caseload", "structure:12", ""])
    def test_a_scope_written_otherwise_is_refused_with_examples(self, jalon: Jalon, scope: str) -> None:
        told = refusal(jalon("invite", "--email", "a@exemple.fr", "--role", "admin", "--scope", scope))
        assert told == "Périmètre attendu : national, region:84, departement:69 ou dispositif:ABC01."

    def test_a_role_keeps_its_own_scopes(self, jalon: Jalon) -> None:
        reader = ("invite", "--email", "a@exemple.fr", "--role", "reader")
        assert refusal(jalon(*reader)) == "Une lecture a un périmètre national, region:84 ou departement:69."
        assert refusal(jalon(*reader, "--scope", "dispositif:ABC01")) == refusal(jalon(*reader))
        assert jalon(*reader, "--scope", "region:84").exit_code == 0

    def test_refusals(self, jalon: Jalon, environment: pytest.MonkeyPatch) -> None:
        admin = ("invite", "--email", "admin@exemple.fr", "--role", "admin")
        assert refusal(jalon("invite", "--email", "admin", "--role", "admin")).endswith("adresse e-mail.")
        assert jalon("invite", "--email", "admin@exemple.fr", "--role", "chef").exit_code == 2
        environment.setenv("JALON_TELEGRAM_TOKEN", "123456:bad")
        assert refusal(jalon(*admin)) == "Telegram refuse le jeton JALON_TELEGRAM_TOKEN."
        environment.setenv("JALON_TELEGRAM_TOKEN", "")
        assert "JALON_TELEGRAM_TOKEN" in refusal(jalon(*admin))
        environment.setenv("JALON_TELEGRAM_TOKEN", TOKEN)
        environment.setenv("JALON_TELEGRAM_API_URL", "http://127.0.0.1:9")
        assert refusal(jalon(*admin)) == "Telegram est injoignable à l’adresse JALON_TELEGRAM_API_URL."


def test_revoke_refuses_an_unknown_address(jalon: Jalon) -> None:
    assert refusal(jalon("revoke", "--email", "a@exemple.fr")) == "Aucun compte pour a@exemple.fr."


def test_revoke_takes_access_away(jalon: Jalon) -> None:
    jalon("seed", "--persons", 1)
    told = document(jalon("revoke", "--email", "coach1@aaa01.exemple.fr", "--json"))
    assert told == {"email": "coach1@aaa01.exemple.fr", "revoked": True}


def test_seed_fills_an_empty_database_once(jalon: Jalon) -> None:
    told = document(jalon("seed", "--persons", 30, "--dispositifs", 2, "--campaigns", 3, "--json"))
    assert (told["persons"], told["dispositifs"], told["campaigns"]) == (30, 2, 3)
    assert refusal(jalon("seed")) == "La base n’est pas vide : rien n’est ajouté."
    assert jalon("seed", "--persons", 0).exit_code == 2


def test_migrate_says_what_it_applied(jalon: Jalon, environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert document(jalon("migrate", "--json")) == {"applied": []}
    environment.setenv("JALON_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'new.db'}")
    assert refusal(jalon("campaign", "list")) == console.NOT_MIGRATED
    assert document(jalon("migrate", "--json"))["applied"][0] == "0001"
    assert document(jalon("campaign", "list", "--json")) == []


class TestDoctor:
    @pytest.mark.usefixtures("telegram", "redis")
    def test_all_is_well(self, jalon: Jalon) -> None:
        result = jalon("doctor", "--json")
        assert result.exit_code == 0, result.output
        told = document(result)
        assert told["ok"] is True
        assert [check["name"] for check in told["checks"]] == [
            "settings",
            "secret",
            "template",
            "database",
            "migrations",
            "key",
            "scheduler",
            "delivery",
            "redis",
            "telegram",
            "mail",
        ]
        assert jalon("doctor").exit_code == 0

    def test_what_fails_is_told_without_any_secret(self, jalon: Jalon, environment: pytest.MonkeyPatch) -> None:
        environment.setenv("JALON_DATABASE_URL", "postgresql+asyncpg://user:pass-word@127.0.0.1:9/jalon")
        result = jalon("doctor", "--json")
        assert refusal(result) == "4 vérifications en échec."
        failed = {check["name"] for check in document(result)["checks"] if not check["ok"]}
        assert failed == {"database", "migrations", "redis", "telegram"}
        assert "pass-word" not in result.output
        assert TOKEN not in result.output

    def test_a_wrong_setting_is_named(self, jalon: Jalon, environment: pytest.MonkeyPatch) -> None:
        environment.setenv("JALON_HTTP_PORT", "huit mille")
        assert document(jalon("doctor", "--json"))["checks"][0]["message"] == "Réglage incorrect : JALON_HTTP_PORT."
        assert refusal(jalon("campaign", "list")) == "Réglage incorrect : JALON_HTTP_PORT."


@pytest.mark.parametrize("url", ["postgresql+asyncpg://u:pass-word@127.0.0.1:9/jalon", "n’importe quoi"])
def test_a_database_out_of_reach_is_one_line(url: str, jalon: Jalon, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("JALON_DATABASE_URL", url)
    assert refusal(jalon("campaign", "list")) == console.NO_DATABASE


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*path, name))


@pytest.mark.parametrize("command", list(commands(get_command(app))), ids=" ".join)
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    usage, _, purpose, *_ = result.stdout.splitlines()
    assert usage.startswith("Usage: ")
    assert purpose.endswith(".")


class TestProcess:
    """A few in a process of their own: what a shell sees."""

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_standard_output_holds_the_document_alone(self, environment: pytest.MonkeyPatch) -> None:
        run = subprocess.run(
            [Path(sys.executable).with_name("jalon"), "import", FILE, "--json"],
            check=False,
            capture_output=True,
            text=True,
        )
        assert run.returncode == 1
        assert run.stdout.startswith("{")
        assert run.stdout.endswith("}\n")
        assert run.stderr == "Import refusé, rien n’est écrit : 51 cellules à corriger.\n"

    def test_the_command_line_starts_without_aiogram(self) -> None:
        code = "import sys, bot.cli; sys.exit('aiogram' in sys.modules or 'aiohttp' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
