"""What each wishes of their reminders, what an administrator announces, and what the quarter brings."""

from datetime import datetime

from tests.golden.harness import PARIS, Quarter


async def wishes(quarter: Quarter) -> None:
    """The hour, putting off, an absence, the digest, the forecast, the preview."""
    quarter.scene("reminders-wishes", "What each wishes of their reminders")
    coach = await quarter.phone(1001, "Camille")
    coordinator = await quarter.phone(1002, "Dominique")
    await coach.write("/rappels")
    await coach.tap("Changer l'heure", "Retour", "Changer l'heure", "12 h", "Revenir à", "Changer l'heure", "14 h")
    await coach.tap("Me le rappeler demain", "Un autre jour", "Lundi", "Annuler le report", "Me le rappeler dans")
    await coordinator.write("/rappels")
    await coordinator.tap("Qui a reporté", "Retour", "Prévision", "Retour", "Suspendre", "Reprendre")
    await coach.write("/rappels")
    await coach.tap("Indiquer une absence", "Novembre", "2", "6")
    await coordinator.tap("Qui a reporté")
    await coach.tap("Annuler l'absence", "Indiquer une absence")
    await coach.write("01/01/2026")
    await coach.write("22/10/2026")
    await coach.write("26/10/2026")
    for number, name in ((1003, "Claude"), (1005, "Sacha"), (1006, "Lou")):
        phone = await quarter.phone(number, name)
        await phone.write("/rappels")
    admin = await quarter.phone(1004, "Alix")
    await admin.write("/rappels")
    await admin.tap("Ce qui partirait")
    await admin.write("/rappels aperçu")


async def announcing(quarter: Quarter) -> None:
    """To a role in a scope, chosen and typed; seen before it leaves; given up; how it arrived."""
    quarter.scene("announcements", "An administrator writes to many")
    admin = await quarter.phone(1004, "Alix")
    await admin.write("/annonce")
    await admin.tap("Job coachs", "Une région", "Auvergne", "69", "Tout", "Retour")
    await admin.write("69")
    await admin.write("Bonjour,\nla date de la remontée est confirmée : le <31 décembre> & rien d'autre.")
    await admin.tap("Récrire")
    await admin.write("La date de la remontée est confirmée : le 31 décembre. Merci de votre travail.")
    await admin.tap("Envoyer à", "Nouvelle annonce", "Tous les rôles")
    await admin.write("ABC99")
    await admin.write("ABC01")
    await admin.write("Une annonce abandonnée")
    await admin.tap("Abandonner", "Dernières annonces", "Actualiser", "Accueil")


async def until_december(quarter: Quarter) -> None:
    """Weeks in which the digest and the meetings alone are told; the coach adds what is new."""
    quarter.scene("quarter-november", "What is told until the middle of December")
    chief = await quarter.phone(1003, "Claude")
    await quarter.until(datetime(2026, 11, 18, 10, 0, tzinfo=PARIS), hours=(9, 12))
    await chief.write("/point")
    await chief.tap("17 novembre", "Non, elle n'a pas")
    await quarter.until(datetime(2026, 12, 16, 20, 0, tzinfo=PARIS), hours=(9, 12))


async def the_last_days(quarter: Quarter) -> None:
    """Two weeks before the date and after it: reminders answered, put off, a phone that blocks, the delay told."""
    quarter.scene("quarter-december", "The reminders before the date of the campaign")
    coach = await quarter.phone(1001, "Camille")
    lou = await quarter.phone(1006, "Lou")
    coordinator = await quarter.phone(1002, "Dominique")
    for moment in ("2026-12-17T14:00", "2026-12-17T14:00:00+00:00", "2027-01-04T09:00", "hier"):
        await quarter.jalon("reminders", "--at", moment, "--json")
    await quarter.jalon("reminders", "--at", "2026-12-17T14:00")
    await quarter.until(datetime(2026, 12, 17, 20, 0, tzinfo=PARIS))
    await coach.tap("Saisir la suivante")
    await lou.tap("Me le rappeler demain")
    await quarter.until(datetime(2026, 12, 20, 20, 0, tzinfo=PARIS))
    await quarter.block(1001)
    await quarter.until(datetime(2026, 12, 25, 20, 0, tzinfo=PARIS))
    await coordinator.write("/valider")
    await quarter.block(1001, blocked=False)
    await coach.write("/start")
    await quarter.until(datetime(2026, 12, 31, 20, 0, tzinfo=PARIS))
    quarter.scene("quarter-january", "What is told after the date of the campaign")
    await quarter.until(datetime(2027, 1, 5, 20, 0, tzinfo=PARIS))


async def the_end(quarter: Quarter) -> None:
    """Everybody is entered and validated; the campaign closes, and what is told afterwards."""
    quarter.scene("quarter-end", "The last ones are entered and validated, and the campaign closes")
    coach = await quarter.phone(1001, "Camille")
    coordinator = await quarter.phone(1002, "Dominique")
    await coach.write("/saisir")
    await coach.tap("Rien n'a changé pour", "Oui, rien n'a changé")
    await coordinator.write("/valider")
    await coordinator.tap("Valider les")
    await quarter.until(datetime(2027, 1, 15, 20, 0, tzinfo=PARIS))
    await coach.write("/saisir")
    await quarter.jalon("campaign", "close", "2026-12-31")
    await coach.write("/saisir")
    await coordinator.write("/valider")
    await quarter.until(datetime(2027, 1, 20, 20, 0, tzinfo=PARIS))
    await coordinator.write("/obligations")
