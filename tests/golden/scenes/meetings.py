"""A chef de file keeps the monthly point: planned, answered, moved, held, reported; a series; the obligations."""

from datetime import datetime

from tests.golden.harness import PARIS, Quarter


async def planning(quarter: Quarter) -> None:
    """A first point: day, hour, length and place, three contacts, a series given up, the invitations."""
    quarter.scene("meetings-planning", "A chef de file plans the point of October")
    chief = await quarter.phone(1003, "Claude")
    await chief.write("/point")
    await chief.tap("Me le rappeler")
    await chief.tap("Planifier le point", "Novembre", "Octobre", "Week-ends", "Retour", "M 20")
    await chief.write("14 heures et demie")
    await chief.write("14 h 30")
    await chief.tap("Retour", "14 h")
    await chief.write("16 h 00")
    await chief.write("MDPH, salle 2")
    await chief.tap("Ajouter un contact", "MDPH", "Référent")
    await chief.write("pas une adresse")
    await chief.write("referente@mdph.exemple.fr")
    await chief.tap("Ajouter un contact", "France Travail", "Conseiller")
    await chief.write("conseil@france-travail.exemple.fr")
    await chief.tap("Ajouter un contact", "Dispositif", "Responsable")
    await chief.write("coordination@exemple.fr")
    await chief.tap("Continuer avec", "En faire une série", "Le troisième mardi du mois")
    await chief.tap("En faire une série", "Une seule fois")
    recap = await chief.screen()
    await chief.tap("Confirmer")
    await chief.again(recap, "Confirmer")


async def answering(quarter: Quarter) -> None:
    """The invitation on the coordinator's phone, and its answers."""
    quarter.scene("meetings-answering", "An invitation is answered")
    coordinator = await quarter.phone(1002, "Dominique")
    chief = await quarter.phone(1003, "Claude")
    await coordinator.tap("Présent", on="Invitation")
    await coordinator.write("/start")
    await coordinator.tap("Mes invitations")
    await coordinator.tap("Point MDPH")
    await chief.write("/point")
    await chief.tap("mardi 20", "Noter une réponse", "MDPH", "Présent")


async def changing(quarter: Quarter) -> None:
    """Moved, moved back, its people changed, its files asked for; another one planned, replaced and cancelled."""
    quarter.scene("meetings-changing", "A point is moved and moved back; another meeting is replaced and cancelled")
    chief = await quarter.phone(1003, "Claude")
    await chief.write("/point")
    await chief.tap("mardi 20", "Déplacer", "Changer la date", "M 21", "Changer le lieu")
    await chief.write("https://visio.exemple.fr/salle")
    await chief.write("MDPH, salle 3")
    await chief.tap("Enregistrer et prévenir", "Annuler le déplacement")
    await chief.tap("Changer les invités", "France Travail", "Continuer avec", "Enregistrer")
    await chief.tap("Changer les invités", "France Travail", "Continuer avec", "Enregistrer")
    await chief.tap("Recevoir le fichier")
    await chief.tap("Le dossier de réunion")
    await chief.write("/point")
    await chief.tap("Planifier une autre", "Comité", "Novembre", "J 5", "10 h", "2 h")
    await chief.write("Préfecture")
    await chief.tap("Inviter tout", "Continuer avec", "Confirmer", "Oui, confirmer")
    await chief.tap("Remplacer", "V 6", "Remplacer et")
    await chief.tap("Annuler la réunion", "Retour", "Annuler la réunion", "Oui, annuler")
    await chief.tap("Retour", "Le carnet", "MDPH", "Retirer du carnet", "Remettre", "Retour")


async def reporting(quarter: Quarter) -> None:
    """The day before, the day itself, who was there, prescriptions, a decision, the signature, an addendum."""
    quarter.scene("meetings-before", "What is told before the point of October")
    await quarter.until(datetime(2026, 10, 20, 16, 30, tzinfo=PARIS), hours=(3, 8, 9, 12, 14, 18))
    quarter.scene("meetings-reporting", "The point was held; its report is written, signed and corrected")
    chief = await quarter.phone(1003, "Claude")
    await chief.write("/point")
    await chief.tap("20 octobre", "Oui, la réunion", "MDPH", "France Travail", "Quelqu'un d'autre", "Retour")
    await chief.tap("Continuer avec", "6")
    await chief.write("deux")
    await chief.write("12")
    await chief.tap("2", "0", "Choix de la personne", "5", "Retour", "Choix de la personne", "1", "Continuer avec")
    await chief.tap("Oui, examiné", "Ajouter une décision", "Revoir la liste", "MDPH")
    await chief.write("20 novembre")
    await chief.tap("Continuer plus tard")
    await chief.write("/point")
    await chief.tap("20 octobre", "Rédiger", "Continuer avec", "Enregistrer sans signer", "Rédiger", "Signer")
    await chief.tap("Oui, signer", "Corriger par un additif", "Abandonner", "Corriger par un additif")
    await chief.tap("Prescriptions", "France Travail", "8", "Enregistrer l'additif", "Information arrivée")


async def series(quarter: Quarter) -> None:
    """The next point, the same as last month; made a series, of which one date is cancelled."""
    quarter.scene("meetings-series", "The next point is planned as last month's, then as a series")
    chief = await quarter.phone(1003, "Claude")
    coordinator = await quarter.phone(1002, "Dominique")
    await chief.tap("La prochaine réunion", "Abandonner", "Comme le mois dernier", "En faire une série")
    await chief.tap("Le troisième mardi du mois", "Confirmer les", "Toutes les réunions", "Suivantes", "Précédentes")
    await coordinator.tap("Présent à toutes", on="Invitation")
    await chief.tap("mardi 15 décembre", "Annuler la réunion", "Oui, annuler", "En planifier une autre")
    await chief.write("16 décembre")
    await chief.tap("Confirmer")


async def obligations(quarter: Quarter) -> None:
    """What is kept, what is at risk, month by month, and the register."""
    quarter.scene("obligations", "The obligations and their register")
    chief = await quarter.phone(1003, "Claude")
    await chief.write("/obligations")
    await chief.tap("Mois par mois", "Avant", "Retour", "Un autre territoire")
    await chief.write("/obligations")
    await chief.tap("Le registre")
