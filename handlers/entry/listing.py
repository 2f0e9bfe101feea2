"""The list of persons, by filter and by page."""

from handlers.context import Context
from handlers.entry import screens, texts
from handlers.entry.conversation import feature
from handlers.feature import InvalidAction
from handlers.input_parser import NotUnderstood
from models.base import french
from models.base.paging import SIZE, pages_in, turning
from models.base.screens import Action, Row, Screen, button, one_a_row
from models.entry.lists import Filter, ListedPerson, PersonPage

_TITLES = {Filter.TO_DO: "À saisir", Filter.DONE: "Saisies", Filter.ALL: "Toutes"}
_EMPTY = {
    Filter.TO_DO: "Plus personne à saisir.",
    Filter.DONE: "Aucune saisie pour l'instant.",
    Filter.ALL: "Aucune personne ne vous est attribuée.",
}


@feature.action("list")
async def listing(context: Context, which: str, number: int) -> Screen:
    """Show a page of the persons of a filter."""
    try:
        chosen = Filter(which)
    except ValueError as error:
        raise InvalidAction from error
    page = await context.reader.page(chosen, max(number, 0), SIZE)
    if not page.lines and number > 0:
        # The list has grown shorter since: its first page is there at least.
        return await listing(context, which, 0)
    return _screen(chosen, page, max(number, 0))


@feature.action("find")
async def find(context: Context, end: str) -> Screen:
    """Open the one person whose code ends as written."""
    if not (end.isascii() and end.isalnum()):
        raise InvalidAction
    found = await context.reader.ending(end.upper())
    if len(found) != 1:
        raise NotUnderstood
    return screens.person(await context.entering.card(found[0]), context.today)


def _screen(which: Filter, page: PersonPage, number: int) -> Screen:
    pages = pages_in(page.matching)
    text = f"{_TITLES[which]} : {french.count(page.matching, 'personne')}"
    if pages > 1:
        text += f" · page {number + 1} sur {pages}"
    if not page.lines:
        text = _EMPTY[which]
    rows: list[Row] = list(one_a_row([button(_label(line, which), "card", line.person_id) for line in page.lines]))
    rows += turning(number, page.matching, lambda other: Action.of("list", which, other))
    if page.lines or which != Filter.ALL:
        rows.append(tuple(button(_TITLES[other], "list", other, 0) for other in Filter if other != which))
    rows.append((button(texts.BACK, "home"),))
    return Screen(text, tuple(rows), Action.of("list", which, number))


def _label(line: ListedPerson, which: Filter) -> str:
    label = f"…{line.reference[-4:]} · {line.structure}"
    if line.sent_back:
        return f"{label} · à vérifier"
    if line.started:
        return f"{label} · {'correction commencée' if line.entered else 'commencée'}"
    if which != Filter.ALL:
        return label
    if line.entered:
        return f"{label} · saisie"
    return f"{label} · à saisir" if line.expected else f"{label} · non attendue"
