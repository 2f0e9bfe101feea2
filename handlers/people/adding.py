"""A new person, by guided questions, for what may pass through the chat: code, structure, entry date, orientation."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.month import day_of, first_of, rows_of
from handlers.people import screens, texts
from handlers.people.conversation import feature
from models.accounts.permissions import Permission
from models.accounts.repository import dispositifs_of
from models.base import french
from models.base.revision import Stale
from models.base.screens import Action, Button, Row, Screen, bold, button, one_a_row
from models.people.service import NewPerson, People, PersonRefused
from models.persons.rules import LAW_OF_2020
from models.persons.texts import ERRORS
from models.reference.nomenclature import ORIENTATION, Orientation

_MEMO = "new_person"
OLDEST = date(2000, 1, 1)


@dataclass
class Answers:
    """What was answered so far; it stays with the conversation, in the database."""

    dispositif: int
    code: str = ""
    structure: int = 0
    entry: str = ""

    @classmethod
    def of(cls, context: Context) -> "Answers":
        """Return what was answered; raises `Stale` where nobody is being added."""
        kept: dict[str, Any] | None = context.memo.get(_MEMO)
        if kept is None:
            raise Stale
        return cls(**kept)

    def keep(self, context: Context) -> None:
        """Keep it."""
        context.memo[_MEMO] = asdict(self)


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
    Answers(dispositif).keep(context)
    return Screen(texts.NEW_CODE, (_cancel(),), Action.of("new_in", dispositif))


@feature.action("new_code")
async def keep_code(context: Context, code: str) -> Screen:
    """Keep the code, if nobody has it; ask for the structure."""
    answers = Answers.of(context)
    try:
        await _people(context).check_code(code)
    except PersonRefused as refused:
        return (await ask_code(context, answers.dispositif)).headed(f"{ERRORS[refused.rule].capitalize()}.")
    answers.code = code
    answers.keep(context)
    return await ask_structure(context)


@feature.action("new_structures")
async def ask_structure(context: Context) -> Screen:
    """Ask for the structure."""
    answers = Answers.of(context)
    choices = await _people(context).structures_of(answers.dispositif)
    rows = one_a_row([button(name, "new_structure", number) for number, name in choices])
    return Screen(_asked(answers, texts.NEW_STRUCTURE), (*rows, _cancel()), Action("new_structures"))


@feature.action("new_structure")
async def keep_structure(context: Context, structure: int) -> Screen:
    """Keep the structure; ask for the day of entry."""
    answers = Answers.of(context)
    if structure not in dict(await _people(context).structures_of(answers.dispositif)):
        raise InvalidAction
    answers.structure = structure
    answers.keep(context)
    return await ask_entry(context, f"{context.today:%Y-%m}")


@feature.action("new_month")
async def ask_entry(context: Context, month: str) -> Screen:
    """Show the days of a month."""
    answers = Answers.of(context)
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
    answers = Answers.of(context)
    try:
        entry = day_of(day)
    except ValueError as error:
        raise InvalidAction from error
    if entry is None or dispositif != answers.dispositif:
        raise InvalidAction
    if not OLDEST <= entry <= context.today:
        return (await ask_entry(context, f"{context.today:%Y-%m}")).headed(texts.NEW_TOO_LATE)
    answers.entry = entry.isoformat()
    answers.keep(context)
    return await ask_orientation(context)


@feature.action("new_orientations")
async def ask_orientation(context: Context) -> Screen:
    """Ask who sent the person; the last question, so that a choice is followed by the recap."""
    choices = [button(ORIENTATION[one], "new_recap", one) for one in Orientation]
    choices.append(button(texts.NEW_UNKNOWN, "new_recap", "0"))
    return Screen(
        _asked(Answers.of(context), texts.NEW_ORIENTATION), (*one_a_row(choices), _cancel()), Action("new_orientations")
    )


@feature.action("new_recap")
async def recap(context: Context, orientation: str) -> Screen:
    """Show what is about to be recorded."""
    answers = Answers.of(context)
    chosen = _orientation(orientation)
    structures = dict(await _people(context).structures_of(answers.dispositif))
    entry = date.fromisoformat(answers.entry)
    lines = [
        f"Nouvelle personne : {answers.code[:-4]}{bold(answers.code[-4:])}",
        f"Structure {structures.get(answers.structure, '?')} · entrée le {french.day_and_year(entry)}",
        f"Orientation : {ORIENTATION[chosen] if chosen else 'non renseignée'}",
    ]
    if chosen == Orientation.SPE and entry < LAW_OF_2020:
        lines.append(texts.NEW_BEFORE_LAW)
    lines.append(texts.NEW_REST)
    save: Row = (button(texts.SAVE, "new_save", orientation),)
    return Screen("\n".join(lines), (save, _cancel()), Action.of("new_recap", orientation))


@feature.action("new_save")
async def save(context: Context, orientation: str) -> Screen:
    """Record the person, and open their file."""
    answers = Answers.of(context)
    new = NewPerson(
        answers.code,
        answers.dispositif,
        answers.structure,
        date.fromisoformat(answers.entry),
        _orientation(orientation),
    )
    try:
        of = await _people(context).create(new)
    except PersonRefused as refused:
        return (await ask_code(context, answers.dispositif)).headed(f"{ERRORS[refused.rule].capitalize()}.")
    context.memo.pop(_MEMO)
    line = texts.NEW_DONE.format(end=texts.end(of))
    return screens.card(of).headed(line).noticed(line)


def _orientation(text: str) -> Orientation | None:
    try:
        return None if text == "0" else Orientation(text)
    except ValueError as error:
        raise InvalidAction from error


def _asked(answers: Answers, question: str) -> str:
    return f"Nouvelle personne {bold('…' + answers.code[-4:])}\n{question}"


def _cancel() -> tuple[Button]:
    return (button(texts.CANCEL, "people", 0),)


async def _dispositifs(context: Context) -> list[tuple[int, str]]:
    return await dispositifs_of(context.session, context.actor, Permission.PERSON_MANAGE)


def _people(context: Context) -> People:
    return People(context.session, context.actor, context.now)
