"""Nothing changed, for several: who is in, who is left aside and why, and the way to take someone out."""

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter

from handlers.context import Context
from handlers.entry import texts
from handlers.entry.conversation import feature
from handlers.entry.home import home
from handlers.wizard import Wizard
from models.base import french
from models.base.paging import page_of, turning
from models.base.revision import Stale, new_revision, short
from models.base.screens import Action, Row, Screen, button
from models.entry.card import Card
from models.entry.carry_over import AttentionReason

_DONE = "bulk_done"
_COLUMNS = 2
_PAGE = 60


@dataclass(frozen=True)
class Selection:
    """What the preview showed: the persons in, those taken out, and a stamp that its buttons repeat."""

    shown: tuple[int, ...]
    out: tuple[int, ...]
    stamp: str

    @property
    def kept(self) -> list[int]:
        """The persons to carry over."""
        return [person for person in self.shown if person not in self.out]


SELECTION = Wizard("bulk", Selection, stamp=attrgetter("stamp"))


@SELECTION.begins
@feature.action("bulk")
async def preview(context: Context) -> Screen:
    """Show who would be carried over, and who is left aside with the reason why."""
    able, aside = await context.entering.sorted_out()
    before, shown = SELECTION.under_way(context), tuple(card.person_id for card in able)
    out = tuple(person for person in before.out if person in shown) if before else ()
    selection = SELECTION.keep(context, Selection(shown, out, short(new_revision())))
    chosen = [card for card in able if card.person_id not in out]
    return _preview(chosen, [card for card in able if card.person_id in out], aside, selection)


@feature.action("bulk_out")
async def take_out(context: Context, page: int) -> Screen:
    """Show the persons one may take out of the carry-over."""
    able, _ = await context.entering.sorted_out()
    selection = SELECTION.under_way(context)
    if selection is None:
        return await preview(context)
    return _choosing([card for card in able if card.person_id in selection.shown], selection, max(page, 0))


@feature.action("bulk_flip")
async def flip(context: Context, person: int, page: int) -> Screen:
    """Take a person out, or put them back."""
    selection = SELECTION.of(context)
    if person not in selection.shown:
        raise Stale
    others = tuple(p for p in selection.out if p != person)
    SELECTION.keep(context, selection, out=others if person in selection.out else (*others, person))
    return await take_out(context, page)


@feature.action("bulk_ok")
async def carry(context: Context, stamp: str) -> Screen:
    """Record that nothing changed for the persons shown, and no others."""
    selection = SELECTION.confirmed(context, stamp)
    done = await context.entering.carry_many(selection.kept)
    SELECTION.forget(context)
    context.memo[_DONE] = [[card.person_id, revision] for card, revision in done.recorded]
    number = len(done.recorded)
    line = f"{french.count(number, 'personne')} {french.agree(number, 'enregistrée')} sans changement."
    if done.left_aside:
        line += f" Laissées de côté, leur situation a changé entre-temps : {texts.ends(done.left_aside)}."
    screen = (await home(context)).headed(line).noticed(line)
    return _with_row(screen, (button(texts.CANCEL, "bulk_undo", short(done.recorded[0][1])),)) if number else screen


@feature.action("bulk_undo")
async def undo(context: Context, stamp: str) -> Screen:
    """Take the whole carry-over back."""
    done = context.memo.get(_DONE)
    if not done or short(done[0][1]) != stamp:
        raise Stale
    cards = await context.entering.undo([(person, revision) for person, revision in done])
    context.memo.pop(_DONE)
    line = f"Annulé pour {french.count(len(cards), 'personne')}."
    return (await home(context)).headed(line).noticed(line)


def _preview(
    chosen: list[Card], out: list[Card], aside: list[tuple[Card, AttentionReason]], selection: Selection
) -> Screen:
    number = len(chosen)
    parts = ["Personne à reconduire pour l'instant."]
    if chosen:
        parts = [f"Reconduire {french.count(number, 'personne')} sans changement ?\n{texts.ends(chosen)}"]
    if out:
        parts.append(f"Retirées par vous : {texts.ends(out)}")
    if aside:
        by_look: defaultdict[AttentionReason, list[Card]] = defaultdict(list)
        for card, look in aside:
            by_look[look].append(card)
        lines = [f"{texts.ends(cards)} ({texts.LOOKS[look]})" for look, cards in by_look.items()]
        parts.append("Laissées de côté, à regarder : " + ", ".join(lines) + ".")
    rows: list[Row] = []
    if chosen:
        these = "cette personne" if number == 1 else f"ces {number} personnes"
        rows.append((button(f"Oui, rien n'a changé pour {these}", "bulk_ok", selection.stamp),))
    if selection.shown:
        rows.append((button("En retirer", "bulk_out", 0),))
    rows.append((button(texts.BACK, "home"),))
    return Screen("\n\n".join(parts), tuple(rows), Action("bulk"))


def _choosing(able: list[Card], selection: Selection, page: int) -> Screen:
    buttons = [
        button(
            f"{texts.end(card)} {'(retirée)' if card.person_id in selection.out else f'· {card.structure}'}",
            "bulk_flip",
            card.person_id,
            page,
        )
        for card in page_of(able, page, _PAGE)
    ]
    rows: list[Row] = [tuple(buttons[i : i + _COLUMNS]) for i in range(0, len(buttons), _COLUMNS)]
    rows += turning(page, len(able), lambda other: Action.of("bulk_out", other), size=_PAGE)
    rows.append((button(texts.BACK, "bulk"),))
    kept = len(selection.kept)
    text = f"Touchez une personne pour la retirer ou la remettre.\n{french.count(kept, 'personne')} à reconduire."
    return Screen(text, tuple(rows), Action.of("bulk_out", page))


def _with_row(screen: Screen, row: Row) -> Screen:
    return Screen(screen.text, (*screen.rows, row), screen.view, screen.notice)
