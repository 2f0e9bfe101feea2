"""The same rights over the chat: what a role may not do is refused in clear French, and shown in no menu."""

import pytest

from models.accounts.tables import Account
from tests.harness.actors import ELSEWHERE, MAY_ENTER, ROLES, somebody
from tests.harness.application import ON_SQLITE
from tests.harness.wired import WIRED, WiredApplication

HOLDER = 1500
ENTRY_COMMANDS = {"saisir", "personnes", "annuler"}


@WIRED
@pytest.mark.parametrize("who", sorted(ROLES))
@ON_SQLITE
async def test_each_role_over_the_chat(app: WiredApplication, coach: Account, who: str) -> None:
    holder = await somebody(app.database, who, HOLDER)
    before = await app.everything()
    phone = await app.phone(HOLDER).send("/start")
    may_enter = who in MAY_ENTER

    commands = {each["command"] for each in await (await app.http.get(f"/sim/users/{HOLDER}/commands")).json()}
    assert commands >= ({"start", "aide", "confidentialite"} | (ENTRY_COMMANDS if may_enter else set()))
    assert bool(commands & ENTRY_COMMANDS) == may_enter
    forbidden = [person for number, person in holder.persons.items() if number not in MAY_ENTER.get(who, set())]
    for text in ("/saisir", "/personnes", "/annuler"):
        await phone.send(text)
        assert ("pas partie de votre accès" in phone.text) == (not may_enter), text
    for person in forbidden:
        for data in (f"card:{person}", f"same:{person}:0-0", f"pick:{person}:1:termine:0-0", f"drop:{person}"):
            await phone.tap(data=data)
            assert phone.toast or "Votre accès à Jalon a été retiré." in phone.text, data
    if not may_enter:
        for data in ("home", "next", "bulk", "list:all:0", "list:done:0", "bulk_ok:0", "abandon", "find:0001"):
            await phone.tap(data=data)
            assert "…" not in "".join(phone.labels), data

    assert await app.everything() == before
    said = str([call["params"] for call in app.calls()])
    for number, person in holder.persons.items():
        if person in forbidden:
            reference = f"{'XYZ02' if number == ELSEWHERE else 'ABC01'}{number:09d}"
            assert reference not in said
            assert f"…{number:04d}" not in said
