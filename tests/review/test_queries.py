"""At most six SELECTs for any screen of the review, however many persons the dispositif has."""

from models.accounts.tables import Account
from models.events.tables import EventState
from tests.entry.test_queries import BOUND, Counting
from tests.harness import factories
from tests.harness.application import COORDINATOR, Application
from tests.harness.factories import USUAL
from tests.review.stories import WARNED, entered

FEW, MANY = 4, 60


async def every_screen(app: Application, coach: Account, base: int, persons: int) -> dict[str, tuple[int, int]]:
    """Go through every screen of the review; return the statements and the SELECTs of each."""
    for number in range(base, base + persons):
        await entered(app, coach, number)
    for number in range(base + 100, base + 100 + persons):
        await entered(app, coach, number, WARNED, W06="prise_de_poste_recente")
    async with app.database.transaction() as session:
        for number in range(base + 200, base + 200 + persons):
            await factories.person(session, number, coach, past=USUAL)
        for number in range(base + 300, base + 300 + persons):
            person = await factories.person(session, number, coach, past=USUAL)
            await factories.event(session, person, state=EventState.VALIDATED)
    going = Counting(app, app.phone(COORDINATOR))
    phone = going.phone
    await going.send("board", "/valider")
    await going.tap("who is missing", "Qui manque ?")
    await going.tap("board", "Retour")
    await going.tap("list, plain", "Voir les saisies")
    await going.tap("list, to look", "À regarder")
    await going.tap("list, validated", "Validées")
    await going.tap("entry", f"…{base + 300}")
    await going.tap("why unlock", "Déverrouiller…")
    await going.tap("unlocked", "Validée trop vite")
    await going.tap("undone", "Annuler")
    await going.tap("board", "Retour")
    await going.tap("first to look", next(label for label in phone.labels if label.startswith("Regarder")))
    await going.tap("next to look", "Passer")
    await going.tap("which field", "Renvoyer…")
    await going.tap("which reason", "Emploi : CDI")
    await going.tap("sent back", "Changement à confirmer")
    await going.tap("withdrawn", "Annuler")
    await going.tap("validated", "Valider")
    await going.tap("undone", "Annuler")
    await going.tap("board", "Retour")
    await going.tap("all validated", next(label for label in phone.labels if label.startswith("Valider les")))
    await going.tap("all undone", "Annuler")
    return going.counts


async def test_no_screen_reads_more_than_six_times(app: Application, coach: Account) -> None:
    few = await every_screen(app, coach, 1000, FEW)
    many = await every_screen(app, coach, 5000, MANY)

    print("statements (in all, SELECTs):", many)
    assert {screen: reads for screen, (_, reads) in many.items() if reads > BOUND} == {}
    assert few == many, "the number of statements does not grow with the dispositif"
