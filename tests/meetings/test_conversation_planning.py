"""`/point`: a point planned for the first time, then in few taps; moved, replaced, cancelled; a series."""

from datetime import UTC, date, datetime, time

import pytest

from models.accounts.tables import Role, RoleGrant
from models.jobs.tables import Job
from models.meetings.contacts.tables import Contact
from models.meetings.kinds import MeetingKind
from models.meetings.states import MeetingState
from models.meetings.tables import MeetingHistory
from models.notifications.tables import OutboxMessage
from tests.harness.application import ON_SQLITE
from tests.harness.factories import account
from tests.harness.phone import Phone
from tests.meetings.platform import ISERE, NOW, RHONE, more_contacts, point
from tests.meetings.story import Platform

FEBRUARY = datetime(2027, 2, 1, 9, tzinfo=UTC)


async def planned(platform: Platform, day: date = date(2027, 1, 12)) -> None:
    """Have the chef de file's point planned and told."""
    async with platform.app.database.transaction() as session:
        await point(session, platform.people, day)


async def told(platform: Platform, kind: str = "meeting_invitation") -> list[str]:
    """Return what was written to those invited, the oldest first."""
    return [
        row.screen["text"].split("\n")[0].strip("\x02\x03")
        for row in await platform.app.rows(OutboxMessage)
        if row.kind == kind
    ]


async def test_the_first_point_is_planned_from_nothing(platform: Platform) -> None:
    phone = await platform.phone().send("/point")
    assert "Janvier : aucun point MDPH–SPE n'est encore fixé pour le Rhône." in phone.text
    assert phone.labels[:2] == ["Planifier le point de janvier", "Me le rappeler lundi 11 janvier"]

    await phone.tap("Planifier le point de janvier")
    assert "M 12" in phone.labels
    assert "S 9" not in phone.labels
    await phone.tap("M 12")
    await phone.send("14 h 30")
    await phone.send("16 h")
    await phone.send("MDPH, salle 2")
    await phone.tap("MDPH")
    await phone.tap("France Travail")
    await phone.tap("Continuer avec 2 invités")
    assert "mardi 12 janvier 2027, 14 h 30, 1 h 30\nLieu : MDPH, salle 2" in phone.text
    await phone.tap("Confirmer et inviter")

    assert phone.text.startswith("C'est planifié. Les invités reçoivent leur invitation.")
    assert "Le mardi 12 janvier 2027, de 14 h 30 à 16 h." in phone.text
    assert "2 invités : 2 sans réponse." in phone.text
    meeting = (await platform.meetings())[0]
    assert (meeting.kind, meeting.scope, meeting.day) == (MeetingKind.POINT, RHONE, date(2027, 1, 12))
    assert (meeting.hour, meeting.minutes, meeting.place) == (time(14, 30), 90, "MDPH, salle 2")
    assert len(await told(platform)) == 2
    assert phone.taps == 6


async def test_the_month_after_takes_two_taps(platform: Platform) -> None:
    await planned(platform)
    phone = await platform.on(FEBRUARY, platform.phone())
    assert phone.labels[:3] == [
        "12 janvier · Point MDPH–SPE : a-t-il eu lieu ?",
        "Planifier le point de février",
        "Comme le mois dernier : mardi 9, 14 h",
    ], "what waits for a word stands first"

    await phone.tap("Comme le mois dernier")
    assert "mardi 9 février 2027, 14 h, 1 h 30" in phone.text
    assert "3 invités" in phone.text
    await phone.tap("Confirmer et inviter")

    first, second = await platform.meetings()
    assert (second.day, second.hour, second.place, second.link) == (
        date(2027, 2, 9),
        first.hour,
        first.place,
        first.link,
    )


async def test_another_day_of_the_next_month_takes_three_taps(platform: Platform) -> None:
    await planned(platform)
    phone = await platform.on(FEBRUARY, platform.phone())
    for label in ("Planifier le point de février", "J 18", "Confirmer et inviter"):
        await phone.tap(label)

    assert (await platform.meetings())[1].day == date(2027, 2, 18)
    assert phone.taps == 3


@ON_SQLITE
async def test_the_days_offered_are_those_of_the_month_that_is_missing(platform: Platform) -> None:
    await planned(platform)
    phone = await platform.phone().send("/point")

    await phone.tap("Planifier le point de février")

    assert "Février 2027 : touchez un jour ouvré" in phone.text
    assert phone.labels[0] == "L 1"


@ON_SQLITE
async def test_a_month_without_a_working_day_left_gives_way_to_the_next(platform: Platform) -> None:
    platform.app.now = datetime(2027, 1, 30, 9, tzinfo=UTC)
    phone = await platform.phone().send("/point")

    await phone.tap("Planifier le point de janvier")

    assert "Février 2027 : touchez un jour ouvré" in phone.text


@ON_SQLITE
async def test_a_draft_survives_a_restart_and_a_detour(platform: Platform) -> None:
    phone = await platform.phone().send("/point")
    for label in ("Planifier le point de janvier", "M 12", "14 h"):
        await phone.tap(label)
    recap = phone.screen["message_id"]
    await platform.app.restart()

    await phone.tap("1 h", message_id=recap)
    await phone.send("Visio")

    assert "mardi 12 janvier 2027, 14 h, 1 h" in phone.text
    assert "Qui est invité ?" in phone.text


async def test_confirming_twice_plans_once(platform: Platform) -> None:
    await planned(platform)
    phone = await platform.on(FEBRUARY, platform.phone())
    await phone.tap("Comme le mois dernier")
    confirm = phone.data("Confirmer et inviter")

    await phone.tap(data=confirm)
    await phone.tap(data=confirm)

    assert len(await platform.meetings()) == 2
    assert phone.toast == "Ce bouton datait d'un écran précédent : voici où vous en êtes."


async def test_a_contact_is_added_on_the_way_and_invited(platform: Platform) -> None:
    await planned(platform)
    phone = await platform.on(FEBRUARY, platform.phone())
    for label in ("Comme le mois dernier", "Changer les invités", "Ajouter un contact", "Mission locale", "Conseiller"):
        await phone.tap(label)

    await phone.send("pas une adresse")
    assert phone.text.startswith("Ce n'est pas une adresse e-mail")
    await phone.send("Conseil@ML.exemple.fr")

    assert phone.text.startswith("Mission locale, conseiller : ajouté au carnet.")
    assert "✓ Mission locale, conseiller" in phone.labels
    await phone.tap("Continuer avec 4 invités")
    await phone.tap("Confirmer et inviter")
    assert "4 invités : 4 sans réponse." in phone.text
    assert [row.email for row in await platform.app.rows(Contact)][-1] == "conseil@ml.exemple.fr"


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        (("=31/12/2026",), "Cette date est passée"),
        (("=04/01/2030",), "Cette date est trop lointaine"),
        (("L 4", "Changer l'heure", "=8 h"), "Cette date est passée"),
        (("M 12", "Changer la durée", "=13 h 30"), "La fin précède le début"),
        (("M 12", "Changer l'heure", "=vers midi"), "Je n'ai pas reconnu d'heure"),
        (("M 12", "Changer le lieu ou le lien", "=http://visio.exemple.fr"), "Un lien de visioconférence commence"),
        (("M 12", "Changer le lieu ou le lien", "=" + "x" * 201), "Ce lieu est trop long"),
    ],
)
@ON_SQLITE
async def test_what_is_impossible_is_said_and_asked_again(platform: Platform, steps: tuple[str, ...], why: str) -> None:
    await planned(platform, date(2027, 1, 20))
    phone = await platform.phone().send("/point")
    await phone.tap(data="point_new:departement:69")

    for step in steps:
        await (phone.send(step[1:]) if step.startswith("=") else phone.tap(step))

    assert phone.text.startswith(why)
    assert len(await platform.meetings()) == 1


@ON_SQLITE
async def test_a_holiday_waits_for_a_confirmation(platform: Platform) -> None:
    await planned(platform)
    platform.app.now = datetime(2027, 5, 1, 9, tzinfo=UTC)
    phone = await platform.phone().send("/point")
    await phone.tap("Planifier le point de mai")
    await phone.tap("Week-ends et jours fériés")
    assert "samedi 8 mai · jour férié" in phone.labels
    await phone.tap("jeudi 6 mai")
    await phone.tap("Confirmer et inviter")

    assert "Le jeudi 6 mai 2027 est férié (Ascension).\nConfirmez-vous cette date ?" in phone.text
    assert len(await platform.meetings()) == 1
    await phone.tap("Oui, confirmer cette date")

    assert (await platform.meetings())[1].day == date(2027, 5, 6)


@ON_SQLITE
async def test_two_meetings_at_once_are_told(platform: Platform) -> None:
    await planned(platform)
    phone = await platform.phone().send("/point")
    for label in ("Planifier une autre réunion", "Point", "Rhône", "M 12", "Confirmer et inviter"):
        await phone.tap(label)
    assert "une autre réunion de la plateforme se tient à la même heure : Point MDPH–SPE, 14 h." in phone.text

    await phone.tap("Changer l'heure")
    await phone.tap("16 h")
    await phone.tap("Confirmer et inviter")

    assert [row.hour for row in await platform.meetings()] == [time(14), time(16)]


@ON_SQLITE
async def test_three_hundred_participants_are_too_many(platform: Platform) -> None:
    await planned(platform)
    async with platform.app.database.transaction() as session:
        await more_contacts(session, 297)
    phone = await platform.on(FEBRUARY, platform.phone())
    for label in ("Comme le mois dernier", "Changer les invités", "Inviter tout le carnet", "Continuer avec 300"):
        await phone.tap(label)

    assert phone.text.startswith("300 participants, c'est trop : 50 au plus.")
    assert len(await platform.meetings()) == 1


async def test_a_series_names_its_moved_holidays_before_it_is_planned(platform: Platform) -> None:
    await planned(platform, date(2027, 1, 7))
    phone = await platform.on(FEBRUARY, platform.phone())
    for label in ("Planifier le point de février", "J 4", "En faire une série", "Le premier jeudi du mois"):
        await phone.tap(label)
    assert "Série : le premier jeudi du mois, 14 h, 12 dates." in phone.text
    await phone.tap("Changer la date")
    await phone.tap("L 1")  # the day the clock shows, at an hour still to come
    await phone.tap("En faire une série")
    await phone.tap("Le premier lundi du mois")
    assert "Jour férié, déplacé : mardi 1er" not in phone.text
    await phone.tap("Confirmer les 12 dates")

    assert phone.text.startswith("12 réunions planifiées, du 1er février 2027 au 3 janvier 2028.")
    series = [row for row in await platform.meetings() if row.series_id is not None]
    assert len(series) == 12
    assert len(await told(platform)) == 36


async def test_one_of_a_series_is_cancelled_the_others_stay(platform: Platform) -> None:
    await planned(platform, date(2027, 1, 7))
    phone = await platform.on(FEBRUARY, platform.phone())
    for label in ("Planifier le point de février", "J 4", "En faire une série", "Le premier jeudi du mois"):
        await phone.tap(label)
    await phone.tap("Confirmer les 12 dates")

    await phone.tap("jeudi 4 mars")
    await phone.tap("Annuler la réunion")
    assert "Les autres dates de la série restent." in phone.text
    await phone.tap("Oui, annuler la réunion")

    assert phone.text.startswith("La réunion est annulée. L'annulation part aux invités.")
    states = [row.state for row in await platform.meetings() if row.series_id is not None]
    assert states.count(MeetingState.CANCELLED) == 1
    assert len(states) == 12


@ON_SQLITE
async def test_the_last_of_a_series_is_reached_and_moved(platform: Platform) -> None:
    await planned(platform, date(2027, 1, 7))
    phone = await platform.on(FEBRUARY, platform.phone())
    for label in ("Planifier le point de février", "J 4", "En faire une série", "Le premier jeudi du mois"):
        await phone.tap(label)
    await phone.tap("Confirmer les 12 dates")
    for label in ("Toutes les réunions à venir", "Suivantes", "jeudi 6 janvier"):
        await phone.tap(label)

    assert "Le jeudi 6 janvier 2028, de 14 h" in phone.text
    assert "Déplacer ou modifier" in phone.labels


@ON_SQLITE
async def test_another_day_keeps_the_series(platform: Platform) -> None:
    await planned(platform, date(2027, 1, 7))
    phone = await platform.on(FEBRUARY, platform.phone())
    for label in ("Planifier le point de février", "J 4", "En faire une série", "Le premier jeudi, tous les 2 mois"):
        await phone.tap(label)
    await phone.tap("Changer la date")
    await phone.tap("M 9")
    assert "Série : le deuxième mardi, tous les 2 mois, 14 h, 6 dates." in phone.text

    await phone.tap("Changer la date")
    await phone.tap("Week-ends et jours fériés")
    await phone.tap("samedi 13 février")

    assert phone.text.startswith("Une série part d'un jour ouvré : cette date est seule.")
    assert "Série" not in phone.text.split("\n", 1)[1]


async def test_a_move_is_told_and_undone(platform: Platform) -> None:
    phone = await first_point(platform)
    for label in ("Déplacer ou modifier", "Changer la date", "J 14", "Enregistrer et prévenir"):
        await phone.tap(label)
    assert "Le jeudi 14 janvier 2027, de 14 h" in phone.text
    assert "État : déplacé." in phone.text

    await phone.tap("Annuler le déplacement")

    assert "Le mardi 12 janvier 2027, de 14 h" in phone.text
    assert "Annuler le déplacement" not in phone.labels
    assert (await platform.meetings())[0].sequence == 2
    assert [line.split(" :")[0] for line in await told(platform)] == ["Invitation", "Déplacé", "Déplacé"]


@ON_SQLITE
async def test_a_place_that_changes_is_no_move_to_undo(platform: Platform) -> None:
    phone = await first_point(platform)
    for label in ("Déplacer ou modifier", "Changer le lieu ou le lien"):
        await phone.tap(label)
    await phone.send("Cap emploi, salle 1")
    await phone.tap("Enregistrer et prévenir")

    assert "Lieu : Cap emploi, salle 1" in phone.text
    assert "Annuler le déplacement" not in phone.labels


@ON_SQLITE
async def test_half_past_midnight_is_written_whole(platform: Platform) -> None:
    phone = await platform.phone().send("/point")
    for label in ("Planifier le point de janvier", "M 12"):
        await phone.tap(label)
    await phone.send("0h30")

    assert "mardi 12 janvier 2027, 0 h 30" in phone.text


@ON_SQLITE
async def test_a_point_that_is_over_is_not_said_to_be_fixed(platform: Platform) -> None:
    await planned(platform)
    phone = await platform.phone().send("/point")
    assert "Janvier : le point est fixé." in phone.text

    await platform.on(datetime(2027, 1, 12, 16, tzinfo=UTC), phone)

    assert "Janvier : le point est passé, il attend un mot de vous." in phone.text
    for days_later in (1, 15):
        await platform.on(datetime(2027, 1, 12 + days_later, 16, tzinfo=UTC), phone)
        assert "Janvier : le point est passé, il attend un mot de vous." in phone.text
        assert phone.labels[:2] == ["12 janvier · Point MDPH–SPE : a-t-il eu lieu ?", "Planifier le point de février"]
        await phone.send("/start")
        assert "rien n'est encore fixé" not in phone.text


@ON_SQLITE
async def test_all_that_is_at_risk_is_said_on_arriving(platform: Platform) -> None:
    async with platform.app.database.transaction() as session:
        found = await account(session, 2950, Role.CHEF_DE_FILE, RHONE, email="deux@exemple.fr")
        assert found.id is not None
        session.add(RoleGrant(account_id=found.id, role=Role.CHEF_DE_FILE, scope=ISERE, granted_at=NOW))
    platform.app.now = datetime(2027, 12, 20, 9, tzinfo=UTC)

    phone = await platform.app.phone(2950).send("/start")

    assert "À risque : Point MDPH–SPE · Rhône, décembre 2027, rien n'est encore fixé." in phone.text
    assert "À risque : Point MDPH–SPE · Isère, décembre 2027, rien n'est encore fixé." in phone.text
    assert "À risque : Dialogue de gestion · Dispositif ABC01, année 2027, rien n'est encore fixé." in phone.text
    assert "La Réunion" not in phone.text
    alone = await platform.phone().send("/start")
    assert "À risque : Dialogue de gestion · Dispositif ABC01, année 2027" in alone.text
    assert "Isère" not in alone.text


async def first_point(platform: Platform) -> Phone:
    """Return the phone of the chef de file on the card of a point planned from it, the MDPH invited."""
    phone = await platform.phone().send("/point")
    for label in ("Planifier le point de janvier", "M 12", "14 h", "1 h"):
        await phone.tap(label)
    await phone.send("MDPH")
    for label in ("MDPH", "Continuer avec 1 invité", "Confirmer et inviter"):
        await phone.tap(label)
    assert "il manque : service public de l'emploi" in phone.text
    assert phone.labels == ["Changer les invités", "Oui, confirmer ainsi", "Retour"]
    return await phone.tap("Oui, confirmer ainsi")


@ON_SQLITE
async def test_a_meeting_is_replaced_by_another(platform: Platform) -> None:
    phone = await first_point(platform)
    for label in ("Remplacer par une autre", "V 15", "Remplacer et prévenir"):
        await phone.tap(label)

    assert phone.text.startswith("C'est remplacé.")
    old, new = await platform.meetings()
    assert (old.state, new.state, new.replaces_id) == (MeetingState.CANCELLED, MeetingState.PLANNED, old.id)
    assert {row.gesture for row in await platform.app.rows(MeetingHistory)} == {"planned", "replaced"}


async def test_who_is_taken_off_is_told_so(platform: Platform) -> None:
    phone = await first_point(platform)
    for label in ("Changer les invités", "✓ MDPH", "France Travail", "Continuer avec 1 invité"):
        await phone.tap(label)
    await phone.tap("Enregistrer les invités")

    assert "France Travail, conseiller : sans réponse" in phone.text
    lines = [line.split(" :")[0] for line in await told(platform)]
    assert sorted(lines) == ["Invitation", "Invitation", "Vous n'avez plus à venir"]


@ON_SQLITE
async def test_the_pack_is_asked_for_once_while_it_is_made(platform: Platform) -> None:
    phone = await first_point(platform)
    await phone.tap("Le dossier de réunion")
    assert phone.text.startswith("Le dossier se prépare")
    await phone.tap("Le dossier de réunion")

    assert phone.text.startswith("Le dossier est déjà en préparation.")
    jobs = [row for row in await platform.app.rows(Job) if row.kind == "meeting_pack"]
    assert [job.arguments for job in jobs] == [{"meeting": 1}]


async def test_the_calendar_file_comes_again_when_asked_for(platform: Platform) -> None:
    phone = await first_point(platform)
    await phone.tap("Recevoir le fichier d'agenda")

    assert phone.text.startswith("Le fichier d'agenda arrive dans un instant.")
    row = next(row for row in await platform.app.rows(OutboxMessage) if row.kind == "meeting_file")
    assert "BEGIN:VCALENDAR" in row.calendar["text"]


async def test_the_point_is_put_off_to_monday(platform: Platform) -> None:
    phone = await platform.phone().send("/point")
    await phone.tap("Me le rappeler lundi")

    assert phone.text.startswith("Jalon vous en reparlera le lundi 11 janvier, à 9 h.")
    row = next(row for row in await platform.app.rows(OutboxMessage) if row.kind == "point_missing")
    assert row.due_at == datetime(2027, 1, 11, 8, tzinfo=UTC)


@ON_SQLITE
async def test_the_address_book_is_kept(platform: Platform) -> None:
    phone = await platform.phone().send("/point")
    await phone.tap("Le carnet d'adresses")
    assert "3 contacts." in phone.text
    await phone.tap("Cap emploi")
    assert "equipe@capemploi.exemple.fr" in phone.text
    await phone.tap("Retirer du carnet")
    assert phone.text.startswith("Cap emploi, responsable n'est plus dans le carnet.")

    await phone.tap("Remettre dans le carnet")

    assert "3 contacts." in phone.text
    assert all(row.archived_at is None for row in await platform.app.rows(Contact))


@ON_SQLITE
async def test_a_contact_whose_address_came_back_otherwise_is_not_put_back(platform: Platform) -> None:
    phone = await platform.phone().send("/point")
    for label in ("Le carnet d'adresses", "Cap emploi", "Retirer du carnet"):
        await phone.tap(label)
    old = phone.data("Remettre dans le carnet")
    await phone.tap("Le carnet d'adresses")
    for label in ("Ajouter un contact", "Mission locale", "Conseiller"):
        await phone.tap(label)
    await phone.send("equipe@capemploi.exemple.fr")

    await phone.tap(data=old)

    assert phone.text.startswith("Cette adresse est déjà dans le carnet.")
    assert "3 contacts." in phone.text
