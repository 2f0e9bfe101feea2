"""A coordinator looks at what coaches entered, and validates it."""

from models.accounts.tables import Account, Role, RoleGrant
from models.events.tables import EventHistory, EventState, Origin
from models.reference.nomenclature import Emploi, Statut
from tests.harness import factories
from tests.harness.application import ON_SQLITE, Application
from tests.harness.factories import NOW, USUAL
from tests.review.stories import WARNED, coordinator, entered, event_of, reviewer


async def test_the_board_tells_where_the_dispositif_stands(app: Application, coach: Account) -> None:
    await entered(app, coach, 1)
    await entered(app, coach, 2)
    await entered(app, coach, 3, WARNED, W06="prise_de_poste_recente")
    async with app.database.transaction() as session:
        await factories.person(session, 4, coach, past=USUAL)
        validated = await factories.person(session, 5, coach, past=USUAL)
        await factories.event(session, validated, state=EventState.VALIDATED)

    phone = await reviewer(app)

    assert phone.text == (
        "Remontée du 31 décembre 2026 · Dispositif ABC01\n\n"
        "5 attendues · 4 saisies · 1 validée\n"
        "2 sans remarque · 1 à regarder · 0 renvoyée · 1 manque"
    )
    assert phone.labels[:3] == ["Valider les 2 sans remarque", "Regarder la saisie signalée", "Qui manque ?"]


async def test_an_entry_with_a_warning_is_looked_at_and_validated(app: Application, coach: Account) -> None:
    await entered(app, coach, 1, WARNED.changed(emploi_date=Emploi.CDD), W06="prise_de_poste_recente")
    phone = await reviewer(app)

    await phone.tap("Regarder la saisie signalée")
    assert "Emploi : CDI → CDD" in phone.text
    assert "À regarder : en emploi à la date, mais « sans emploi » dans le dernier mois." in phone.text
    assert "Motif donné : prise de poste récente." in phone.text
    assert "Saisie par coach@exemple.fr." in phone.text
    before = await event_of(app, 1)
    await phone.tap("Valider")

    assert phone.text.startswith("Validée : …0001.\n\nRemontée du 31 décembre")
    after = await event_of(app, 1)
    assert after.state == EventState.VALIDATED
    assert after.revision != before.revision
    (line,) = await app.rows(EventHistory)
    assert (line.origin, line.account_id, line.revision) == (
        Origin.VALIDATED,
        (await coordinator(app)).id,
        after.revision,
    )
    assert (line.before["state"], line.after["state"]) == ("entered", "validated")
    assert "own_entry" not in line.after


async def test_who_is_missing_is_named_by_coach(app: Application, coach: Account) -> None:
    await entered(app, coach, 1)
    async with app.database.transaction() as session:
        other = await factories.account(session, None, email="collegue@exemple.fr")
        await factories.person(session, 2, coach, past=USUAL)
        for number in range(3, 16):
            await factories.person(session, number, other, past=USUAL)
        await factories.person(session, 16, None, past=USUAL)
        await factories.person(session, 17, coach, past=USUAL.changed(statut=Statut.TERMINE))
    phone = await reviewer(app)

    await phone.tap("Qui manque ?")

    assert phone.text == (
        "Remontée du 31 décembre 2026 · Dispositif ABC01\n15 personnes manquent.\n\n"
        "collegue@exemple.fr : 0 saisie sur 13 · 0 validée\n"
        "Manquent : …0003 · …0004 · …0005 · …0006 · …0007 · …0008 · …0009 · …0010 · …0011 · …0012 et 3 autres\n\n"
        "Sans job coach : 0 saisie sur 1 · 0 validée\nManque : …0016\n\n"
        "coach@exemple.fr : 1 saisie sur 2 · 0 validée\nManque : …0002"
    )


@ON_SQLITE
async def test_lists_go_by_pages(app: Application, coach: Account) -> None:
    for number in range(1, 11):
        await entered(app, coach, number)
    phone = await reviewer(app)
    await phone.tap("Voir les saisies")
    assert phone.text == "Dispositif ABC01 · Sans remarque : 10 saisies"
    assert len([label for label in phone.labels if label.startswith("…")]) == 8

    await phone.tap("Page suivante")
    assert [label for label in phone.labels if label.startswith("…")] == [
        "…0009 · Les Tilleuls",
        "…0010 · Les Tilleuls",
    ]
    await phone.tap("Page précédente")
    await phone.tap(data="rv_list:ABC01:plain:7")

    assert "…0001 · Les Tilleuls" in phone.labels


@ON_SQLITE
async def test_a_coordinator_of_two_dispositifs_chooses(app: Application, coach: Account) -> None:
    me = await coordinator(app)
    assert me.id is not None
    async with app.database.transaction() as session:
        await factories.dispositif(session, "XYZ02", "Ailleurs")
        await factories.write(
            session, RoleGrant(account_id=me.id, role=Role.COORDINATOR, scope="dispositif:XYZ02", granted_at=NOW)
        )
        there = await factories.person(session, 7, coach, reference="XYZ02", past=USUAL)
        await factories.event(session, there)
    await entered(app, coach, 1)
    phone = await reviewer(app)
    assert phone.labels == ["Dispositif ABC01", "Dispositif XYZ02"]

    await phone.tap("Dispositif XYZ02")
    await phone.tap("Valider la saisie sans remarque")

    assert {number: event.state for number, event in (await app.entered()).items()} == {
        1: EventState.ENTERED,
        7: EventState.VALIDATED,
    }
    await phone.tap("Un autre dispositif")
    assert phone.labels == ["Dispositif ABC01", "Dispositif XYZ02"]


@ON_SQLITE
async def test_what_was_sent_up_is_shown_and_not_unlocked(app: Application, coach: Account) -> None:
    async with app.database.transaction() as session:
        person = await factories.person(session, 1, coach, past=USUAL)
        await factories.event(session, person, state=EventState.SENT_UP)
    phone = await reviewer(app)
    await phone.tap("Voir les saisies")
    await phone.tap("Validées")

    await phone.tap("…0001")

    assert "Déjà remontée : elle se corrige à la main dans l'outil national." in phone.text
    assert phone.labels == ["Retour"]


@ON_SQLITE
async def test_validating_several_says_which_are_ones_own(app: Application, coach: Account) -> None:
    me = await coordinator(app)
    await entered(app, me, 1)
    await entered(app, coach, 2)
    phone = await reviewer(app)

    await phone.tap("Valider les 2 sans remarque")

    assert phone.text.startswith("2 saisies validées, dont 1 que vous aviez saisie.")
    own = [line.after.get("own_entry", False) for line in await app.rows(EventHistory)]
    assert own == [True, False]


@ON_SQLITE
async def test_the_board_says_when_all_is_validated(app: Application, coach: Account) -> None:
    await entered(app, coach, 1)
    phone = await reviewer(app)

    await phone.tap("Valider la saisie sans remarque")

    assert "1 attendue · 1 saisie · 1 validée\nTout est validé, merci." in phone.text
