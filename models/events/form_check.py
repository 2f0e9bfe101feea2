"""Whether what is declared of the form fits together: else the program does not start, and says what is missing."""

from collections.abc import Mapping
from enum import StrEnum
from typing import get_type_hints

from models.events.form import QUESTIONS, Answers, Question, question

FORM = "models/events/form.py"
NOMENCLATURE = "models/reference/nomenclature.py"
TABLES = "models/events/tables.py"


class FormIncomplete(Exception):
    """Two declarations of the form contradict each other, or one is missing."""


def check_form(columns: Mapping[str, type[StrEnum] | None]) -> None:
    """Raise `FormIncomplete` where a question lacks an indicator, a choice, an answer or a column.

    `columns` are those of `Event`, with the closed list of each that has one.
    """
    for asked in QUESTIONS:
        _check_choices(asked)
        _check_relations(asked)
        if columns.get(asked.field) is not asked.closed_list:
            raise FormIncomplete(f"{TABLES}: Event has no column {asked.field} of {asked.closed_list.__name__}")
    answered = list(get_type_hints(Answers).items())
    if answered != [(asked.field, asked.closed_list) for asked in QUESTIONS]:
        raise FormIncomplete(f"{FORM}: the fields of Answers are not those of the questions, in their order")


def _check_choices(asked: Question) -> None:
    members = tuple(asked.closed_list)
    if tuple(choice.code for choice in asked.choices) != members:
        wanted = ", ".join(members)
        raise FormIncomplete(f"{FORM}: the question {asked.field} needs a choice for each of {wanted}, in that order")
    try:
        spelling = asked.indicator.choices
    except KeyError as error:
        raise FormIncomplete(f"{NOMENCLATURE}: there is no indicator evt_{asked.field}") from error
    if spelling is None or tuple(spelling) != members:
        raise FormIncomplete(f"{NOMENCLATURE}: evt_{asked.field} does not spell each of {asked.closed_list.__name__}")


def _check_relations(asked: Question) -> None:
    if asked.month_of is not None and question(asked.month_of).closed_list is not asked.closed_list:
        raise FormIncomplete(f"{FORM}: {asked.field} asks for the last month of another closed list than its own")
    if asked.statistic is None:
        return
    for groups in asked.statistic.groups:
        if sorted(code for group in groups for code in group) != sorted(asked.statistic.spelling):
            raise FormIncomplete(f"{FORM}: the groups of the statistic of {asked.field} do not name each category once")
