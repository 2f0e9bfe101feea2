"""No screen of the meetings asks the database more the more meetings and contacts there are."""

from datetime import UTC, datetime

from dateutil.relativedelta import relativedelta

from models.reference.working_days import MAINLAND, on_or_after
from tests.entry.test_queries import BOUND, Counting
from tests.harness.factories import account
from tests.meetings.platform import INVITED, SLOT, more_contacts, point
from tests.meetings.story import Platform

WRITING = 11
"""A gesture that changes a meeting reads it before and after, with its rights, and who is to be told."""

SIGNING = 21
"""It writes the report and signs it: two gestures."""

SERIES = 19
"""Statements in all, reads and writes: twelve meetings are written, and told of, by as few as one, and one more."""

GUEST = 2900
"""Somebody invited who has the chat."""

GESTURES = {"confirmed", "series confirmed", "held", "answered for", "saved", "cancelled", "series answered"}


async def every_screen(platform: Platform) -> dict[str, tuple[int, int]]:
    going = Counting(platform.app, platform.phone())
    await going.send("start", "/start")
    await going.send("points", "/point")
    await going.tap("past", "Les réunions passées")
    await going.tap("points", "Retour")
    await going.tap("to come", "Toutes les réunions à venir")
    await going.tap("points", "Retour")
    await going.tap("book", "Le carnet d'adresses")
    await going.tap("contact", "Cap emploi")
    await going.tap("book", "Retour")
    await going.tap("bodies", "Ajouter un contact")
    await going.send("points", "/point")
    await going.tap("kinds", "Planifier une autre réunion")
    await going.tap("places", "Point MDPH–SPE")
    await going.tap("days", "Rhône")
    await going.tap("odd days", "Week-ends et jours fériés")
    await going.tap("recapitulation", "samedi 30 janvier")
    await going.tap("series", "En faire une série")
    await going.tap("recapitulation", "Retour")
    await going.tap("people", "Changer les invités")
    await going.tap("people", "✓ MDPH")
    await going.tap("recapitulation", "Continuer avec")
    await going.tap("doubtful", "Confirmer et inviter")
    await going.tap("confirmed", "Oui, confirmer")
    await going.tap("to answer for", "Noter une réponse")
    await going.tap("answer of", "Cap emploi, responsable")
    await going.tap("answered for", "Présent")
    await going.tap("cancelling", "Annuler la réunion")
    await going.tap("cancelled", "Oui, annuler")
    await going.send("points", "/point")
    await going.tap("kinds", "Planifier une autre réunion")
    await going.tap("places", "Point MDPH–SPE")
    await going.tap("days", "Rhône")
    await going.tap("recapitulation", "V 15")
    await going.tap("series", "En faire une série")
    await going.tap("recapitulation", "Le troisième vendredi du mois")
    await going.tap("series confirmed", "Confirmer les 12 dates")
    assert "12 réunions planifiées" in going.phone.text
    platform.app.now = datetime(2027, 1, 12, 17, tzinfo=UTC)
    await going.tap("card", data="mt:1")
    await going.tap("held", "Oui, la réunion a eu lieu")
    await going.tap("present", "MDPH")
    await going.tap("present", "France Travail")
    await going.tap("number", "Continuer avec 2 présents")
    for number in ("1", "0", "0", "0"):
        await going.tap("number", number)
    await going.tap("decisions", "Oui, examiné avant")
    await going.tap("what", "Ajouter une décision")
    await going.tap("who", "Revoir la liste")
    await going.tap("when", "MDPH")
    await going.tap("decisions", "Vendredi 12 février")
    await going.tap("report to sign", "Continuer avec 1 décision")
    await going.tap("saved", "Enregistrer sans signer")
    await going.tap("report resumed", "Rédiger")
    await going.tap("signing", "Signer le compte rendu")
    await going.tap("signed", "Oui, signer")
    await going.tap("card", "Retour")
    await going.tap("report read", "Lire le compte rendu")
    await going.send("obligations", "/obligations")
    await going.tap("history", "Mois par mois")
    await going.tap("obligations", "Retour")
    await going.tap("other places", "Un autre territoire")
    return going.counts


def _bound(screen: str) -> int:
    if screen == "signed":
        return SIGNING
    return WRITING if screen in GESTURES else BOUND


async def test_screens_ask_six_things_at_most_however_much_there_is(platform: Platform) -> None:
    async with platform.app.database.transaction() as session:
        await point(session, platform.people)
        for months in range(1, 24):
            day = on_or_after(SLOT.day + relativedelta(months=months - 1, days=14), MAINLAND)
            await point(session, platform.people, day)
        await more_contacts(session, 40)
        await account(session, GUEST, None, email=INVITED[0][2])

    counts = await every_screen(platform)
    guest = Counting(platform.app, platform.app.phone(GUEST))
    await guest.send("start of a guest", "/start")
    await guest.tap("dates of a series", data="sr:1")
    assert "12 dates" in guest.phone.text
    await guest.tap("series answered", "Présent à toutes")
    assert "pour 12 dates" in guest.phone.text
    counts |= guest.counts

    print("statements and, of them, SELECTs:", counts)
    assert counts["series confirmed"][0] <= SERIES
    bounds = {screen: _bound(screen) for screen in counts}
    assert {screen: selects for screen, (_, selects) in counts.items() if selects > bounds[screen]} == {}
