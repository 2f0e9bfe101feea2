"""The verbs of the figures. What is changed and not yet recorded stays with the conversation, in the database."""

from dataclasses import dataclass, field
from typing import Any

from handlers.feature import Command, Feature, Forged
from handlers.figures import screens, texts
from handlers.turn import Turn
from models.accounts.tables import Role
from models.events.revision import short
from models.events.writing import Stale
from models.figures.form import FIGURES, Figure, NotANumber
from models.figures.repository import Held
from models.figures.service import Figures, Saved
from models.figures.texts import WARNINGS
from models.screens import Action, Screen

COORDINATING = frozenset({Role.COORDINATOR})
_MEMO = "figures"

feature = Feature(
    "figures",
    Command("chiffres", "Les chiffres de votre dispositif", Action("figures"), COORDINATING),
    roles=COORDINATING,
)


@dataclass
class Changes:
    """What was changed of a dispositif's figures for a campaign, and the reasons given; not recorded yet."""

    dispositif_id: int
    campaign: str
    values: dict[str, float] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, turn: Turn, held: Held) -> "Changes":
        """Return the changes under way; none yet for another dispositif or campaign."""
        kept: dict[str, Any] | None = turn.memo.get(_MEMO)
        found = cls(**kept) if kept else None
        day = held.campaign_day.isoformat()
        if found is None or (found.dispositif_id, found.campaign) != (held.dispositif_id, day):
            return cls(held.dispositif_id, day)
        return found

    def keep(self, turn: Turn) -> None:
        """Keep them with the conversation."""
        turn.memo[_MEMO] = {
            "dispositif_id": self.dispositif_id,
            "campaign": self.campaign,
            "values": self.values,
            "reasons": self.reasons,
        }


@feature.action("figures")
async def figures(turn: Turn) -> Screen:
    """Open the figures of the dispositif one answers for; let one choose among several."""
    dispositifs = await _figures(turn).dispositifs()
    if not dispositifs:
        return Screen(texts.NONE_TO_KEEP, view=Action("figures"))
    if len(dispositifs) > 1:
        return screens.choice(dispositifs)
    return await figures_of(turn, dispositifs[0][0])


@feature.action("figures_of")
async def figures_of(turn: Turn, dispositif: int) -> Screen:
    """Show a dispositif's figures."""
    held = await _figures(turn).held(dispositif)
    return screens.card(held, Changes.of(turn, held).values)


@feature.action("figure")
async def ask(turn: Turn, dispositif: int, number: int) -> Screen:
    """Ask for one figure."""
    held, figure = await _figures(turn).held(dispositif), _figure(number)
    known = Changes.of(turn, held).values.get(figure.field, held.latest[figure.field])
    return screens.question(held, figure, known)


@feature.action("figure_set", number=2)
async def keep(turn: Turn, dispositif: int, number: int, text: str) -> Screen:
    """Keep one figure, and go on with the next one that is missing, or back to the card."""
    figure = _figure(number)
    try:
        value = figure.read(text)
    except NotANumber:
        return (await ask(turn, dispositif, number)).headed(texts.expected(figure))
    held = await _figures(turn).held(dispositif)
    changes = Changes.of(turn, held)
    changes.values[figure.field] = value
    if value == held.latest[figure.field]:
        del changes.values[figure.field]
    changes.reasons.clear()
    changes.keep(turn)
    missing = next((f for f in FIGURES if held.latest[f.field] is None and f.field not in changes.values), None)
    return screens.card(held, changes.values) if missing is None else screens.question(held, missing, None)


@feature.action("figures_save")
async def save(turn: Turn, dispositif: int, revision: str) -> Screen:
    """Record the figures, changed or not."""
    held = await _held(turn, dispositif, revision)
    return await _record(turn, held, Changes.of(turn, held))


@feature.action("figures_sure")
async def sure(turn: Turn, rule: str, reason: str, dispositif: int, revision: str) -> Screen:
    """Confirm a warning with a reason of its list, and go on with the recording."""
    held = await _held(turn, dispositif, revision)
    if rule not in WARNINGS or reason not in {r.code for r in WARNINGS[rule].reasons}:
        raise Forged
    changes = Changes.of(turn, held)
    changes.reasons[rule] = reason
    return await _record(turn, held, changes)


@feature.action("figures_drop")
async def drop(turn: Turn, dispositif: int) -> Screen:
    """Throw the changes away."""
    turn.memo.pop(_MEMO, None)
    return await figures_of(turn, dispositif)


async def _record(turn: Turn, held: Held, changes: Changes) -> Screen:
    outcome = await _figures(turn).record(held, changes.values, changes.reasons)
    if not isinstance(outcome, Saved):
        changes.keep(turn)
        return screens.obstacle(held, outcome)
    turn.memo.pop(_MEMO, None)
    return (await figures_of(turn, held.dispositif_id)).headed(texts.RECORDED).noticed(texts.RECORDED)


async def _held(turn: Turn, dispositif: int, revision: str) -> Held:
    held = await _figures(turn).held(dispositif)
    if short(held.revision) != revision:
        raise Stale
    return held


def _figures(turn: Turn) -> Figures:
    return Figures(turn.session, turn.asker, turn.campaign, turn.now)


def _figure(number: int) -> Figure:
    if not 1 <= number <= len(FIGURES):
        raise Forged
    return FIGURES[number - 1]
