"""The verbs of the persons' files."""

from handlers.context import Context
from handlers.entry.listing import listing as entry_list
from handlers.feature import Command, Feature, InvalidAction
from handlers.input_parser import NotUnderstood
from handlers.month import first_of, tapped_day
from handlers.people import screens, texts
from models.accounts.permissions import Permission, holders
from models.base.paging import SIZE
from models.base.screens import Action, Screen
from models.people.repository import File
from models.people.service import ExitRefused, People

ENTERING = holders(Permission.EVENT_ENTER)

feature = Feature("people", Command("personnes", texts.LIST, Action("persons"), ENTERING), roles=ENTERING)


@feature.action("persons")
async def persons(context: Context) -> Screen:
    """Open the persons: their files for who coordinates, the caseload to enter for a job coach."""
    if context.actor.may(Permission.PERSON_MANAGE):
        return await people(context, 0)
    return await entry_list(context, "all", 0)


@feature.action("people")
async def people(context: Context, number: int) -> Screen:
    """Show a page of the files."""
    page = await _people(context).page(number, SIZE)
    if not page.lines and number > 0:
        return await people(context, 0)  # the list has grown shorter since
    return screens.listing(page, number)


@feature.action("file")
async def open_file(context: Context, person: int) -> Screen:
    """Open a person's file."""
    return screens.card(await _people(context).file(person))


@feature.action("find_file")
async def find_file(context: Context, end: str) -> Screen:
    """Open the file of the one person whose code ends as written."""
    if not (end.isascii() and end.isalnum()):
        raise InvalidAction
    found = await _people(context).ending(end)
    if found is None:
        raise NotUnderstood
    return screens.card(found)


@feature.action("assign")
async def assign(context: Context, person: int) -> Screen:
    """Choose the job coach."""
    of = await _people(context).file(person)
    return screens.coaches(of, await _people(context).coaches(of))


@feature.action("assign_to")
async def assign_to(context: Context, person: int, coach: int) -> Screen:
    """Give the person to a job coach."""
    of = await _people(context).file(person)
    await _people(context).assign(of, coach)
    return await _done(context, of, texts.ASSIGNED)


@feature.action("move")
async def move(context: Context, person: int) -> Screen:
    """Choose the structure."""
    of = await _people(context).file(person)
    return screens.structures(of, await _people(context).structures(of))


@feature.action("move_to")
async def move_to(context: Context, person: int, structure: int) -> Screen:
    """Change the structure."""
    of = await _people(context).file(person)
    await _people(context).move(of, structure)
    return await _done(context, of, texts.MOVED)


@feature.action("leave")
async def leave(context: Context, person: int, month: str) -> Screen:
    """Show the days of a month; the present one to begin with."""
    of = await _people(context).file(person)
    try:
        first_of(shown := f"{context.today:%Y-%m}" if month == "0" else month)
    except ValueError as error:
        raise InvalidAction from error
    return screens.leaving(of, shown, context.today)


@feature.action("leave_on", day=1)
async def leave_on(context: Context, person: int, day: str) -> Screen:
    """Record the exit."""
    of = await _people(context).file(person)
    left = tapped_day(day)
    try:
        await _people(context).leave(of, left)
    except ExitRefused as refused:
        return screens.leaving(of, f"{left:%Y-%m}", context.today).headed(texts.refused(refused))
    return await _done(context, of, texts.left_on(left))


@feature.action("come_back")
async def come_back(context: Context, person: int, exit_shown: str) -> Screen:
    """Record a return, of whoever the screen said had left on that day."""
    of = await _people(context).file(person)
    if of.exit_date != tapped_day(exit_shown):
        return screens.card(of)
    await _people(context).come_back(of)
    return await _done(context, of, texts.RETURNED)


async def _done(context: Context, of: File, what: str) -> Screen:
    line = f"{texts.end(of)} : {what}."
    return (await open_file(context, of.person_id)).headed(line).noticed(line)


def _people(context: Context) -> People:
    return People(context.session, context.actor, context.now)
