"""Whatever can be half-way is half-way: how the database of the former version was made, once."""

from datetime import datetime

from tests.golden.harness import PARIS, Quarter


async def half_way(quarter: Quarter) -> None:
    """Leave entries, a selection, a person, figures, a report, a meeting and an announcement half-filled."""
    quarter.scene("former-version", "Whatever can be half-way is half-way")
    coach = await quarter.phone(1001, "Camille")
    coordinator = await quarter.phone(1002, "Dominique")
    chief = await quarter.phone(1003, "Claude")
    admin = await quarter.phone(1004, "Alix")

    await coach.write("/saisir")
    await coach.tap("Saisir la suivante", "Rien n'a changé", "Emploi", "CDD")
    await coach.write("4217")
    await coach.tap("Soutien", "Intensif")
    await coach.write("5361")
    await coach.tap("Suivi par le dispositif", "Régulier")
    await coach.write("/saisir")
    await coach.tap("Rien n'a changé pour", "En retirer", "…4452")

    await coordinator.write("/chiffres")
    await coordinator.tap("Liste d'attente", "8", "Capacité")
    await coordinator.write("/personnes")
    await coordinator.tap("Nouvelle personne")
    await coordinator.write("84ABC010006001")
    await coordinator.tap("Les Tilleuls", "Septembre", "1")

    await chief.write("/point")
    await chief.tap("Planifier le point", "V 16", "15 h", "1 h")
    await chief.write("MDPH, salle 2")
    await chief.tap("Ajouter un contact", "MDPH", "Référent")
    await chief.write("referente@mdph.exemple.fr")
    await chief.tap("Ajouter un contact", "Dispositif", "Responsable")
    await chief.write("coordination@exemple.fr")
    await chief.tap("Continuer avec", "Confirmer", "Oui, confirmer")
    await quarter.until(datetime(2026, 10, 16, 17, 0, tzinfo=PARIS))
    await chief.write("/point")
    await chief.tap("16 octobre", "Oui, la réunion", "MDPH", "Continuer avec", "6", "4")
    await chief.write("/point")
    await chief.tap("Planifier le point de novembre", "M 17", "Changer l'heure")

    await admin.write("/annonce")
    await admin.tap("Job coachs")
    await admin.write("69")
    await admin.write("La date de la remontée est confirmée : le 31 décembre.")
