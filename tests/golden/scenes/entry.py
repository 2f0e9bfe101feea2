"""A job coach enters a quarter: by tapping, by typing, one by one and several at once, with second thoughts."""

from tests.golden.harness import Quarter


async def one_by_one(quarter: Quarter) -> None:
    """One tap, one change, a warning, an exit; taken back, given up, left for later."""
    quarter.scene("entry-one-by-one", "A job coach enters person by person")
    coach = await quarter.phone(1001, "Camille")
    await coach.write("/start")
    await coach.tap("Saisir la suivante", "Rien n'a changé")
    first = await coach.screen()
    await coach.tap("Emploi", "Que choisir", "Retour", "Emploi", "CDD", "Enregistrer")
    await coach.tap("Annuler")
    await coach.tap("Emploi", "CDD", "Déjà en CDD")
    await coach.tap("Formation", "Sans objet", "Enregistrer", "Retour", "Enregistrer")
    await coach.tap("Oui, la formation est finie")
    await coach.tap("Statut", "Suivi terminé", "Septembre", "Octobre", "15", "Enregistrer", "Oui")
    await coach.tap("Soutien", "Suivi : de 2 à 8 h", "Annuler")
    await coach.tap("Dernier mois", "Formation du dernier mois", "Stage", "Dernier mois", "Retour")
    await coach.write("/annuler")
    await coach.write("/annuler")
    await coach.tap("Saisir la suivante", "Passer", "Passer")
    await coach.again(first, "Rien n'a changé")
    await coach.again(first, "Annuler")
    await coach.forge("same:9999:0-0")
    await coach.forge("nothing:1")
    await coach.forge("pick:5:3:nothing:0-0")


async def lists(quarter: Quarter) -> None:
    """The lists, a correction, a draft that waits."""
    quarter.scene("entry-lists", "A job coach looks at the list, corrects, and comes back to what was begun")
    coach = await quarter.phone(1001, "Camille")
    await coach.write("/personnes")
    await coach.tap("Page suivante", "Saisies", "…4231", "Soutien", "Régulier", "Enregistrer")
    await coach.tap("Annuler")
    await coach.write("/personnes")
    await coach.tap("À saisir", "…", "Emploi", "Sans emploi")
    await coach.write("/personnes")
    await coach.write("/saisir")
    await coach.tap("Saisir la suivante", "Annuler")
    await coach.write("/trimestre")


async def typing(quarter: Quarter) -> None:
    """Words, dates and codes in the place of taps."""
    quarter.scene("entry-typing", "A job coach writes in the place of tapping")
    coach = await quarter.phone(1001, "Camille")
    await coach.write("4583")
    await coach.write("soutien")
    await coach.write("veille")
    await coach.write("ENREGISTRER")
    await coach.write("Une phrase qui ne répond à rien")
    await coach.write("4640")
    await coach.write("statut")
    await coach.write("suivi terminé")
    await coach.write("31/02/2026")
    await coach.write("12/10/2026")
    await coach.write("abandonner")
    await coach.write("annuler")
    await coach.write("0000")
    await coach.send_file("photo.jpg", _PICTURE, "photo")
    await coach.send_file("notes.txt", b"un texte")


_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6300010000050001"
    "0d0a2db40000000049454e44ae426082"
)


async def several(quarter: Quarter) -> None:
    """Nothing changed for many; some taken out; taken back; done again."""
    quarter.scene("entry-several", "Nothing changed for several")
    coach = await quarter.phone(1001, "Camille")
    await coach.write("/saisir")
    await coach.tap("Rien n'a changé pour", "En retirer", "…", "…4816", "…4816", "Retour")
    shown = await coach.screen()
    await coach.tap("Oui, rien n'a changé", "Annuler")
    await coach.again(shown, "Oui, rien n'a changé")
    await coach.write("/saisir")
    await coach.tap("Rien n'a changé pour", "En retirer", "…4816", "…4873", "…4705", "Retour", "Oui, rien n'a changé")


async def new_person(quarter: Quarter) -> None:
    """Six questions, left half-way, answered by tapping and by typing."""
    quarter.scene("entry-new-person", "Six questions for a person without history")
    coach = await quarter.phone(1001, "Camille")
    await coach.write("5361")
    await coach.tap("Suivi par le dispositif", "Que compte", "Retour", "Suivi par le dispositif")
    await coach.write("veille")
    await coach.tap("Sans emploi")
    await coach.write("/saisir")
    await coach.tap("Saisir la suivante")
    await coach.write("5361")
    await coach.tap("Retour", "Que choisir", "Sans emploi (actuel)", "Sans objet", "PMSMP", "Sans objet")
    await coach.tap("Emploi", "CDI", "Enregistrer")
