"""What is refused changes nothing, and says so in clear French."""

import asyncio

import pytest

from handlers.accounts import texts as account
from handlers.features import PERFORMERS
from handlers.texts import FORGED, NO_PHOTO, NOT_UNDERSTOOD, STALE, UNKNOWN
from models.accounts.permissions import COMMAND_LINE
from models.accounts.service import VALIDITY, invite, revoke
from models.accounts.tables import Account, Role
from models.base.database import Database
from models.conversations.tables import SeenUpdate
from models.events.tables import EventHistory
from tests.harness import factories
from tests.harness.application import COACH, COORDINATOR, ON_SQLITE, STRANGER, Application
from tests.harness.factories import NOW, USUAL
from tests.harness.phone import Phone, plain
from tests.harness.wired import WIRED, WiredApplication
from tests.telegram.updates import FIRST_ID, tapped_on_an_old_message, written

INVITED_ONLY, REVOKED = plain(account.INVITED_ONLY), plain(account.REVOKED)


async def on_a_card(app: Application, coach: Account) -> Phone:
    """Write two persons and open the first."""
    await app.given(2, USUAL)
    phone = await app.phone().send("/saisir")
    return await phone.tap("Saisir la suivante")


@WIRED
async def test_two_quick_taps_count_once(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    same = phone.data("Rien n'a changé")

    await phone.tap_without_waiting(same, same)
    await phone.answered()

    assert (await app.entered()).keys() == {1}
    assert len(await app.rows(EventHistory)) == 1
    assert "ABC01000000002" in phone.text
    answers = [plain(call["params"].get("text") or "") for call in app.calls("answerCallbackQuery")]
    assert answers[-2:] == ["Enregistré : …0001.", STALE]


async def test_a_coach_and_a_coordinator_tap_at_the_same_moment(app: Application, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    other = await app.phone(COORDINATOR).send("/saisir")
    await other.tap("Saisir la suivante")
    same = phone.data("Rien n'a changé")
    assert other.data("Rien n'a changé") == same

    await asyncio.gather(phone.tap(data=same), other.tap(data=same))

    assert {phone.toast, other.toast} == {STALE, "Enregistré : …0001."}
    assert (await app.entered()).keys() == {1}
    assert len(await app.rows(EventHistory)) == 1


async def test_an_old_button_shows_where_one_is(app: Application, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    same = phone.data("Rien n'a changé")
    await phone.tap("Soutien")
    await phone.tap("Régulier")
    before = await app.everything()

    await phone.tap(data=same)

    assert phone.toast == STALE
    assert "→ régulier" in phone.text
    assert await app.everything() == before


@WIRED
async def test_a_person_of_another_dispositif_does_not_exist(app: WiredApplication, coach: Account) -> None:
    async with app.database.transaction() as session:
        await factories.dispositif(session, "XYZ02", "Ailleurs")
        other = await factories.person(session, 9, None, reference="XYZ02", past=USUAL)
        colleague = await factories.account(session, 1010, email="collegue@exemple.fr")
        theirs = await factories.person(session, 8, colleague, past=USUAL)
    phone = await on_a_card(app, coach)
    coordinator = await app.phone(COORDINATOR).send("/saisir")
    before = await app.everything()

    for asking, persons in ((phone, (other, theirs)), (coordinator, (other,))):
        card = asking.text
        for person in persons:
            for data in (
                f"card:{person.id}",
                f"same:{person.id}:0-0",
                f"ask:{person.id}:1",
                f"what:{person.id}:1",
                f"month:{person.id}",
                f"pick:{person.id}:1:termine:0-0",
                f"save:{person.id}:0-0",
                f"sure:{person.id}:W05:dernier_mois_accompagnement:0-0",
                f"fix:{person.id}:5:cdi:0-0",
                f"check:{person.id}",
                f"exit:{person.id}:2026-12",
                f"left:{person.id}:20261203:0-0",
                f"drop:{person.id}",
                f"undo:{person.id}:1",
            ):
                await asking.tap(data=data)
                assert asking.toast == UNKNOWN, data
                assert asking.text == card, data
    assert await app.everything() == before
    sent = str(app.calls("editMessageText")) + str(app.calls("sendMessage"))
    assert "XYZ02" not in sent
    assert "Ailleurs" not in sent


ODD = ("", "x", "-1", "0", "1", "1_0", "１", "10" * 15, str(2**31), str(2**63), "1.5", "1e3", "\x00", "é", "%s", "'--")


def forged(verb: str, arity: int) -> list[str]:
    """Return data no button carries: too few arguments, too many, and each odd value everywhere."""
    wrong = [verb, ":".join([verb, *["1"] * (arity + 1)])] if arity else [f"{verb}:1"]
    return wrong + [":".join([verb, *[odd] * arity]) for odd in ODD if arity]


VERBS = {verb: len(performer.kinds) for verb, performer in PERFORMERS.items()}


async def test_forged_data_of_every_verb_is_refused(
    app: Application, coach: Account, caplog: pytest.LogCaptureFixture
) -> None:
    phone = await on_a_card(app, coach)
    before = await app.everything()

    for verb, arity in sorted(VERBS.items()):
        for data in forged(verb, arity):
            if len(data.encode()) <= 64:
                await phone.tap(data=data)
                assert "Je n'ai pas pu traiter" not in phone.text, data

    assert await app.everything() == before
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@ON_SQLITE
async def test_a_verb_that_does_not_exist_is_refused(app: Application, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    card, before = phone.text, await app.everything()

    for data in ("", ":", "::::", "nothing", "HOME", "home ", "é", "\x00", "same", ":" * 64, "9" * 64):
        await phone.tap(data=data)
        assert phone.toast == FORGED, data
        assert phone.text == card, data

    assert await app.everything() == before


@ON_SQLITE
async def test_values_that_no_button_offers_are_refused(
    app: Application, coach: Account, caplog: pytest.LogCaptureFixture
) -> None:
    phone = await on_a_card(app, coach)
    card, before = phone.text, await app.everything()

    for data in (
        "exit:1:0001-01",
        "exit:1:9999-12",
        "exit:1:2026-13",
        "exit:1:2026-1",
        "ask:1:7",
        "ask:1:0",
        "what:1:99",
        "list:nobody:0",
        "left:1:20261399:0-0",
        "left:1:tomorrow:0-0",
        "undo:1:!",
        "bulk_flip:1:0",
        "bulk_ok:abc",
        "bulk_undo:abc",
        "pick:1:1:president:0-0",
        "pick:1:9:suivi:0-0",
        "sure:1:W99:x:0-0",
        "fix:1:5:president:0-0",
    ):
        await phone.tap(data=data)
        assert phone.toast in {FORGED, STALE}, data
        assert phone.text == card, data

    assert await app.everything() == before
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@WIRED
async def test_a_long_text_is_no_answer(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    card, before = phone.text, await app.everything()

    for part in ("mot " * 1024, "x" * 904):  # as Telegram's own clients cut 5,000 characters
        await phone.send(part)
        assert phone.text == f"{NOT_UNDERSTOOD}\n\n{card}"
    await app.service.handle(written(FIRST_ID, "x" * 5000))
    await phone.look()

    assert phone.text == f"{NOT_UNDERSTOOD}\n\n{card}"
    assert await app.everything() == before


@ON_SQLITE
async def test_a_file_or_a_photo_is_no_answer(app: Application, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    card, before = phone.text, await app.everything()

    for kind, name, content in (("document", "notes.txt", b"texte"), ("photo", "photo.png", PIXEL)):
        await phone.send_file(kind, name, content)
        assert phone.text == f"{NO_PHOTO}\n\n{card}"
        assert phone.labels[0] == "Rien n'a changé"

    assert await app.everything() == before


@WIRED
async def test_in_a_group_the_bot_says_so_and_leaves(app: WiredApplication, coach: Account) -> None:
    await on_a_card(app, coach)
    before = await app.everything()
    phone = app.phone()

    async with app.http.post(f"/sim/users/{COACH}/send", json={"text": "/saisir", "chat_id": -5}) as answer:
        assert answer.status == 200
    await phone.answered()

    async with app.http.get(f"/sim/users/{COACH}/chat?chat_id=-5") as answer:
        said = [message["text"] for message in await answer.json() if message["from"] == "bot"]
    assert said == ["Jalon ne répond qu'en conversation privée, pour protéger les personnes. Je quitte ce groupe."]
    assert [call["chat_id"] for call in app.calls("leaveChat")] == [-5]
    assert await app.everything() == before


@WIRED
async def test_a_group_that_does_not_let_it_write_is_left_too(app: WiredApplication) -> None:
    await app.fault(method="sendMessage", error_code=403, description="Forbidden: not enough rights to send", times=1)
    phone = app.phone()

    async with app.http.post(f"/sim/users/{COACH}/send", json={"text": "/saisir", "chat_id": -5}) as answer:
        assert answer.status == 200
    await phone.answered()

    assert [call["ok"] for call in app.calls("leaveChat")] == [True]


async def test_an_unknown_account_is_told_how_to_come_in(app: Application, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    same = phone.data("Rien n'a changé")
    before = await app.everything()
    stranger = app.phone(STRANGER)

    for text in ("/start", "/saisir", "/personnes", "/annuler", "Rien n'a changé"):
        await stranger.send(text)
        assert stranger.text.endswith(INVITED_ONLY), text
    for data in (same, "home", "list:all:0", "bulk", "bulk_ok:0", "nothing"):
        await stranger.tap(data=data)
        assert stranger.text == INVITED_ONLY, data
    await stranger.send_file()
    assert stranger.text.endswith(INVITED_ONLY)
    await stranger.send("/aide")
    assert "/saisir" not in stranger.text

    assert await app.everything() == before


@WIRED
async def test_a_revoked_account_is_shut_out_at_once(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    async with app.database.transaction() as session:
        await revoke(session, COMMAND_LINE, NOW, "coach@exemple.fr")
    before = await app.everything()

    await phone.tap("Rien n'a changé")
    assert phone.text == REVOKED
    assert phone.labels == []
    for text in ("/saisir", "/personnes", "/annuler", "/aide", "rien n'a change", "/start"):
        await phone.send(text)
        assert phone.text.endswith(REVOKED), text

    assert await app.everything() == before
    commands = await (await app.http.get(f"/sim/users/{COACH}/commands")).json()
    assert "saisir" not in {command["command"] for command in commands}


async def invitation(database: Database, email: str = "lou@exemple.fr") -> str:
    """Make an invitation for a job coach."""
    async with database.transaction() as session:
        return await invite(session, COMMAND_LINE, NOW, email, Role.JOB_COACH, "dispositif:ABC01")


@WIRED
async def test_an_invitation_lets_one_person_in(app: WiredApplication) -> None:
    token = await invitation(app.database)
    phone = await app.phone(STRANGER).send(f"/start {token}")
    assert "Bienvenue dans Jalon" in phone.text
    assert "Votre accès : job coach, dispositif ABC01." in phone.text
    await phone.tap("Saisir la remontée")
    assert "Aucune personne ne vous est attribuée pour cette remontée" in phone.text
    commands = await (await app.http.get(f"/sim/users/{STRANGER}/commands")).json()
    assert "saisir" in {command["command"] for command in commands}

    before = await app.everything()
    other = await app.phone(1998).send(f"/start {token}")

    assert other.text == "Ce lien d’invitation a déjà servi. Demandez-en un nouveau à votre responsable."
    assert await app.everything() == before


async def test_an_invitation_expires(app: Application) -> None:
    token = await invitation(app.database)
    app.now = NOW + VALIDITY
    before = await app.everything()

    phone = await app.phone(STRANGER).send(f"/start {token}")

    assert phone.text == "Ce lien d’invitation a expiré. Demandez-en un nouveau à votre responsable."
    assert await app.everything() == before


@ON_SQLITE
async def test_a_link_nobody_made_is_refused(app: Application) -> None:
    before = await app.everything()

    for token in ("inconnu", "x" * 150, "é", "'--"):
        phone = await app.phone(STRANGER).send(f"/start {token}")
        assert phone.text.startswith("Ce lien d’invitation n’est pas valable."), token

    assert await app.everything() == before


@WIRED
@ON_SQLITE
async def test_a_tap_on_a_message_too_old_to_be_read_is_answered(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)

    await app.service.handle(
        tapped_on_an_old_message(FIRST_ID, phone.data("Rien n'a changé"), phone.screen["message_id"])
    )

    assert (await phone.look()).text.startswith("Enregistré : …0001.")
    assert FIRST_ID in [seen.update_id for seen in await app.rows(SeenUpdate)]


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
