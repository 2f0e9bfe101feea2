"""A database of the version before opens, and what was half-way in it goes on; what cannot be read is begun again."""

import gzip
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from models.base.columns import EncryptedText
from models.base.database import Database
from models.migrations.runner import migrate
from tests.harness.application import Application, open_application

KEPT = Path(__file__).parent / "former_version.db.gz"
NOW = datetime(2026, 10, 16, 15, 30, tzinfo=UTC)
COACH, COORDINATOR, LEAD, ADMIN = 1001, 1002, 1003, 1004
MEMOS = {
    COACH: ("bulk",),
    COORDINATOR: ("figures", "new_person"),
    LEAD: ("reports", "meeting"),
    ADMIN: ("announcement",),
}
AGAIN = "Jalon a été mis à jour depuis que vous avez commencé : ce formulaire reprend au début."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A copy of the database, as the former version left it."""
    copied = tmp_path / "jalon.db"
    copied.write_bytes(gzip.decompress(KEPT.read_bytes()))
    return copied


@pytest.fixture
async def former(file: Path, tmp_path: Path) -> AsyncIterator[Application]:
    """The application on it, migrated, with its key."""
    EncryptedText.use_secret("golden")
    url = f"sqlite+aiosqlite:///{file}"
    database = Database(url)
    await migrate(database)
    await database.dispose()
    async with open_application(url, tmp_path, now=NOW) as app:
        yield app
    EncryptedText.use_secret("test")


def memo(file: Path, person: int) -> dict[str, Any]:
    """Return what a conversation keeps."""
    with closing(sqlite3.connect(file)) as database:
        of = "account_id = (SELECT id FROM account WHERE telegram_id = ?)"
        (kept,) = database.execute(f"SELECT memo FROM conversation WHERE {of}", (person,)).fetchone()
    return dict(json.loads(kept))


def rewrite(file: Path, person: int, name: str, **other: Any) -> None:
    """Let a conversation keep something else under that name: as a version to come, or one long gone, would have."""
    kept = memo(file, person)
    kept[name] = {number: of | other for number, of in kept[name].items()} if name == "reports" else kept[name] | other
    with closing(sqlite3.connect(file)) as database, database:
        of = "account_id = (SELECT id FROM account WHERE telegram_id = ?)"
        database.execute(f"UPDATE conversation SET memo = ? WHERE {of}", (json.dumps(kept), person))


def test_everything_that_can_be_half_way_is(file: Path) -> None:
    assert {person: tuple(memo(file, person)) for person in MEMOS} == MEMOS


@pytest.mark.parametrize(
    ("code", "said"),
    [("4231", "Emploi : CDI → CDD"), ("4217", "→ intensif, plus de 12 h par mois"), ("5361", "Question 3 sur 6")],
)
async def test_an_entry_goes_on(former: Application, code: str, said: str) -> None:
    phone = await former.phone(COACH).send(code)

    assert said in phone.text


async def test_several_at_once_go_on_without_the_one_taken_out(former: Application) -> None:
    phone = await former.phone(COACH).send("retour")

    assert "Reconduire 14 personnes sans changement ?" in phone.text
    assert "Retirées par vous : …4452" in phone.text


async def test_a_person_who_is_being_added_goes_on(former: Application) -> None:
    phone = await former.phone(COORDINATOR).send("MDPH")
    assert "Structure Les Tilleuls · entrée le 1er septembre 2026" in phone.text

    await phone.tap("Enregistrer")

    assert phone.text.startswith("Personne ajoutée : …6001.")


async def test_figures_go_on(former: Application) -> None:
    phone = await former.phone(COORDINATOR).send("/chiffres")
    assert "Liste d'attente : 7 → 8" in phone.text

    await phone.tap("Enregistrer")

    assert "Liste d'attente : 8" in phone.text


async def test_a_meeting_goes_on(former: Application) -> None:
    phone = await former.phone(LEAD).send("16 h")
    assert "mardi 17 novembre 2026, 16 h, 1 h" in phone.text
    assert "Lieu : MDPH, salle 2" in phone.text

    await phone.tap("Confirmer et inviter")
    await phone.tap("Oui, confirmer ainsi")

    assert "C'est planifié." in phone.text


async def test_a_report_goes_on(former: Application) -> None:
    phone = await former.phone(LEAD).send("/point")
    await phone.tap("16 octobre")
    await phone.tap("Rédiger")
    assert "Combien de prescriptions examinées pour Cap emploi ?" in phone.text

    await phone.tap("0")

    assert "Combien de prescriptions examinées pour la Mission locale ?" in phone.text


async def test_an_announcement_goes_on_and_leaves_once(former: Application) -> None:
    phone = await former.phone(ADMIN).send("envoyer")

    assert phone.text.startswith("Annonce n° 1")


RENAMED = {"renamed": True}
LATER = {"version": 99}


@pytest.mark.parametrize("other", [RENAMED, LATER], ids=["another key", "another version"])
@pytest.mark.parametrize(
    ("person", "name", "written", "first"),
    [
        (COACH, "bulk", ["retour"], "Reconduire 15 personnes sans changement ?"),
        (COORDINATOR, "new_person", ["MDPH"], "Écrivez son code, de 14 caractères exactement."),
        (COORDINATOR, "figures", ["/chiffres"], "Liste d'attente : 7\n"),
        (LEAD, "meeting", ["16 h"], "Les réunions · Rhône"),
        (LEAD, "reports", ["/point", "16 octobre", "Rédiger"], "Qui était là ?"),
        (ADMIN, "announcement", ["envoyer"], "À qui écrire ?"),
    ],
)
async def test_what_cannot_be_read_is_begun_again_and_said(
    former: Application, file: Path, person: int, name: str, written: list[str], first: str, other: dict[str, Any]
) -> None:
    rewrite(file, person, name, **other)
    phone = former.phone(person)
    for text in written:
        await phone.send(text)

    assert phone.text.startswith(AGAIN)
    assert first in phone.text
    kept = memo(file, person).get(name)
    assert not kept or "renamed" not in json.dumps(kept)
