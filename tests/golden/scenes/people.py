"""A coordinator keeps the persons' files and the figures of the dispositif."""

from tests.golden.harness import Quarter


async def files(quarter: Quarter) -> None:
    """Give a person to another coach, change their structure, note an exit and a return."""
    quarter.scene("people-files", "A coordinator keeps the persons' files")
    coordinator = await quarter.phone(1002, "Dominique")
    await coordinator.write("/personnes")
    await coordinator.tap("Page suivante", "…4934", "Confier", "Retour", "Confier", "lou@")
    await coordinator.tap("Changer de structure", "Le Pont")
    await coordinator.tap("Noter une sortie", "Septembre", "15")
    await coordinator.write("4705")
    await coordinator.tap("Noter une sortie", "Septembre", "15")
    await coordinator.tap("Corriger la date de sortie", "14", "Noter un retour")
    await coordinator.write("5027")
    await coordinator.tap("Noter une sortie")
    await coordinator.write("01/01/2020")
    await coordinator.write("demain")
    await coordinator.tap("Retour", "Sa situation du trimestre", "Voir la liste")
    await coordinator.write("0000")
    await coordinator.forge("file:9999")
    await coordinator.forge("assign_to:1:9999")


async def adding(quarter: Quarter) -> None:
    """Two new persons, codes refused, a date written, one given up."""
    quarter.scene("people-adding", "A coordinator adds persons")
    coordinator = await quarter.phone(1002, "Dominique")
    await coordinator.write("/personnes")
    await coordinator.tap("Nouvelle personne")
    for code in ("84ABC01", "84ABC010004217", "Jean Dupont", "84ABC010006001"):
        await coordinator.write(code)
    await coordinator.tap("Les Tilleuls", "Septembre", "1")
    await coordinator.tap("MDPH", "Enregistrer")
    await coordinator.tap("Confier", "lou@")
    await coordinator.write("/personnes")
    await coordinator.tap("Nouvelle personne")
    await coordinator.write("84ABC010006002")
    await coordinator.tap("Atelier Sud")
    await coordinator.write("01/07/2030")
    await coordinator.write("1er juillet 2019")
    await coordinator.tap("Service Public", "Annuler")


async def figures(quarter: Quarter) -> None:
    """The six figures: unchanged, one changed, one refused, one doubtful."""
    quarter.scene("figures", "A coordinator answers for the dispositif's figures")
    coordinator = await quarter.phone(1002, "Dominique")
    await coordinator.write("/chiffres")
    await coordinator.tap("Liste d'attente")
    await coordinator.write("beaucoup")
    await coordinator.write("12")
    await coordinator.tap("ETP")
    await coordinator.write("2")
    await coordinator.tap("Enregistrer", "Corriger : ETP hors", "2,8, sans changement", "Annuler les modifications")
    await coordinator.tap("Sans suite", "2", "Professionnels")
    await coordinator.write("2")
    await coordinator.tap("Capacité")
    await coordinator.write("10")
    await coordinator.tap("Enregistrer", "Oui, c'est vérifié", "Oui, d'autres financeurs")
    await coordinator.tap("Liste d'attente", "8", "Enregistrer", "Oui, c'est vérifié")
    await coordinator.tap("Oui, d'autres financeurs", "Accueil")
