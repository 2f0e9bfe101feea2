"""The lists of the review: entries by where they stand, and who is missing, by job coach."""

from collections.abc import Sequence
from enum import StrEnum

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.review import texts
from handlers.review.board import feature, reviewing
from models.base import french
from models.base.paging import SIZE, page_of, turning
from models.base.screens import Action, Button, Row, Screen, button, one_a_row
from models.events.tables import EventState
from models.review.entry import ListedEntry, Reviewed

COACHES = 10
NAMED = 10
"""How many codes a line names: ten coaches fit in one message."""


class Which(StrEnum):
    """Which entries a list shows."""

    PLAIN = "plain"
    TO_LOOK = "look"
    SENT_BACK = "back"
    VALIDATED = "done"


_TITLES = {
    Which.PLAIN: "Sans remarque",
    Which.TO_LOOK: "À regarder",
    Which.SENT_BACK: "Renvoyées",
    Which.VALIDATED: "Validées",
}
_STATES = {
    Which.SENT_BACK: (EventState.SENT_BACK,),
    Which.VALIDATED: (EventState.VALIDATED, EventState.SENT_UP),
}


@feature.action("rv_list")
async def listing(context: Context, dispositif: str, which: str, number: int) -> Screen:
    """Show a page of the entries that stand so."""
    try:
        chosen = Which(which)
    except ValueError as error:
        raise InvalidAction from error
    lines, matching = await _page(context, dispositif, chosen, number)
    if not lines and number > 0:
        # The list has grown shorter since: its first page is there at least.
        return await listing(context, dispositif, which, 0)
    text = f"Dispositif {dispositif} · {_TITLES[chosen]} : {french.count(matching, 'saisie')}"
    rows: list[Row] = list(one_a_row([_opening(line) for line in lines]))
    rows += turning(number, matching, lambda other: Action.of("rv_list", dispositif, chosen, other))
    rows.append(tuple(button(_TITLES[other], "rv_list", dispositif, other, 0) for other in Which if other != chosen))
    rows.append((button(texts.BACK, "rv", dispositif),))
    return Screen(text, tuple(rows), Action.of("rv_list", dispositif, chosen, number))


@feature.action("rv_coaches")
async def coaches(context: Context, dispositif: str, number: int) -> Screen:
    """Show how far each coach's persons are, those of whom most are missing first."""
    reviewing(context).check(dispositif)
    reader = reviewing(context).reader
    counts, missing = await reader.counts(dispositif), await reader.missing(dispositif)
    order = sorted(counts, key=lambda email: (-len(missing.get(email, [])), email or ""))
    shown = page_of(order, number, COACHES)
    if not shown and number > 0:
        return await coaches(context, dispositif, 0)
    total = sum(len(references) for references in missing.values())
    head = (
        f"{french.count(total, 'personne')} {french.agree(total, 'manque', 'manquent')}"
        if total
        else "Personne ne manque"
    )
    lines = [texts.coach(email, counts[email], missing.get(email, []), NAMED) for email in shown]
    text = "\n\n".join([f"{texts.title(context.campaign, dispositif)}\n{head}.", *lines])
    turned = turning(number, len(order), lambda other: Action.of("rv_coaches", dispositif, other), size=COACHES)
    return Screen(text, (*turned, (button(texts.BACK, "rv", dispositif),)), Action.of("rv_coaches", dispositif, number))


async def _page(
    context: Context, dispositif: str, which: Which, number: int
) -> tuple[Sequence[ListedEntry | Reviewed], int]:
    review = reviewing(context)
    review.check(dispositif)
    if which in _STATES:
        return await review.reader.page(dispositif, _STATES[which], number, SIZE)
    found = [e for e in await review.reader.to_review(dispositif) if e.plain == (which == Which.PLAIN)]
    return page_of(found, number), len(found)


def _opening(line: ListedEntry | Reviewed) -> Button:
    return button(f"…{line.reference[-4:]} · {line.structure}", "rv_one", line.person_id)
