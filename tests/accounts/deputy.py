"""The story of a role that the program does not have, played by `test_added_role.py` in a copy that has it.

A deputy reviews a dispositif and sees its figures; nothing else. Run with the database's address and a folder.
"""

import asyncio
import sys
from pathlib import Path

import pytest

from handlers.features import menu
from models.accounts.permissions import COMMAND_LINE, Role
from models.accounts.service import AccountRefused, invite
from models.base.columns import EncryptedText
from models.base.database import Database
from models.events.tables import EventState
from models.migrations.runner import migrate
from tests.harness import factories
from tests.harness.application import open_application
from tests.harness.factories import NOW, USUAL

DEPUTY, ADMIN = 1700, 1701
WORDS = {"valider", "stats", "start", "aide", "confidentialite"}


async def play(url: str, folder: Path) -> None:
    EncryptedText.use_secret("test")
    database = Database(url)
    await migrate(database)
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        await factories.dispositif(session, "XYZ02", "Ailleurs")
        coach = await factories.account(session, None, email="coach@exemple.fr")
        await factories.account(session, ADMIN, Role.ADMIN, "national", "admin@exemple.fr")
        for number, reference in ((1, "ABC01"), (2, "XYZ02")):
            person = await factories.person(session, number, coach, reference=reference, past=USUAL)
            await factories.event(session, person, state=EventState.ENTERED)
        token = await invite(session, COMMAND_LINE, NOW, "suppleante@exemple.fr", Role("deputy"), "dispositif:ABC01")
        with pytest.raises(AccountRefused, match="Une suppléance se tient dans un dispositif"):
            await invite(session, COMMAND_LINE, NOW, "suppleante@exemple.fr", Role("deputy"), "national")
    await database.dispose()
    assert {command.word for command in menu(frozenset({"deputy"}))} == WORDS
    async with open_application(url, folder) as app:
        phone = await app.phone(DEPUTY).send(f"/start {token}")
        assert "Votre accès : suppléance, dispositif ABC01." in phone.text
        await phone.send("/aide")
        assert "La relecture" in phone.text
        assert "Les classeurs" not in phone.text
        await phone.send("/valider")
        assert "ABC01" in phone.text
        assert "Valider la saisie sans remarque" in phone.labels
        await phone.tap(data="rv:XYZ02")
        assert "XYZ02" not in phone.text
        for word in ("/export", "/saisir", "/chiffres", "/annonce", "/taches", "/point", "/obligations", "/rappels"):
            await phone.send(word)
            assert "pas partie de votre accès" in phone.text, word
        await phone.send("/stats")
        assert "ABC01" in phone.text
        written_to = await app.phone(ADMIN).send("/annonce")
        assert "Suppléances" in written_to.labels


if __name__ == "__main__":
    asyncio.run(play(sys.argv[1], Path(sys.argv[2])))
