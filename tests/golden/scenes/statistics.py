"""The figures, in pictures and on paper, for each role."""

from tests.golden.harness import Quarter

FIRST = ("Emploi dans", "Personnes acc", "Niveau", "Orientation", "Avancement", "Capacité")
OTHERS = (
    "Emploi à la date",
    "Emploi au fil",
    "Soutien au fil",
    "Statut",
    "Formation",
    "Orientations au",
    "Âge",
    "Sexe",
)


async def reading(quarter: Quarter) -> None:
    """A reader looks at every chart, the indicators, other campaigns and places, and the page to print."""
    quarter.scene("statistics-reader", "A reader looks at the figures")
    reader = await quarter.phone(1005, "Sacha")
    await reader.write("/stats")
    await reader.tap(*FIRST, "D'autres chiffres", *OTHERS, "Handicap", "Complétude")
    await reader.tap("Les indicateurs", "F01", "Retour", "Suite", "F12", "Retour")
    await reader.write("/stats")
    await reader.tap("Ailleurs")
    await reader.write("/stats")
    await reader.tap("Autre remontée", "30 juin 2026", "Niveau", "La page du trimestre")
    await reader.tap("Évolution")
    await reader.forge("stats_draw:emploi:0:national")


async def holding(quarter: Quarter) -> None:
    """Whoever holds the data sees their own numbers whole."""
    quarter.scene("statistics-roles", "A coach, a coordinator and an administrator look at the figures")
    coach = await quarter.phone(1001, "Camille")
    await coach.write("/stats")
    await coach.tap("Niveau", "Votre trimestre", "La remontée d'avant")
    coordinator = await quarter.phone(1002, "Dominique")
    await coordinator.write("/stats")
    await coordinator.tap("Emploi dans", "Avancement", "La page du trimestre")
    admin = await quarter.phone(1004, "Alix")
    await admin.write("/stats")
    await admin.tap("Ailleurs", "Auvergne", "Les indicateurs")
