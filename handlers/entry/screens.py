"""The screens of one person's entry: a card, a question, a warning, a date. Pure: a card in, a screen out."""

from datetime import date

from handlers.entry import texts
from handlers.entry.calendar import exit_date
from models.base import french
from models.base.screens import Action, Button, Row, Screen, bold, button, one_a_row
from models.entry.card import Card
from models.entry.service import Refused, ToConfirm
from models.events.form import FIELDS, QUESTIONS, Question
from models.events.form import question as question_of
from models.events.rules import Rule
from models.events.texts import ERRORS, WARNINGS
from models.reference.nomenclature import Emploi

_LINES = [asked for asked in QUESTIONS if asked.month_of is None]
_MONTH = [asked for asked in QUESTIONS if asked.month_of is not None]
_COLUMNS = 2


def person(card: Card, today: date) -> Screen:
    """Return what a person's situation calls for: their card, or the question to go on with."""
    if card.locked or (card.event is not None and not card.modified):
        return _entered(card)
    if card.wants_exit_date and card.draft is not None:
        return exit_date(card, f"{min(today, card.day):%Y-%m}")
    if card.answers is None:
        if card.returning and card.draft is None:
            return _returning(card)
        assert card.missing is not None
        return question(card, card.missing)
    return _changed(card) if card.modified else _known(card)


def _known(card: Card) -> Screen:
    """The card of a person with a history: one tap when nothing changed."""
    last = card.past[0]
    return Screen(
        f"{texts.heading(card)}\n\nAu {french.day(last.day)} :\n{texts.answers(last.answers)}",
        ((button(texts.SAME, "same", card.person_id, card.revision),), *_line_rows(card), _leave_row(card)),
        _view(card),
    )


def _changed(card: Card) -> Screen:
    """The card with what was changed, `Enregistrer` first; for a new person, the recap."""
    assert card.answers is not None
    parts = [texts.heading(card)]
    if card.base is None:
        parts.append(f"Récapitulatif, au {french.day(card.day)} :\n{texts.answers(card.answers)}")
    else:
        parts.append(f"Au {french.day(card.day)} :\n{texts.answers(card.answers, card.base)}")
        parts.append(texts.month_follows(card))
    parts.append(texts.exit_date(card))
    rows: list[Row] = [(button(texts.SAVE, "save", card.person_id, card.revision),)]
    if card.draft is not None and "emploi_mois" not in card.draft.answers:
        rows += one_a_row(_already_last_month(card))
    rows += [
        *_line_rows(card),
        (button(texts.CANCEL, "drop", card.person_id), button(texts.LIST, "list", "todo", 0)),
    ]
    return Screen("\n\n".join(filter(None, parts)), tuple(rows), _view(card))


def _entered(card: Card) -> Screen:
    """The card of an event that stands: to be corrected until it is validated."""
    assert card.event is not None
    text = (
        f"{texts.heading(card)}\n\n{texts.state(card)}, au {french.day(card.day)} :\n"
        f"{texts.answers(card.event.answers)}"
    )
    if card.exit_date is not None:
        text += f"\nDate de sortie : {french.day_and_year(card.exit_date)}"
    rows = () if card.locked else _line_rows(card)
    if card.sent_back:
        rows = ((button(texts.VERIFY, "asked", card.person_id),), *rows)
    leave = ((button(texts.NEXT, "next"),), (button(texts.LIST, "list", "done", 0),))
    return Screen(text, (*rows, *leave), _view(card))


def _returning(card: Card) -> Screen:
    """The card of a person who had left: nothing is asked unless they come back (W17)."""
    return Screen(
        f"{texts.heading(card)}\n\nSuivi terminé au {french.day(card.past[0].day)}. "
        f"Si l'accompagnement a repris, répondez aux {french.in_words(len(QUESTIONS))} questions.",
        (
            (button("L'accompagnement a repris", "ask", card.person_id, 1),),
            (button(texts.LIST, "list", "all", 0),),
        ),
        _view(card),
    )


def question(card: Card, asked: Question, *, explained: bool = False) -> Screen:
    """Return a question of the form with its choices, one a row; the definition unfolds in place."""
    new = card.base is None
    title = texts.question_title(card, asked) if new else f"{bold(texts.end(card))} · {asked.name}"
    text = f"{title}\n{asked.prompt.format(date=french.day(card.day))}"
    if explained:
        text += f"\n\n{asked.definition}"
    present = card.codes.get(asked.field)
    choices = [
        button(
            f"{choice.label} (actuel)" if choice.code == present else choice.label,
            "pick",
            card.person_id,
            asked.number,
            choice.code,
            card.revision,
        )
        for choice in asked.choices
    ]
    rows = list(one_a_row(choices))
    if not explained:
        rows.append((button(asked.definition_label, "what", card.person_id, asked.number),))
    rows.append(_question_exits(card, asked) if new else (button(texts.BACK, "card", card.person_id),))
    verb = "what" if explained else "ask"
    return Screen(text, tuple(rows), Action.of(verb, card.person_id, asked.number))


def last_month(card: Card) -> Screen:
    """Return the choice between the two answers about the last month."""
    codes = card.codes
    lines = [f"{q.name} : {q.choice(codes[q.field]).short}" for q in _MONTH if q.field in codes]
    rows = tuple((button(q.name, "ask", card.person_id, q.number),) for q in _MONTH)
    return Screen(
        "\n".join([f"{bold(texts.end(card))} · {texts.LAST_MONTH}", *lines]),
        (*rows, (button(texts.BACK, "card", card.person_id),)),
        Action.of("month", card.person_id),
    )


def obstacle(found: Refused | ToConfirm, today: date) -> Screen:
    """Return what a rule says about an entry, with the ways on."""
    corrections = _corrections(found.card, found.rule, today)
    if isinstance(found, Refused):
        return _refused(found.card, found.rule, corrections)
    return _warning(found.card, found.rule, corrections)


def _warning(card: Card, rule: Rule, corrections: list[Button]) -> Screen:
    caution = WARNINGS[rule.number]
    reasons = [
        button(reason.label, "sure", card.person_id, rule.number, reason.code, card.revision)
        for reason in caution.reasons
    ]
    already = _already_last_month(card) if "emploi_mois" in rule.fields else []
    rows = one_a_row([*reasons, *already, *corrections])
    return Screen(
        f"{bold(texts.end(card))} : {caution.sentence.format(soutien=_support(card))}\n{caution.hint}",
        (*rows, (button(texts.BACK, "card", card.person_id),)),
        Action.of("check", card.person_id),
    )


def _support(card: Card) -> str:
    return question_of("niveau_soutien").choice(card.codes["niveau_soutien"]).short


def _refused(card: Card, rule: Rule, corrections: list[Button]) -> Screen:
    rows = one_a_row(corrections)
    hint = "" if rows else "\nCette date se corrige avec votre coordination ; vos réponses sont gardées."
    return Screen(
        f"{bold(texts.end(card))} : {ERRORS[rule.number]}.{hint}",
        (*rows, (button(texts.BACK, "card", card.person_id),)),
        Action.of("check", card.person_id),
    )


def _corrections(card: Card, rule: Rule, today: date) -> list[Button]:
    buttons = []
    for field in rule.fields:
        if field == "exit_date":
            month = f"{(card.resulting_exit or min(today, card.day)):%Y-%m}"
            buttons.append(button(texts.CORRECT_EXIT, "exit", card.person_id, month))
            if card.resulting_exit is not None:
                buttons.append(button(texts.ERASE_EXIT, "left", card.person_id, "0", card.revision))
        elif field in FIELDS:
            asked = question_of(field)
            buttons.append(button(asked.correction, "ask", card.person_id, asked.number))
    return buttons


def _already_last_month(card: Card) -> list[Button]:
    """Offer in one tap what is most often so after a change of job: it already held last month (W06, W07)."""
    answers = card.answers
    if answers is None or answers.emploi_date in {answers.emploi_mois, Emploi.SANS_EMPLOI}:
        return []
    month, job = question_of("emploi_mois"), answers.emploi_date
    label = f"Déjà en {month.choice(job).short} le mois dernier"
    return [button(label, "fix", card.person_id, month.number, job, card.revision)]


def _line_rows(card: Card) -> tuple[Row, ...]:
    lines = [button(asked.name, "ask", card.person_id, asked.number) for asked in _LINES]
    rows = [tuple(lines[i : i + _COLUMNS]) for i in range(0, len(lines), _COLUMNS)]
    return (*rows, (button(texts.LAST_MONTH, "month", card.person_id),))


def _leave_row(card: Card) -> Row:
    return (button(texts.SKIP, "after", card.person_id), button(texts.LIST, "list", "todo", 0))


def _question_exits(card: Card, asked: Question) -> Row:
    back = (
        button(texts.BACK, "ask", card.person_id, asked.number - 1)
        if asked.number > 1
        else button(texts.BACK, "list", "todo", 0)
    )
    return (back, button(texts.CANCEL, "drop", card.person_id))


def _view(card: Card) -> Action:
    return Action.of("card", card.person_id)
