"""What is told with the register of the meetings."""

from datetime import date

from models.base import french
from models.base.screens import Screen, bold, button
from models.meetings.texts import PlanningRefusal, why_not
from models.reference.scopes import Scope


def written(scope: str, first: date, last: date, lines: int) -> Screen:
    """Return what goes with the workbook."""
    period = f"du {french.day_and_year(first)} au {french.day_and_year(last)}"
    text = f"{bold('Registre des réunions obligatoires')}\n{french.count(lines, 'ligne')}, {period}."
    level, code = Scope.parse(scope)
    back = button("Les obligations", "obl_at", level, code or "0")
    return Screen(text, ((back,),))


def refused() -> Screen:
    """Return why there is no register."""
    return Screen(why_not(PlanningRefusal.UNKNOWN_SCOPE), ((button("Les obligations", "obligations"),),))
