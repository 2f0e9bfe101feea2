"""An entry sent back: the coach is told at once, answers exactly what is asked, and the coordinator sees it again."""

from handlers.texts import STALE
from models.accounts.tables import Account
from models.events.form import Doubt
from models.events.tables import EventHistory, EventState, Origin, Remark
from models.reference.nomenclature import Emploi, Formation
from tests.harness.application import Application
from tests.harness.phone import Phone, plain
from tests.review.stories import WARNED, coordinator, entered, event_of, reviewer, told

REASON = "Contrat terminé d'après la structure"


async def sent_back(app: Application, coach: Account, number: int = 1) -> Phone:
    """Let the coordinator ask about the job at the date of a person; return their phone."""
    await entered(app, coach, number)
    phone = await reviewer(app)
    await phone.tap("Voir les saisies")
    await phone.tap(f"…{number:04d}")
    await phone.tap("Renvoyer…")
    await phone.tap("Emploi : CDI")
    return await phone.tap(REASON)


async def opened(app: Application) -> Phone:
    """Let the coach tap the button of the newest message told."""
    _, screen = (await told(app))[-1]
    phone = await app.phone().send("/start")
    return await phone.tap(data=screen.rows[0][0].action.pack())


async def test_sent_back_then_corrected_then_validated(app: Application, coach: Account) -> None:
    before = await entered(app, coach, 2)
    phone = await sent_back(app, coach)
    assert phone.text.startswith("Renvoyée, le job coach est prévenu : …0001.")
    assert (await event_of(app, 1)).state == EventState.SENT_BACK
    (remark,) = await app.rows(Remark)
    assert (remark.field, remark.reason, remark.answer) == ("emploi_date", Doubt.CONTRACT_ENDED, "cdi")
    assert (remark.asked_by, remark.answered_at) == ((await coordinator(app)).id, None)

    ((account_id, message),) = await told(app)
    assert account_id == coach.id
    assert plain(message.text) == (
        "…0001 : votre coordination demande de vérifier l'emploi à la date.\n"
        "Motif : contrat terminé d'après la structure.\n"
        "Réponse notée : CDI."
    )
    coaching = await opened(app)
    assert coaching.text == plain(message.text)
    assert coaching.labels[:2] == ["CDI (actuel)", "CDD"]
    await coaching.tap("CDD")
    assert coaching.text.startswith("Enregistré : …0001.")

    assert (await event_of(app, 1)).state == EventState.ENTERED
    assert (await app.rows(Remark))[0].answered_at is not None
    await phone.send("/valider")
    await phone.tap("Regarder la saisie signalée")
    assert (
        "Il a été demandé de vérifier l'emploi à la date (contrat terminé d'après la structure).\nRéponse : CDI → CDD."
        in phone.text
    )
    await phone.tap("Valider")

    assert (await event_of(app, 1)).state == EventState.VALIDATED
    assert (await event_of(app, 1)).emploi_date == Emploi.CDD
    lines = await app.rows(EventHistory)
    assert [line.origin for line in lines] == [Origin.SENT_BACK, Origin.CORRECTED, Origin.VALIDATED]
    assert (lines[0].after["field"], lines[0].after["reason"]) == ("emploi_date", "contract_ended")
    assert all(line.person_id != before.id for line in lines)


async def test_the_answer_may_be_confirmed_as_it_was(app: Application, coach: Account) -> None:
    phone = await sent_back(app, coach)
    coaching = await opened(app)

    await coaching.tap("CDI (actuel)")

    assert coaching.text.startswith("Enregistré : …0001.")
    assert (await event_of(app, 1)).state == EventState.ENTERED
    await phone.send("/valider")
    await phone.tap("Regarder la saisie signalée")
    assert "Réponse : CDI, confirmé." in phone.text


async def test_a_correction_passes_the_same_rules(app: Application, coach: Account) -> None:
    await sent_back(app, coach)
    coaching = await opened(app)

    await coaching.tap("Alternance")
    assert "en alternance, mais sans formation en cours" in coaching.text
    assert (await event_of(app, 1)).state == EventState.SENT_BACK
    await coaching.tap("Oui, la formation n'a pas commencé")

    event = await event_of(app, 1)
    assert (event.state, event.emploi_date, event.formation_date) == (
        EventState.ENTERED,
        Emploi.ALTERNANCE,
        Formation.SANS_OBJET,
    )


async def test_home_tells_what_is_to_be_looked_at_again(app: Application, coach: Account) -> None:
    await sent_back(app, coach)

    coaching = await app.phone().send("/saisir")
    assert "1 personne à vérifier, à la demande de votre coordination." in coaching.text
    await coaching.tap("Vérifier ce qui est demandé")

    assert coaching.text.startswith("…0001 : votre coordination demande de vérifier l'emploi à la date.")
    await coaching.tap("Voir la fiche")
    assert "À vérifier, à la demande de votre coordination, au 31 décembre" in coaching.text
    await coaching.tap("Vérifier ce qui est demandé")
    assert "Motif : contrat terminé" in coaching.text


async def test_the_list_tells_what_is_to_be_looked_at_again(app: Application, coach: Account) -> None:
    await sent_back(app, coach)

    coaching = await app.phone().send("/saisir")
    await coaching.tap("Voir la liste")

    assert coaching.labels[0] == "…0001 · Les Tilleuls · à vérifier"


async def test_a_reply_taken_back_is_to_be_given_again(app: Application, coach: Account) -> None:
    await sent_back(app, coach)
    coaching = await opened(app)
    await coaching.tap("CDI (actuel)")

    await coaching.tap("Annuler")

    assert (await event_of(app, 1)).state == EventState.SENT_BACK
    assert (await app.rows(Remark))[0].answered_at is None
    await coaching.send("/saisir")
    await coaching.tap("Vérifier ce qui est demandé")
    await coaching.tap("CDI (actuel)")
    assert (await event_of(app, 1)).state == EventState.ENTERED


async def test_a_reply_already_validated_is_not_taken_back(app: Application, coach: Account) -> None:
    phone = await sent_back(app, coach)
    coaching = await opened(app)
    await coaching.tap("CDI (actuel)")
    await phone.send("/valider")
    await phone.tap("Regarder la saisie signalée")
    await phone.tap("Valider")
    before = await app.everything()

    await coaching.tap("Annuler")

    assert coaching.toast == STALE
    assert await app.everything() == before


async def test_what_was_sent_back_by_mistake_is_withdrawn(app: Application, coach: Account) -> None:
    phone = await sent_back(app, coach)

    await phone.tap("Annuler")

    assert phone.text.startswith("Annulé : …0001.")
    assert (await event_of(app, 1)).state == EventState.ENTERED
    assert await app.rows(Remark) == []
    coaching = await opened(app)
    assert coaching.toast == "Plus rien n'est à vérifier pour …0001."
    assert "Valider la saisie sans remarque" in (await phone.send("/valider")).labels


async def test_the_same_question_asked_again_is_told_again(app: Application, coach: Account) -> None:
    phone = await sent_back(app, coach)
    await phone.tap("Annuler")
    await phone.tap("Renvoyer…")
    await phone.tap("Emploi : CDI")
    await phone.tap(REASON)

    assert len(await told(app)) == 2


async def test_several_are_gone_through_one_after_the_other(app: Application, coach: Account) -> None:
    for number in (1, 2):
        await entered(app, coach, number, WARNED, W06="prise_de_poste_recente")
    phone = await reviewer(app)
    await phone.tap("Regarder les 2")
    await phone.tap("Renvoyer…")
    await phone.tap("Emploi du dernier mois : sans emploi")
    await phone.tap("Changement à confirmer")

    assert phone.text.startswith("Renvoyée, le job coach est prévenu : …0001.\n\nABC010000")
    assert "…0001" in phone.text.splitlines()[0]
    assert "0002" in phone.text.splitlines()[2]


async def test_nobody_is_asked_about_a_person_without_a_coach(app: Application, coach: Account) -> None:
    await entered(app, None, 1, WARNED)
    phone = await reviewer(app)
    await phone.tap("Regarder la saisie signalée")
    assert "Renvoyer…" not in phone.labels
    assert "Corriger moi-même" in phone.labels
    before = await app.everything()
    token = phone.data("Valider").split(":")

    await phone.tap(data=f"rv_send:{token[1]}:3:contract_ended:{token[2]}")

    assert phone.toast == STALE
    assert await app.everything() == before


async def test_the_coordinator_may_correct_it_instead(app: Application, coach: Account) -> None:
    phone = await sent_back(app, coach)
    await phone.tap("Voir les saisies")
    await phone.tap("Renvoyées")
    await phone.tap("…0001")
    assert "Renvoyée : vérifier l'emploi à la date (contrat terminé d'après la structure)." in phone.text
    await phone.tap("Corriger moi-même")
    for label in ("Soutien", "Veille", "Enregistrer"):
        await phone.tap(label)

    event = await event_of(app, 1)
    assert (event.state, event.changed_by) == (EventState.ENTERED, (await coordinator(app)).id)
    assert (await app.rows(Remark))[0].answered_at is not None
    await phone.send("/valider")
    await phone.tap("Regarder la saisie signalée")
    assert "Saisie par vous : si vous la validez, ce sera noté." in phone.text
    await phone.tap("Valider")
    assert (await app.rows(EventHistory))[-1].after["own_entry"] is True
