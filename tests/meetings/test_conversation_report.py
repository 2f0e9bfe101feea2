"""What took place, the report step by step, its signature, its addendum; what the register then shows."""

from datetime import UTC, date, datetime

from models.jobs.tables import Job
from models.meetings.bodies import Body, Function
from models.meetings.contacts.service import AddressBook
from models.meetings.states import MeetingState
from models.meetings.tables import MeetingReport
from models.notifications.tables import OutboxMessage
from tests.harness.application import ON_SQLITE
from tests.harness.phone import Phone
from tests.meetings.platform import NOW, RHONE, point
from tests.meetings.story import AFTER, Platform


async def held(platform: Platform) -> Phone:
    """Return the phone of the chef de file once they have said that the point took place: who was there is asked."""
    phone = await platform.on(AFTER, platform.phone())
    await phone.tap("12 janvier")
    return await phone.tap("Oui, la réunion a eu lieu")


async def write_all(phone: Phone) -> Phone:
    """Answer every step of a point's report, from who was there on; the MDPH had said it would come."""
    for label in ("Cap emploi", "Continuer avec 2 présents"):
        await phone.tap(label)
    for number in ("6", "12", "2", "0"):
        await phone.send(number)
    for label in ("Choix de la personne", "1", "Continuer avec 1", "Oui, examiné avant"):
        await phone.tap(label)
    for label in ("Ajouter une décision", "Revoir la liste d'attente", "MDPH", "Vendredi 12 février"):
        await phone.tap(label)
    return await phone.tap("Continuer avec 1 décision")


async def signed(phone: Phone) -> Phone:
    for label in ("Signer le compte rendu", "Oui, signer"):
        await phone.tap(label)
    return phone


async def test_a_point_is_held_reported_and_signed(platform: Platform, invited: Phone) -> None:
    await invited.tap(data="mt_answer:1:0:present")
    phone = await held(platform)
    assert phone.text.startswith("C'est noté : la réunion a eu lieu. Il reste le compte rendu.")

    await write_all(phone)
    assert "2 présents : MDPH, référent emploi accompagné ; Cap emploi, responsable." in phone.text
    assert "20 prescriptions examinées : MDPH 6, France Travail 12, Cap emploi 2, Mission locale 0." in phone.text
    assert "Cap emploi vers le même organisme : 1 (choix de la personne 1)." in phone.text
    assert "Décision : Revoir la liste d'attente, MDPH, référent emploi accompagné, pour le 12 février 2027." in (
        phone.text
    )
    assert await platform.app.rows(MeetingReport) == [], "nothing is written before it is saved"
    await signed(phone)

    assert phone.text.startswith("Le compte rendu est signé")
    assert "Signé le 12 janvier 2027 par le chef de file." in phone.text
    assert (await platform.meetings())[0].state is MeetingState.REPORTED
    await phone.send("/obligations")
    assert "Point MDPH–SPE · Rhône, janvier 2027 : tenu, compte rendu signé, 12 janvier" in phone.text


async def test_a_signed_report_is_corrected_by_an_addendum(platform: Platform, invited: Phone) -> None:
    phone = await held(platform)
    for label in ("MDPH", "France Travail", "Continuer avec 2 présents"):
        await phone.tap(label)
    for number in ("6", "0", "0", "0"):
        await phone.send(number)
    await phone.tap("Non, pas pour toutes")
    await phone.tap("Aucune décision : continuer")
    await signed(phone)
    report = (await platform.app.rows(MeetingReport))[0]

    for label in ("Corriger par un additif", "Prescriptions", "MDPH", "7", "Enregistrer l'additif"):
        await phone.tap(label)
    await phone.tap("Information arrivée après")

    assert phone.text.startswith("L'additif est enregistré. Le compte rendu signé reste tel quel.")
    assert "Additif du 12 janvier 2027 (information arrivée après) : MDPH, de 6 à 7." in phone.text
    assert (await platform.app.rows(MeetingReport))[0].examined == report.examined
    await phone.tap("Corriger par un additif")
    await phone.tap("Enregistrer l'additif")
    await phone.tap("Erreur dans le compte rendu")
    assert phone.text.startswith("Cet additif ne change rien au compte rendu.")


async def test_decisions_are_followed_up_at_the_next_point(platform: Platform, invited: Phone) -> None:
    await invited.tap(data="mt_answer:1:0:present")
    phone = await write_all(await held(platform))
    await signed(phone)
    await phone.send("/point")
    await phone.tap("Comme le mois dernier : mardi 9, 14 h")
    await phone.tap("Confirmer et inviter")

    await platform.on(datetime(2027, 2, 9, 17, tzinfo=UTC), phone)
    for label in ("9 février", "Oui, la réunion", "MDPH", "France Travail", "Continuer avec 2 présents"):
        await phone.tap(label)
    for number in ("1", "0", "0", "0"):
        await phone.tap(number)
    await phone.tap("Oui, examiné avant")
    assert "Décision précédente : revoir la liste d'attente, par MDPH, référent emploi accompagné" in phone.text
    await phone.tap("Faite")
    await phone.tap("Aucune décision : continuer")

    assert "Décisions précédentes : 1 faite." in phone.text
    await signed(phone)
    assert (await platform.meetings())[1].state is MeetingState.REPORTED


@ON_SQLITE
async def test_a_report_is_left_resumed_and_saved_unsigned(platform: Platform, invited: Phone) -> None:
    phone = await held(platform)
    for label in ("MDPH", "France Travail", "Continuer avec 2 présents", "6"):
        await phone.tap(label)
    await phone.send("/point")
    await phone.tap("12 janvier · Point MDPH–SPE : compte rendu")
    await phone.tap("Rédiger le compte rendu")
    assert "Combien de prescriptions examinées pour France Travail ?" in phone.text
    for number in ("12", "0", "0"):
        await phone.send(number)
    await phone.tap("Oui, examiné avant")
    await phone.tap("Aucune décision : continuer")
    await phone.tap("Enregistrer sans signer")

    assert phone.text.startswith("Le compte rendu est enregistré. Il reste à le signer.")
    assert (await platform.app.rows(MeetingReport))[0].signed_at is None


@ON_SQLITE
async def test_somebody_who_came_unannounced_is_added(platform: Platform, invited: Phone) -> None:
    phone = await held(platform)
    await phone.tap("MDPH")
    await phone.tap("Quelqu'un d'autre était là")
    assert "Qui d'autre était là ? Le carnet n'a personne de plus : ajoutez un contact." in phone.text
    for label in ("Ajouter un contact", "ARS", "Direction"):
        await phone.tap(label)
    assert "invitations" not in phone.text
    await phone.send("direction@ars.exemple.fr")

    assert "Qui était là ?" in phone.text
    assert {"✓ MDPH, référent emploi accompagné", "✓ ARS, direction", "Continuer avec 2 présents"} <= set(phone.labels)
    assert await platform.app.rows(OutboxMessage) == [], "nobody is invited to what is over"


@ON_SQLITE
async def test_somebody_of_the_book_is_added_in_one_tap_even_to_a_signed_report(
    platform: Platform, invited: Phone
) -> None:
    async with platform.app.database.transaction() as session:
        book = AddressBook(session, platform.people["chef"], NOW)
        await book.add(RHONE, Body.ARS, Function.DIRECTION, "direction@ars.exemple.fr")
        await book.add("dispositif:ABC01", Body.DDETS, Function.DIRECTION, "direction@ddets.exemple.fr")
    phone = await held(platform)
    await phone.tap("MDPH")
    await phone.tap("Quelqu'un d'autre était là")
    assert phone.labels == ["ARS, direction", "DDETS, direction", "Ajouter un contact", "Retour"]
    await phone.tap("ARS, direction")
    assert "✓ ARS, direction" in phone.labels
    await phone.tap("Cap emploi")
    await phone.tap("Continuer avec 3 présents")
    for number in ("0", "0", "0", "0"):
        await phone.tap(number)
    for label in ("Oui, examiné avant", "Aucune décision : continuer"):
        await phone.tap(label)
    await signed(phone)

    for label in ("Corriger par un additif", "Présents", "Quelqu'un d'autre était là", "DDETS, direction"):
        await phone.tap(label)
    for label in ("Continuer avec 4 présents", "Enregistrer l'additif", "Information arrivée après"):
        await phone.tap(label)
    assert "DDETS, direction était là." in phone.text


@ON_SQLITE
async def test_each_question_leads_back_to_the_one_before(platform: Platform, invited: Phone) -> None:
    phone = await held(platform)
    await phone.tap("Quelqu'un d'autre était là")
    await phone.tap("Retour")
    assert "Qui était là ?" in phone.text
    for label in ("MDPH", "France Travail", "Continuer avec 2 présents", "6", "0", "Retour"):
        await phone.tap(label)
    assert "pour France Travail ?" in phone.text
    for label in ("3", "2", "0", "Retour"):
        await phone.tap(label)
    assert "pour la Mission locale ?" in phone.text
    for label in ("0", "Aucune : continuer", "Retour"):
        await phone.tap(label)
    assert "Cap emploi a 2 prescriptions examinées." in phone.text
    for label in ("Aucune : continuer", "Oui, examiné avant", "Retour"):
        await phone.tap(label)

    assert "le droit commun a-t-il été examiné" in phone.text
    assert phone.labels[-2:] == ["Retour", "Continuer plus tard"]


@ON_SQLITE
async def test_a_word_said_twice_or_too_late_undoes_nothing(platform: Platform, invited: Phone) -> None:
    phone = await platform.on(AFTER, platform.phone())
    await phone.tap("12 janvier")
    yes, no = phone.data("Oui, la réunion a eu lieu"), phone.data("Non, elle n'a pas eu lieu")
    await phone.tap(data=yes)
    await phone.tap(data=yes)
    assert "Qui était là ?" in phone.text

    await phone.tap(data=no)

    assert phone.text.startswith("La réunion a changé depuis ce message : voici où elle en est.")
    assert (await platform.meetings())[0].state is MeetingState.HELD
    await phone.tap("En fait, elle n'a pas eu lieu")
    assert "Il a été noté que la réunion a eu lieu. Noter plutôt qu'elle n'a pas eu lieu ?" in phone.text
    assert (await platform.meetings())[0].state is MeetingState.HELD
    await phone.tap("Non, elle n'a pas eu lieu")
    assert (await platform.meetings())[0].state is MeetingState.NOT_HELD
    await phone.tap("En fait, elle a eu lieu")
    await phone.tap("Oui, elle a eu lieu")
    assert phone.text.startswith("C'est noté : la réunion a eu lieu.")
    assert "Qui était là ?" in phone.text


@ON_SQLITE
async def test_more_prescriptions_to_its_own_body_than_examined_are_refused(platform: Platform, invited: Phone) -> None:
    phone = await held(platform)
    for label in (
        "MDPH",
        "France Travail",
        "Continuer avec 2 présents",
        "0",
        "0",
        "2",
        "0",
        "Choix de la personne",
        "3",
    ):
        await phone.tap(label)

    assert phone.text.startswith("Cap emploi a plus de prescriptions vers sa propre structure")
    assert "combien de prescriptions" in phone.text, "the number is asked again at once"
    await phone.tap("2")
    await phone.tap("Continuer avec 2")
    assert "droit commun" in phone.text


@ON_SQLITE
async def test_once_signed_the_next_meeting_is_shown_or_planned(platform: Platform, invited: Phone) -> None:
    phone = await signed(await write_all_plain(await held(platform)))
    await phone.tap("La prochaine réunion")
    assert "Quel jour ?" in phone.text

    async with platform.app.database.transaction() as session:
        await point(session, platform.people, date(2027, 2, 9))
    await phone.tap(data="mt_next:1")
    assert "mardi 9 février 2027" in phone.text
    assert "Déplacer ou modifier" in phone.labels


@ON_SQLITE
async def test_a_point_that_was_not_held_is_planned_anew(platform: Platform, invited: Phone) -> None:
    phone = await platform.on(AFTER, platform.phone())
    await phone.tap("12 janvier")
    await phone.tap(data="mt_report:1")
    assert phone.text.startswith("Dites d'abord si la réunion a eu lieu")
    await phone.tap("Non, elle n'a pas eu lieu")
    assert phone.labels[:2] == ["En planifier une autre", "En fait, elle a eu lieu"]

    await phone.tap("En planifier une autre")
    await phone.tap("M 20")
    await phone.tap("Confirmer et inviter")

    assert [row.day for row in await platform.meetings()] == [date(2027, 1, 12), date(2027, 1, 20)]


async def test_the_register_is_asked_for_in_the_chat(platform: Platform, invited: Phone) -> None:
    phone = await platform.phone().send("/obligations")
    await phone.tap("Le registre, en classeur")
    assert phone.text.startswith("Le registre de 2027 se prépare")
    await phone.tap("Le registre, en classeur")

    assert phone.text.startswith("Le registre est déjà en préparation.")
    jobs = [row for row in await platform.app.rows(Job) if row.kind == "register"]
    assert [job.arguments for job in jobs] == [{"scope": "departement:69", "first": "2027-01-01", "last": "2027-01-04"}]


@ON_SQLITE
async def test_what_was_missed_is_told_month_by_month(platform: Platform, invited: Phone) -> None:
    await signed(await write_all_plain(await held(platform)))
    phone = await platform.on(datetime(2027, 3, 15, 9, tzinfo=UTC), platform.phone(), "/obligations")
    assert "Point MDPH–SPE · Rhône, mars 2027 : à risque (au moins une fois par mois)" in phone.text

    await phone.tap("Mois par mois")

    assert "Février 2027 · Point MDPH–SPE · Rhône : manqué" in phone.text
    assert "Janvier 2027 · Point MDPH–SPE · Rhône : tenu, compte rendu signé, 12 janvier" in phone.text
    await phone.tap("Avant")
    assert "Septembre 2026 · Point MDPH–SPE" in phone.text


async def write_all_plain(phone: Phone) -> Phone:
    """Answer every step of a report without decisions."""
    for label in ("MDPH", "France Travail", "Continuer avec 2 présents", "1", "0", "0", "0", "Oui, examiné avant"):
        await phone.tap(label)
    return await phone.tap("Aucune décision : continuer")
