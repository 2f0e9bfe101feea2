"""A new person, by guided questions, for what may pass through the chat: code, structure, entry date, orientation."""

from dataclasses import dataclass
from datetime import date

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.month import day_of, first_of, rows_of
from handlers.people import screens, texts
from handlers.people.conversation import feature
from handlers.wizard import Day, Wizard
from models.accounts.permissions import Permission
from models.accounts.repository import dispositifs_of
from models.base import french
from models.base.revision import Stale
from models.base.screens import Action, Button, Row, Screen, bold, button, one_a_row
from models.people.service import NewPerson, People, PersonRefused
from models.persons.texts import ERRORS
from models.reference.nomenclature import ORIENTATION, Orientation

OLDEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Answers:
    """What was answered so far."""

    dispositif: int
    code: str = ""
    structure: int = 0
    entry: Day = None

    @property
    def entered(self) -> date:
        """The day of entry; raises `Stale` while it is not chosen."""
        if self.entry is None:
            raise Stale
        return self.entry


NEW_PERSON = Wizard("new_person", Answers)


@NEW_PERSON.begins
@feature.action("new_person")
async def begin(context: Context) -> Screen:
    """Ask for the dispositif where there are several, else for the code."""
    dispositifs = await _dispositifs(context)
    if len(dispositifs) == 1:
        return await ask_code(context, dispositifs[0][0])
    choices = [button(reference, "new_in", number) for number, reference in dispositifs]
    return Screen(texts.NEW_WHERE, (*one_a_row(choices), _cancel()), Action("new_person"))


@feature.action("new_in")
async def ask_code(context: Context, dispositif: int) -> Screen:
    """Ask for the code."""
    if dispositif not in {number for number, _ in await _dispositifs(context)}:
        raise InvalidAction
    NEW_PERSON.keep(context, Answers(dispositif))
    return Screen(texts.NEW_CODE, (_cancel(),), Action.of("new_in", dispositif))


@feature.action("new_code")
async def keep_code(context: Context, code: str) -> Screen:
    """Keep the code, if nobody has it; ask for the structure."""
    answers = NEW_PERSON.of(context)
    try:
        await _people(context).check_code(code)
    except PersonRefused as refused:
        return (await ask_code(context, answers.dispositif)).headed(f"{ERRORS[refused.rule].capitalize()}.")
    NEW_PERSON.keep(context, answers, code=code)
    return await ask_structure(context)


@feature.action("new_structures")
async def ask_structure(context: Context) -> Screen:
    """Ask for the structure."""
    answers = NEW_PERSON.of(context)
    choices = await _people(context).structures_of(answers.dispositif)
    rows = one_a_row([button(name, "new_structure", number) for number, name in choices])
    return Screen(_asked(answers, texts.NEW_STRUCTURE), (*rows, _cancel()), Action("new_structures"))


@feature.action("new_structure")
async def keep_structure(context: Context, structure: int) -> Screen:
    """Keep the structure; ask for the day of entry."""
    answers = NEW_PERSON.of(context)
    if structure not in dict(await _people(context).structures_of(answers.dispositif)):
        raise InvalidAction
    NEW_PERSON.keep(context, answers, structure=structure)
    return await ask_entry(context, f"{context.today:%Y-%m}")


@feature.action("new_month")
async def ask_entry(context: Context, month: str) -> Screen:
    """Show the days of a month."""
    answers = NEW_PERSON.of(context)
    try:
        first = first_of(month)
    except ValueError as error:
        raise InvalidAction from error
    rows = rows_of(
        first,
        OLDEST,
        context.today,
        lambda day: button(str(day.day), "new_entry", answers.dispositif, f"{day:%Y%m%d}"),
        lambda name, other: button(name, "new_month", other),
    )
    text = texts.NEW_ENTRY.format(month=bold(french.month(first).capitalize()))
    return Screen(_asked(answers, text), (*rows, _cancel()), Action.of("new_month", month))


@feature.action("new_entry", day=1)
async def keep_entry(context: Context, dispositif: int, day: str) -> Screen:
    """Keep the day of entry; ask for the orientation."""
    answers = NEW_PERSON.of(context)
    try:
        entry = day_of(day)
    except ValueError as error:
        raise InvalidAction from error
    if entry is None or dispositif != answers.dispositif:
        raise InvalidAction
    if not OLDEST <= entry <= context.today:
        return (await ask_entry(context, f"{context.today:%Y-%m}")).headed(texts.NEW_TOO_LATE)
    NEW_PERSON.keep(context, answers, entry=entry)
    return await ask_orientation(context)


@feature.action("new_orientations")
async def ask_orientation(context: Context) -> Screen:
    """Ask who sent the person; the last question, so that a choice is followed by the recap."""
    choices = [button(ORIENTATION[one], "new_recap", one) for one in Orientation]
    choices.append(button(texts.NEW_UNKNOWN, "new_recap", "0"))
    return Screen(
        _asked(NEW_PERSON.of(context), texts.NEW_ORIENTATION),
        (*one_a_row(choices), _cancel()),
        Action("new_orientations"),
    )


@feature.action("new_recap")
async def recap(context: Context, orientation: str) -> Screen:
    """Show what is about to be recorded."""
    answers = NEW_PERSON.of(context)
    chosen = _orientation(orientation)
    structures = dict(await _people(context).structures_of(answers.dispositif))
    text = texts.new_recap(answers.code, structures.get(answers.structure, "?"), answers.entered, chosen)
    save: Row = (button(texts.SAVE, "new_save", orientation),)
    return Screen(text, (save, _cancel()), Action.of("new_recap", orientation))


@feature.action("new_save")
async def save(context: Context, orientation: str) -> Screen:
    """Record the person, and open their file."""
    answers = NEW_PERSON.of(context)
    new = NewPerson(
        answers.code,
        answers.dispositif,
        answers.structure,
        answers.entered,
        _orientation(orientation),
    )
    try:
        of = await _people(context).create(new)
    except PersonRefused as refused:
        return (await ask_code(context, answers.dispositif)).headed(f"{ERRORS[refused.rule].capitalize()}.")
    NEW_PERSON.forget(context)
    line = texts.NEW_DONE.format(end=texts.end(of))
    return screens.card(of).headed(line).noticed(line)


def _orientation(text: str) -> Orientation | None:
    try:
        return None if text == "0" else Orientation(text)
    except ValueError as error:
        raise InvalidAction from error


def _asked(answers: Answers, question: str) -> str:
    return f"{texts.ADD} {bold('…' + answers.code[-4:])}\n{question}"


def _cancel() -> tuple[Button]:
    return (button(texts.CANCEL, "people", 0),)


async def _dispositifs(context: Context) -> list[tuple[int, str]]:
    return await dispositifs_of(context.session, context.actor, Permission.PERSON_MANAGE)


def _people(context: Context) -> People:
    return People(context.session, context.actor, context.now)
