"""The screens of the persons' files. Pure: files in, a screen out."""

from collections.abc import Sequence
from datetime import date

from handlers.month import first_of, rows_of
from handlers.people import texts
from models.base.paging import pages_in, turning
from models.base.screens import Action, Row, Screen, button, one_a_row
from models.people.repository import File, Files


def listing(page: Files, number: int) -> Screen:
    """Return a page of the persons."""
    pages = pages_in(page.matching)
    text = texts.EMPTY
    if page.matching:
        text = texts.listed(page.matching)
    if pages > 1:
        text += f"\nPage {number + 1} sur {pages}"
    rows = (
        *one_a_row([button(texts.label(of), "file", of.person_id) for of in page.lines]),
        *turning(number, page.matching, lambda other: Action.of("people", other)),
        (button(texts.ADD, "new_person"), button(texts.HOME, "home")),
    )
    return Screen(text, rows, Action.of("people", number))


def card(of: File) -> Screen:
    """Return a person's file."""
    exits = [button(texts.LEAVE, "leave", of.person_id, "0")]
    if of.exit_date is not None:
        exits = [
            button(texts.RETURN, "come_back", of.person_id, f"{of.exit_date:%Y%m%d}"),
            button(texts.CHANGE_EXIT, "leave", of.person_id, f"{of.exit_date:%Y-%m}"),
        ]
    buttons = [
        button(texts.ASSIGN, "assign", of.person_id),
        button(texts.MOVE, "move", of.person_id),
        *exits,
        button(texts.SITUATION, "card", of.person_id),
        button(texts.BACK, "people", 0),
    ]
    return Screen(texts.card(of), one_a_row(buttons), Action.of("file", of.person_id))


def coaches(of: File, choices: Sequence[tuple[int, str]]) -> Screen:
    """Return the job coaches the person may be given to."""
    rows = [
        button(f"{email} (actuel)" if number == of.coach_id else email, "assign_to", of.person_id, number)
        for number, email in choices
    ]
    text = texts.asked(of, texts.TO_WHOM) if choices else texts.NOBODY
    return _choosing(of, text, one_a_row(rows), "assign")


def structures(of: File, choices: Sequence[tuple[int, str]]) -> Screen:
    """Return the structures the person may be accompanied in."""
    rows = [
        button(f"{name} (actuelle)" if number == of.structure_id else name, "move_to", of.person_id, number)
        for number, name in choices
    ]
    return _choosing(of, texts.asked(of, texts.WHICH_STRUCTURE), one_a_row(rows), "move")


def leaving(of: File, month: str, today: date) -> Screen:
    """Return the days of a month on which the person may have left."""
    first = first_of(month)
    rows = rows_of(
        first,
        of.entry_date or date(first.year - 1, 1, 1),
        today,
        lambda day: button(str(day.day), "leave_on", of.person_id, f"{day:%Y%m%d}"),
        lambda name, other: button(name, "leave", of.person_id, other),
    )
    return _choosing(of, texts.which_exit(of, first), tuple(rows), "leave", f"{first:%Y-%m}")


def _choosing(of: File, text: str, rows: tuple[Row, ...], verb: str, *more: str) -> Screen:
    back = (button(texts.BACK, "file", of.person_id),)
    return Screen(text, (*rows, back), Action.of(verb, of.person_id, *more))
