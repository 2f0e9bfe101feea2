"""One entry under review: its card, and the choices that lead to a decision on it."""

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.review import texts
from handlers.review.board import board, feature, reviewing
from models.base.revision import Stale
from models.base.screens import Action, Row, Screen, bold, button, one_a_row
from models.events.form import QUESTIONS, Question
from models.events.tables import EventState
from models.review.entry import Reviewed
from models.review.texts import DOUBTS, UNLOCKINGS


@feature.action("rv_look")
async def look(context: Context, dispositif: str) -> Screen:
    """Open the first entry worth a look."""
    waiting = await reviewing(context).to_look(dispositif)
    if not waiting:
        return (await board(context, dispositif)).noticed(texts.NOTHING_TO_LOOK)
    return entry_screen(context, waiting[0])


@feature.action("rv_next")
async def following(context: Context, person: int) -> Screen:
    """Leave an entry for later and open the next one worth a look."""
    left = await reviewing(context).entry(person)
    after = after_this(await reviewing(context).to_look(left.dispositif), left)
    if after is None:
        return (await board(context, left.dispositif)).noticed(texts.LAST_TO_LOOK)
    return entry_screen(context, after)


@feature.action("rv_one")
async def one(context: Context, person: int) -> Screen:
    """Open a person's entry."""
    return entry_screen(context, await reviewing(context).entry(person))


@feature.action("rv_back")
async def which_field(context: Context, person: int, revision: str) -> Screen:
    """Ask which answer is to be looked at again."""
    entry = await _as_shown(context, person, revision, EventState.ENTERED)
    choices = [
        button(f"{form.name} : {choice.short}", "rv_why", person, form.number, revision)
        for form, choice in entry.answers.shown()
    ]
    text = f"{bold(f'…{entry.end}')} · Quelle réponse faut-il vérifier ?"
    return Screen(text, (*one_a_row(choices), _back(entry)), Action.of("rv_back", person, revision))


@feature.action("rv_why")
async def which_reason(context: Context, person: int, number: int, revision: str) -> Screen:
    """Ask why; the choice sends the entry back."""
    entry = await _as_shown(context, person, revision, EventState.ENTERED)
    asked = question_of(number)
    choices = [
        button(DOUBTS[reason].capitalize(), "rv_send", person, number, reason, revision) for reason in asked.doubts
    ]
    text = f"{bold(f'…{entry.end}')} · Vérifier {asked.spoken}.\nPour quel motif ? Le job coach sera prévenu aussitôt."
    back = (button(texts.BACK, "rv_back", person, revision),)
    return Screen(text, (*one_a_row(choices), back), Action.of("rv_why", person, number, revision))


@feature.action("rv_free")
async def why_unlock(context: Context, person: int, revision: str) -> Screen:
    """Ask why the validation is taken back."""
    entry = await _as_shown(context, person, revision, EventState.VALIDATED)
    choices = [button(label, "rv_unlock", person, reason, revision) for reason, label in UNLOCKINGS.items()]
    text = f"{bold(f'…{entry.end}')} · Pourquoi déverrouiller cette saisie ? Le motif est gardé dans l'historique."
    return Screen(text, (*one_a_row(choices), _back(entry)), Action.of("rv_free", person, revision))


def entry_screen(context: Context, entry: Reviewed) -> Screen:
    """Return an entry's card with what may be decided of it."""
    rows: list[Row] = []
    leave = [button(texts.BACK, "rv", entry.dispositif)]
    if entry.state == EventState.ENTERED:
        if not entry.errors:
            rows.append((button(texts.VALIDATE, "rv_ok", entry.person_id, entry.token),))
        if entry.coach_id is not None:
            rows.append((button(texts.SEND_BACK, "rv_back", entry.person_id, entry.token),))
        leave.insert(0, button(texts.SKIP, "rv_next", entry.person_id))
    if entry.state in {EventState.ENTERED, EventState.SENT_BACK}:
        rows.append((button(texts.CORRECT, "card", entry.person_id),))
    if entry.state == EventState.VALIDATED:
        rows.append((button(texts.UNLOCK, "rv_free", entry.person_id, entry.token),))
    text = texts.entry(entry, context.actor.account_id)
    return Screen(text, (*rows, tuple(leave)), Action.of("rv_one", entry.person_id))


def after_this(waiting: list[Reviewed], entry: Reviewed) -> Reviewed | None:
    """Return the next of those waiting after an entry, by code and going round; none if no other is left."""
    others = [other for other in waiting if other.person_id != entry.person_id]
    return next((other for other in others if other.reference > entry.reference), others[0] if others else None)


def question_of(number: int) -> Question:
    """Return a question by its number; raises `InvalidAction`."""
    if not 1 <= number <= len(QUESTIONS):
        raise InvalidAction
    return QUESTIONS[number - 1]


async def _as_shown(context: Context, person: int, revision: str, state: EventState) -> Reviewed:
    entry = await reviewing(context).entry(person)
    if entry.token != revision or entry.state != state:
        raise Stale
    return entry


def _back(entry: Reviewed) -> Row:
    return (button(texts.BACK, "rv_one", entry.person_id),)
