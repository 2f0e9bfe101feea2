"""`/annonce`: an administrator writes to a role in a scope, sees what will be seen, confirms, and it goes once."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.texts import NOT_UNDERSTOOD
from models.accounts.tables import Account, Role
from models.announcements.service import AnnouncementRefused, checked
from models.announcements.tables import Announcement
from models.audit.tables import Audit
from models.dispositifs.tables import Dispositif
from models.notifications.tables import Delivery, OutboxMessage
from models.reference.scopes import NATIONAL
from tests.harness import factories
from tests.harness.application import ON_SQLITE, Application
from tests.harness.phone import Phone, plain
from tests.harness.wired import WIRED

pytestmark = WIRED

ADMIN = 1004
MONDAY = datetime(2026, 12, 14, 9, 0, tzinfo=UTC)
TEXT = "Bonjour,\nla date est confirmée : 31 décembre. <b>Merci</b> & à bientôt."


@pytest.fixture
async def country(app: Application, coach: Account) -> Application:
    """Coaches in the Rhône and on La Réunion, a revoked one, and an administrator; a Monday at ten in Paris."""
    app.now = MONDAY
    async with app.database.transaction() as session:
        (await factories.dispositif(session, "RUN01")).departement_no = "974"
        await factories.account(session, 1021, scope="dispositif:RUN01", email="reunion@exemple.fr")
        gone = await factories.account(session, 1022, email="parti@exemple.fr")
        gone.revoked_at = MONDAY
        await factories.account(session, None, email="invite@exemple.fr")
        await factories.account(session, 1023, Role.CHEF_DE_FILE, "departement:69", email="chef@exemple.fr")
        await factories.account(session, ADMIN, Role.ADMIN, NATIONAL, "admin@exemple.fr")
    return app


async def asked(app: Application, *labels: str) -> Phone:
    """Open `/annonce` and tap one's way to the screen that asks for the text."""
    phone = await app.phone(ADMIN).send("/annonce")
    for label in labels:
        await phone.tap(label)
    return phone


async def told(app: Application) -> dict[str, OutboxMessage]:
    """Return the messages of announcements, by who receives them."""
    emails = {row.id: row.email for row in await app.rows(Account)}
    return {emails[row.account_id]: row for row in await app.rows(OutboxMessage) if row.kind == "announcement"}


async def test_an_announcement_is_written_seen_confirmed_and_told_once(country: Application) -> None:
    phone = await asked(country, "Job coachs", "France entière")
    assert "1000 caractères au plus" in phone.text
    assert "aucun nom ni rien sur une personne accompagnée" in phone.text

    await phone.send(TEXT)

    assert phone.text.startswith("Annonce · Job coachs, France entière\n3 destinataires")
    assert phone.text.endswith(f"Annonce\n\n{TEXT}"), "exactly as it will be seen: no mark-up of theirs is taken"
    assert await told(country) == {}
    again = phone.data("Envoyer à 3 personnes")
    await phone.tap("Envoyer à 3 personnes")

    assert phone.text.startswith("Annonce n° 1 confirmée : 3 destinataires.")
    assert "3 messages : 3 en attente." in phone.text
    await phone.tap(data=again)
    assert phone.text.startswith("Annonce n° 1 confirmée")
    messages = await told(country)
    assert set(messages) == {"coach@exemple.fr", "reunion@exemple.fr", "invite@exemple.fr"}
    assert {(row.departement, row.period, (row.letter or {})["text"]) for row in messages.values()} == {
        ("69", "1", TEXT),
        ("974", "1", TEXT),
    }
    (row,) = await country.rows(Announcement)
    assert (row.role, row.scope, row.text, row.recipients) == (Role.JOB_COACH, "national", TEXT, 3)
    assert [line.subject for line in await country.rows(Audit) if line.action == "announce"] == ["announcement:1"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Échéance\u00a0: le\u202f31\tdécembre", "Échéance : le 31 décembre"),
        ("Une famille \U0001f469\u200d\U0001f467 à l'appui", "Une famille \U0001f469\u200d\U0001f467 à l'appui"),
        ("Un\r\nDeux\x02 \x00Trois\ud800", "Un\nDeux Trois"),
    ],
)
def test_spaces_stay_spaces_and_joined_signs_stay_joined(written: str, shown: str) -> None:
    assert checked(written) == shown


@pytest.mark.parametrize("written", ["", "\u00a0\t\n", "\u200d", "\x00\x1b"])
def test_what_leaves_no_mark_is_empty(written: str) -> None:
    with pytest.raises(AnnouncementRefused, match="vide"):
        checked(written)


async def test_each_receives_it_at_a_decent_hour_of_their_own(country: Application) -> None:
    country.now = datetime(2026, 12, 18, 16, 0, tzinfo=UTC)  # Friday: five in Paris, eight in the evening on La Réunion
    phone = await asked(country, "Job coachs", "France entière")

    await phone.send("Bonjour.")
    assert "2 personnes : tout de suite.\n1 personne : tenu jusqu'à lundi 9 h, heure locale." in phone.text
    await phone.tap("Envoyer à 3 personnes")

    due = {email: row.due_at for email, row in (await told(country)).items()}
    assert due["coach@exemple.fr"] == country.now
    assert due["reunion@exemple.fr"] == datetime(2026, 12, 21, 5, 0, tzinfo=UTC)


SCOPES = {
    "the whole country": (("France entière",), {"coach", "reunion", "invite", "coordination", "chef", "admin"}),
    "a region": (
        ("Une région", "Auvergne-Rhône-Alpes", "Tout : Auvergne-Rhône-Alpes"),
        {"coach", "invite", "coordination", "chef"},
    ),
    "a département": (
        ("Une région", "Auvergne-Rhône-Alpes", "69 Rhône", "Tout : Rhône"),
        {"coach", "invite", "coordination", "chef"},
    ),
    "a dispositif": (
        ("Une région", "La Réunion", "974 La Réunion", "Dispositif RUN01"),
        {"reunion"},
    ),
}


@ON_SQLITE
@pytest.mark.parametrize(("labels", "expected"), SCOPES.values(), ids=SCOPES.keys())
async def test_every_role_within_a_scope(country: Application, labels: tuple[str, ...], expected: set[str]) -> None:
    phone = await asked(country, "Tous les rôles", *labels)

    await phone.send("Bonjour.")
    await phone.tap("Envoyer à")

    assert {email.partition("@")[0] for email in await told(country)} == expected


async def test_one_role_of_one_departement(country: Application) -> None:
    phone = await asked(country, "Chefs de file")
    await phone.send("69")
    assert "Chefs de file, département Rhône" in phone.text

    await phone.send("Bonjour.")
    await phone.tap("Envoyer à 1 personne")

    assert set(await told(country)) == {"chef@exemple.fr"}


@ON_SQLITE
async def test_a_code_is_typed_where_the_scope_is_asked_for(country: Application) -> None:
    phone = await asked(country, "Job coachs")

    await phone.send("zzz99")
    assert phone.text.startswith("Aucun département ni dispositif ne porte ce code.")
    await phone.send("run01")
    await phone.send("Bonjour.")

    assert phone.text.startswith("Annonce · Job coachs, dispositif RUN01\n1 destinataire")


@ON_SQLITE
async def test_nobody_to_reach_leaves_nothing_to_confirm(country: Application) -> None:
    phone = await asked(country, "Lecture des agrégats", "France entière")

    await phone.send("Bonjour.")

    assert "Personne ne recevrait cette annonce." in phone.text
    assert phone.labels == ["Récrire le texte", "Abandonner l'annonce"]


@ON_SQLITE
async def test_only_what_is_typed_on_that_screen_is_taken_for_the_text(country: Application) -> None:
    phone = await asked(country, "Job coachs", "France entière")
    await phone.send("retour")
    assert "Dans quel périmètre" in phone.text
    await phone.tap("France entière")
    await phone.send("/aide")
    assert phone.text.startswith("Aide")
    await phone.send("Ceci n'est pas un texte d'annonce.")
    assert phone.text.startswith(plain(NOT_UNDERSTOOD))
    assert await country.rows(Announcement) == []

    phone = await asked(country, "Job coachs", "France entière")
    await phone.send("Bonjour.")
    await phone.send("Et encore ceci.")
    assert "Bonjour." in phone.text
    assert "Et encore ceci." not in phone.text


@ON_SQLITE
async def test_a_text_too_long_or_empty_is_said_and_asked_for_again(country: Application) -> None:
    phone = await asked(country, "Job coachs", "France entière")

    await phone.send("x" * 1001)
    assert phone.text.startswith("Votre texte compte 1001 caractères ; une annonce en a 1000 au plus.")
    await phone.send("é" * 1000)

    assert phone.text.endswith("é" * 1000)
    await phone.tap("Récrire le texte")
    await phone.send("Plus court.")
    assert phone.text.endswith("Plus court.")
    await phone.tap("Abandonner l'annonce")
    assert phone.text.startswith("Annonce abandonnée")
    assert await told(country) == {}


async def test_an_announcement_waits_through_a_restart(country: Application) -> None:
    phone = await asked(country, "Job coachs", "France entière")
    await phone.send("Bonjour.")

    await country.restart()
    await phone.tap("Envoyer à 3 personnes")

    assert len(await told(country)) == 3


@ON_SQLITE
async def test_an_old_confirmation_sends_nothing_after_the_text_was_changed(country: Application) -> None:
    phone = await asked(country, "Job coachs", "France entière")
    await phone.send("Bonjour.")
    old = phone.data("Envoyer à 3 personnes")
    await phone.tap("Récrire le texte")
    await phone.send("Bonsoir.")

    await phone.tap(data=old)

    assert phone.toast
    assert await told(country) == {}


async def test_the_last_announcements_say_how_many_arrived(country: Application) -> None:
    phone = await asked(country, "Job coachs", "France entière")
    await phone.send("Bonjour.")
    await phone.tap("Envoyer à 3 personnes")
    async with country.database.transaction() as session:
        states = (Delivery.SENT, Delivery.UNCERTAIN, Delivery.UNREACHABLE)
        for number, state in zip(sorted(row.id or 0 for row in (await told(country)).values()), states, strict=True):
            (await session.get_one(OutboxMessage, number)).state = state

    await phone.tap("Actualiser")

    assert "n° 1, lundi 14 décembre, 10 h 00 · Job coachs, France entière\n« Bonjour. »" in phone.text
    assert "3 messages : 1 arrivé · 1 incertain · 1 sans destinataire joignable." in phone.text


FORGED = (
    "announce",
    "announce_to:all",
    "announce_in:national:",
    "announce_text:bonjour",
    "announce_preview",
    "announce_send:1",
    "announcements",
    "announce_departement:69",
)


@ON_SQLITE
@pytest.mark.parametrize("data", FORGED)
@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.COORDINATOR, Role.CHEF_DE_FILE, Role.READER])
async def test_nobody_else_announces(country: Application, data: str, role: Role) -> None:
    async with country.database.transaction() as session:
        await factories.account(session, 1077, role, "national", "quelquun@exemple.fr")
    phone = await country.phone(1077).send("/annonce")

    await phone.tap(data=data)

    assert phone.toast
    assert "Annonce" not in phone.text
    assert await told(country) == {}


@ON_SQLITE
@pytest.mark.parametrize(
    "data",
    [
        "announce_to:king",
        "announce_in:region:999",
        "announce_in:dispositif:ZZZ99",
        "announce_in:galaxy:1",
        "announce_region:0",
        "announce_departement:0",
        "announce_send:12345",
        "announce_preview",
    ],
)
async def test_a_forged_button_announces_nothing(country: Application, data: str) -> None:
    phone = await asked(country, "Job coachs", "France entière")

    await phone.tap(data=data)

    assert phone.toast
    assert await country.rows(Announcement) == []


async def test_a_dispositif_that_moved_is_reached_where_it_is(country: Application) -> None:
    async with country.database.transaction() as session:
        (await session.get_one(Dispositif, 1)).departement_no = "974"
    country.now = MONDAY + timedelta(hours=7)
    phone = await asked(country, "Job coachs")
    await phone.send("974")
    await phone.send("Bonjour.")

    assert "3 personnes : tenu jusqu'à demain 9 h, heure locale." in phone.text


@ON_SQLITE
async def test_a_departement_of_many_dispositifs_says_how_many_have_no_button(country: Application) -> None:
    async with country.database.transaction() as session:
        for number in range(41):
            await factories.dispositif(session, f"RHO{number:02}")
    phone = await asked(country, "Job coachs", "Une région, un département…", "Auvergne-Rhône-Alpes", "69 Rhône")

    assert len([label for label in phone.labels if label.startswith("Dispositif")]) == 40
    assert "Et 2 autres dispositifs : écrivez leur code (ABC01)." in phone.text
    await phone.send("rho40")
    assert "dispositif RHO40" in phone.text
