"""The verbs of one person's entry: what each tap does, and the screen it leads to."""

from handlers.context import Context
from handlers.entry import screens, texts
from handlers.entry.calendar import exit_date
from handlers.entry.home import home as home_screen
from handlers.feature import Command, Feature, InvalidAction
from handlers.month import day_of, first_of
from models.accounts.permissions import Permission, holders
from models.base.revision import REVISION_BITS, short
from models.base.screens import Action, Row, Screen, button
from models.entry.card import Card
from models.entry.service import Outcome, Saved
from models.events.form import QUESTIONS, Question

ENTERING = holders(Permission.EVENT_ENTER)

feature = Feature(
    "entry",
    Command("saisir", "Saisir la remontée du trimestre", Action("home"), ENTERING),
    Command("annuler", "Abandonner la saisie en cours", Action("abandon"), ENTERING),
    roles=ENTERING,
)


@feature.action("home")
async def home(context: Context) -> Screen:
    """Open the home card."""
    return await home_screen(context)


@feature.action("next")
async def next_person(context: Context) -> Screen:
    """Open the first person to enter, beginning with an entry left half-way."""
    return await _go_on(context, await context.reader.first_to_do())


@feature.action("after")
async def after(context: Context, person: int) -> Screen:
    """Leave a person for later and open the next one."""
    following = await context.entering.next_after(person)
    if following is None:
        return (await screen_of(context, person)).noticed("C'est la dernière personne à saisir.")
    return await _go_on(context, following)


@feature.action("card")
async def screen_of(context: Context, person: int) -> Screen:
    """Open a person."""
    return screens.person(await context.entering.card(person), context.today)


@feature.action("ask")
async def ask(context: Context, person: int, number: int) -> Screen:
    """Open one question of a person."""
    return screens.question(await _changeable(context, person), _question(number))


@feature.action("what")
async def what(context: Context, person: int, number: int) -> Screen:
    """Unfold the definition of a question."""
    return screens.question(await _changeable(context, person), _question(number), explained=True)


@feature.action("month")
async def month(context: Context, person: int) -> Screen:
    """Open the two answers about the last month."""
    return screens.last_month(await _changeable(context, person))


@feature.action("same")
async def same(context: Context, person: int, revision: str) -> Screen:
    """Record that nothing changed, and move on."""
    return await _conclude(context, await context.entering.carry(person, revision))


@feature.action("pick")
async def pick(context: Context, person: int, number: int, code: str, revision: str) -> Screen:
    """Keep an answer; go on with the next question, or back to the card."""
    return screens.person(await context.entering.answer(person, _field(number, code), code, revision), context.today)


@feature.action("save")
async def save(context: Context, person: int, revision: str) -> Screen:
    """Record the entry, and move on."""
    return await _conclude(context, await context.entering.save(person, revision))


@feature.action("sure")
async def sure(context: Context, person: int, rule: str, reason: str, revision: str) -> Screen:
    """Confirm a warning with a reason, and go on with the saving."""
    return await _conclude(context, await context.entering.confirm(person, rule, reason, revision))


@feature.action("fix")
async def fix(context: Context, person: int, number: int, code: str, revision: str) -> Screen:
    """Answer the question that stood in the way, and save in the same tap."""
    return await _conclude(context, await context.entering.settle(person, _field(number, code), code, revision))


@feature.action("check")
async def check(context: Context, person: int) -> Screen:
    """Show again what stands in the way of saving."""
    found = await context.entering.outcome(person)
    return screens.person(found, context.today) if isinstance(found, Card) else screens.obstacle(found, context.today)


@feature.action("exit")
async def pick_exit(context: Context, person: int, month_shown: str) -> Screen:
    """Show the days of a month for the exit date."""
    try:
        first_of(month_shown)
    except ValueError as error:
        raise InvalidAction from error
    return exit_date(await _changeable(context, person), month_shown)


@feature.action("left", day=1)
async def left(context: Context, person: int, day: str, revision: str) -> Screen:
    """Keep the exit date, or that it is unknown."""
    try:
        chosen = day_of(day)
    except ValueError as error:
        raise InvalidAction from error
    return screens.person(await context.entering.exit_on(person, chosen, revision), context.today)


@feature.action("drop")
async def drop(context: Context, person: int) -> Screen:
    """Throw the draft away; what was recorded stays."""
    card = await context.entering.discard(person)
    if card.base is None:
        line = f"Saisie abandonnée : {texts.end(card)}. Rien n'a été enregistré."
        return (await home_screen(context)).headed(line).noticed(line)
    line = f"Modification abandonnée : {texts.end(card)}."
    return screens.person(card, context.today).headed(line).noticed(line)


@feature.action("abandon")
async def abandon(context: Context) -> Screen:
    """Throw away the entry, or the correction, begun last."""
    card = await context.reader.last_begun()
    if card is None:
        return (await home_screen(context)).headed("Aucune saisie en cours.")
    return await drop(context, card.person_id)


@feature.action("undo")
async def undo(context: Context, person: int, revision: str) -> Screen:
    """Take back the last recording."""
    (card,) = await context.entering.undo([(person, _number(revision))])
    undone = f"Annulé : {texts.end(card)}."
    return screens.person(card, context.today).headed(undone).noticed(undone)


async def _conclude(context: Context, outcome: Outcome) -> Screen:
    """Show what a saving came to: the next person, headed by what was done and how to undo it."""
    if not isinstance(outcome, Saved):
        return screens.obstacle(outcome, context.today)
    screen = screens.person(outcome.next, context.today) if outcome.next else await home_screen(context)
    undo_row = (button(texts.CANCEL, "undo", outcome.card.person_id, short(outcome.revision)),)
    rows = [kept for row in screen.rows if (kept := _without_abandoning(row))]
    recorded = f"Enregistré : {texts.end(outcome.card)}."
    return Screen(f"{recorded}\n\n{screen.text}", (*rows, undo_row), screen.view, notice=recorded)


def _without_abandoning(row: Row) -> Row:
    """Return a row without the `Annuler` that abandons: beside it, `Annuler` undoes the last entry."""
    return tuple(b for b in row if b.action.verb != "drop")


async def _go_on(context: Context, card: Card | None) -> Screen:
    return await home_screen(context) if card is None else screens.person(card, context.today)


async def _changeable(context: Context, person: int) -> Card:
    card = await context.entering.card(person)
    context.entering.refuse_locked(card)
    return card


def _question(number: int) -> Question:
    if not 1 <= number <= len(QUESTIONS):
        raise InvalidAction
    return QUESTIONS[number - 1]


def _field(number: int, code: str) -> str:
    """Return the field that a choice of a question answers."""
    asked = _question(number)
    try:
        asked.choice(code)
    except KeyError as error:
        raise InvalidAction from error
    return asked.field


def _number(revision: str) -> int:
    try:
        number = int(revision, 36)
    except ValueError as error:
        raise InvalidAction from error
    if number.bit_length() > REVISION_BITS:
        raise InvalidAction
    return number
