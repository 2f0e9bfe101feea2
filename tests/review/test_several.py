"""« Valider les N sans remarque »: all of them, those that were shown and no others, and back again."""

from handlers.texts import STALE
from models.accounts.tables import Account
from models.events.tables import EventHistory, EventState, Origin
from models.reference.nomenclature import Niveau
from tests.harness import factories
from tests.harness.application import Application
from tests.harness.factories import USUAL
from tests.review.stories import WARNED, coordinator, entered, event_of, reviewer

MANY = 20


async def test_all_without_remark_are_validated_and_not_the_page_only(app: Application, coach: Account) -> None:
    for number in range(1, MANY + 1):
        await entered(app, coach, number)
    await entered(app, coach, MANY + 1, WARNED, W06="prise_de_poste_recente")
    phone = await reviewer(app)
    before = {number: event.revision for number, event in (await app.entered()).items()}

    await phone.tap(f"Valider les {MANY} sans remarque")

    assert phone.text.startswith(f"{MANY} saisies validées.\n\nRemontée du 31 décembre")
    assert phone.toast == f"{MANY} saisies validées."
    events = await app.entered()
    assert events.pop(MANY + 1).state == EventState.ENTERED
    assert {event.state for event in events.values()} == {EventState.VALIDATED}
    lines = await app.rows(EventHistory)
    assert {line.revision for line in lines} == {event.revision for event in events.values()}
    assert not {event.revision for event in events.values()} & set(before.values())
    assert {(line.origin, line.account_id) for line in lines} == {(Origin.VALIDATED, (await coordinator(app)).id)}


async def test_annuler_unlocks_just_those(app: Application, coach: Account) -> None:
    await entered(app, coach, 1, WARNED, W06="prise_de_poste_recente")
    await entered(app, coach, 2)
    await entered(app, coach, 3)
    phone = await reviewer(app)
    await phone.tap("Regarder la saisie signalée")
    await phone.tap("Valider")
    await phone.tap("Valider les 2 sans remarque")

    await phone.tap("Annuler")

    assert phone.text.startswith("Annulé pour 2 saisies.")
    assert "1 validée\n2 sans remarque" in phone.text
    states = {number: event.state for number, event in (await app.entered()).items()}
    assert states == {1: EventState.VALIDATED, 2: EventState.ENTERED, 3: EventState.ENTERED}
    origins = [line.origin for line in await app.rows(EventHistory)]
    assert origins == [Origin.VALIDATED] * 3 + [Origin.REVIEW_UNDONE] * 2


async def test_annuler_does_nothing_once_something_happened_since(app: Application, coach: Account) -> None:
    await entered(app, coach, 1)
    await entered(app, coach, 2)
    phone = await reviewer(app)
    await phone.tap("Valider les 2 sans remarque")
    undo = phone.data("Annuler")
    await phone.tap("Voir les saisies")
    await phone.tap("Validées")
    await phone.tap("…0001")
    await phone.tap("Déverrouiller…")
    await phone.tap("Validée trop vite")
    before = await app.everything()

    await phone.tap(data=undo)

    assert phone.toast == STALE
    assert await app.everything() == before


async def test_annuler_twice_is_annuler_once(app: Application, coach: Account) -> None:
    await entered(app, coach, 1)
    await entered(app, coach, 2)
    phone = await reviewer(app)
    await phone.tap("Valider les 2 sans remarque")
    undo = phone.data("Annuler")
    await phone.tap("Annuler")
    before = await app.everything()

    await phone.tap(data=undo)

    assert phone.toast == STALE
    assert await app.everything() == before


async def test_another_set_than_the_one_shown_is_shown_and_not_validated(app: Application, coach: Account) -> None:
    await entered(app, coach, 1)
    await entered(app, coach, 2)
    phone = await reviewer(app)
    await entered(app, coach, 3)
    before = await app.everything()

    await phone.tap("Valider les 2 sans remarque")

    assert phone.toast == STALE
    assert "Valider les 3 sans remarque" in phone.labels
    assert await app.everything() == before


async def test_an_entry_corrected_since_it_was_shown_is_not_validated_unseen(app: Application, coach: Account) -> None:
    await entered(app, coach, 1)
    await entered(app, coach, 2)
    phone = await reviewer(app)
    correcting = await app.phone().send("0001")
    for label in ("Soutien", "Veille", "Enregistrer"):
        await correcting.tap(label)

    await phone.tap("Valider les 2 sans remarque")

    assert phone.toast == STALE
    assert (await event_of(app, 1)).niveau_soutien == Niveau.VEILLE
    assert {event.state for event in (await app.entered()).values()} == {EventState.ENTERED}


async def test_what_a_rule_warns_of_without_a_reason_is_looked_at_too(app: Application, coach: Account) -> None:
    """An import of before, or an exit date changed since, raises a warning that nobody confirmed."""
    await entered(app, coach, 1, WARNED)
    phone = await reviewer(app)

    await phone.tap("Regarder la saisie signalée")

    assert "Motif donné : aucun." in phone.text


async def test_what_breaks_a_rule_since_it_was_entered_is_not_validated(app: Application, coach: Account) -> None:
    person = await entered(app, coach, 1)
    async with app.database.transaction() as session:
        person.exit_date = factories.SEPTEMBER
        await session.merge(person)
    phone = await reviewer(app)

    await phone.tap("Regarder la saisie signalée")

    assert "À corriger avant de valider : la personne est sortie avant cette date" in phone.text
    assert "Valider" not in phone.labels
    before = await app.everything()
    await phone.tap(data=phone.data("Renvoyer…").replace("rv_back", "rv_ok"))
    assert phone.toast == STALE
    assert await app.everything() == before


async def test_passing_goes_round_those_worth_a_look(app: Application, coach: Account) -> None:
    for number in (1, 2, 3):
        await entered(app, coach, number, WARNED, W06="prise_de_poste_recente")
    await entered(app, coach, 4, USUAL)
    phone = await reviewer(app)
    await phone.tap("Regarder les 3")
    seen = [phone.text.splitlines()[0]]
    for _ in range(3):
        await phone.tap("Passer")
        seen.append(phone.text.splitlines()[0])

    assert [line[-1] for line in seen] == ["1", "2", "3", "1"]
