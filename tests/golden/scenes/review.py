"""A coordinator reviews what was entered, and a job coach answers what is asked again."""

from tests.golden.harness import Quarter


async def board(quarter: Quarter) -> None:
    """Where it stands, who is missing, the lists."""
    quarter.scene("review-board", "A coordinator looks at where the dispositif stands")
    coordinator = await quarter.phone(1002, "Dominique")
    await coordinator.write("/valider")
    await coordinator.tap(
        "Qui manque", "Retour", "Voir les saisies", "À regarder", "Renvoyées", "Validées", "Sans remarque"
    )
    await coordinator.tap("…", "Retour")
    await coordinator.write("/rappels")


async def sending_back(quarter: Quarter) -> None:
    """One is sent back, one validated, one unlocked; the coach is told, and corrects."""
    quarter.scene("review-sending-back", "Entries are validated, sent back and unlocked; the coach corrects")
    coordinator = await quarter.phone(1002, "Dominique")
    coach = await quarter.phone(1001, "Camille")
    await coordinator.write("/valider")
    await coordinator.tap("Regarder")
    await coordinator.tap("Renvoyer", "Retour", "Renvoyer", "Emploi", "Retour", "Emploi", "Changement à confirmer")
    await coordinator.tap("Annuler", "Renvoyer", "Formation", "Ne va pas")
    await coordinator.tap("Valider", "Annuler", "Corriger moi-même", "Soutien", "Veille")
    await coordinator.write("/valider")
    await coach.tap("Vérifier", on="…4318")
    await coach.tap("Voir la fiche", "Vérifier ce qui", "Sans objet", "Oui, la formation est finie")
    await coach.write("/saisir")


async def validating(quarter: Quarter) -> None:
    """All without remark, one by one, and one validation taken back."""
    quarter.scene("review-validating", "Entries are validated, all without remark and one by one, and unlocked")
    coordinator = await quarter.phone(1002, "Dominique")
    coach = await quarter.phone(1001, "Camille")
    await coordinator.write("/valider")
    board = await coordinator.screen()
    await coordinator.tap("Valider les", "Annuler", "Valider les")
    await coordinator.again(board, "Valider les")
    await coordinator.tap("Regarder")
    await coordinator.tap("Valider")
    await coordinator.write("/valider")
    await coordinator.tap("Voir les saisies", "Validées", "…4231", "Déverrouiller", "Retour", "Déverrouiller", "Erreur")
    await coach.write("4452")
    await coach.write("4231")
    await coach.tap("Soutien", "Régulier", "Enregistrer")
    await coordinator.write("/valider")
