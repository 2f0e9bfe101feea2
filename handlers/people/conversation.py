"""The verbs of the persons' files."""

from handlers.entry.listing import listing as entry_list
from handlers.feature import Command, Feature, Forged
from handlers.month import first_of, tapped_day
from handlers.pages import SIZE
from handlers.people import screens, texts
from handlers.turn import Turn
from handlers.understanding import NotUnderstood
from models import french
from models.accounts.tables import Role
from models.persons.repository import File
from models.persons.service import ExitRefused, People
from models.screens import Action, Screen

ENTERING = frozenset({Role.JOB_COACH, Role.COORDINATOR})

feature = Feature(
    "people", Command("personnes", "La liste de vos personnes", Action("persons"), ENTERING), roles=ENTERING
)


@feature.action("persons")
async def persons(turn: Turn) -> Screen:
    """Open the persons: their files for who coordinates, the caseload to enter for a job coach."""
    if Role.COORDINATOR in turn.asker.roles:
        return await people(turn, 0)
    return await entry_list(turn, "all", 0)


@feature.action("people")
async def people(turn: Turn, number: int) -> Screen:
    """Show a page of the files."""
    page = await _people(turn).page(number, SIZE)
    if not page.lines and number > 0:
        return await people(turn, 0)  # the list has grown shorter since
    return screens.listing(page, number)


@feature.action("file")
async def open_file(turn: Turn, person: int) -> Screen:
    """Open a person's file."""
    return screens.card(await _people(turn).file(person))


@feature.action("find_file")
async def find_file(turn: Turn, end: str) -> Screen:
    """Open the file of the one person whose code ends as written."""
    if not (end.isascii() and end.isalnum()):
        raise Forged
    found = await _people(turn).ending(end)
    if found is None:
        raise NotUnderstood
    return screens.card(found)


@feature.action("assign")
async def assign(turn: Turn, person: int) -> Screen:
    """Choose the job coach."""
    of = await _people(turn).file(person)
    return screens.coaches(of, await _people(turn).coaches(of))


@feature.action("assign_to")
async def assign_to(turn: Turn, person: int, coach: int) -> Screen:
    """Give the person to a job coach."""
    of = await _people(turn).file(person)
    await _people(turn).assign(of, coach)
    return await _done(turn, of, "confiée")


@feature.action("move")
async def move(turn: Turn, person: int) -> Screen:
    """Choose the structure."""
    of = await _people(turn).file(person)
    return screens.structures(of, await _people(turn).structures(of))


@feature.action("move_to")
async def move_to(turn: Turn, person: int, structure: int) -> Screen:
    """Change the structure."""
    of = await _people(turn).file(person)
    await _people(turn).move(of, structure)
    return await _done(turn, of, "structure changée")


@feature.action("leave")
async def leave(turn: Turn, person: int, month: str) -> Screen:
    """Show the days of a month; the present one to begin with."""
    of = await _people(turn).file(person)
    try:
        first_of(shown := f"{turn.today:%Y-%m}" if month == "0" else month)
    except ValueError as error:
        raise Forged from error
    return screens.leaving(of, shown, turn.today)


@feature.action("leave_on", day=1)
async def leave_on(turn: Turn, person: int, day: str) -> Screen:
    """Record the exit."""
    of = await _people(turn).file(person)
    left = tapped_day(day)
    try:
        await _people(turn).leave(of, left)
    except ExitRefused as refused:
        return screens.leaving(of, f"{left:%Y-%m}", turn.today).headed(texts.refused(refused))
    return await _done(turn, of, f"sortie le {french.day(left)}")


@feature.action("come_back")
async def come_back(turn: Turn, person: int, exit_shown: str) -> Screen:
    """Record a return, of whoever the screen said had left on that day."""
    of = await _people(turn).file(person)
    if of.exit_date != tapped_day(exit_shown):
        return screens.card(of)
    await _people(turn).come_back(of)
    return await _done(turn, of, "retour noté")


async def _done(turn: Turn, of: File, what: str) -> Screen:
    line = f"{texts.end(of)} : {what}."
    return (await open_file(turn, of.person_id)).headed(line).noticed(line)


def _people(turn: Turn) -> People:
    return People(turn.session, turn.asker, turn.now)
