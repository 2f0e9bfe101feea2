"""The verbs of the figures. What is changed and not yet recorded stays with the conversation, in the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from handlers.context import Context
from handlers.feature import Command, Feature, InvalidAction
from handlers.figures import screens, texts
from handlers.wizard import Wizard
from models.accounts.permissions import Permission, holders
from models.base.revision import Stale, short
from models.base.screens import Action, Screen
from models.figures.form import FIGURES, Figure, NotANumber
from models.figures.repository import CurrentValues
from models.figures.service import Figures, Saved
from models.figures.texts import WARNINGS

ANSWERING = holders(Permission.FIGURES)

feature = Feature(
    "figures",
    Command("chiffres", texts.TITLE, Action("figures"), ANSWERING),
    roles=ANSWERING,
)


@dataclass(frozen=True)
class Changes:
    """What was changed of a dispositif's figures for a campaign, and the reasons given; not recorded yet."""

    dispositif_id: int
    campaign: date
    values: Mapping[str, float] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


CHANGES = Wizard("figures", Changes)


@CHANGES.begins
@feature.action("figures")
async def figures(context: Context) -> Screen:
    """Open the figures of the dispositif one answers for; let one choose among several."""
    dispositifs = await _figures(context).dispositifs()
    if not dispositifs:
        return Screen(texts.NONE_TO_KEEP, view=Action("figures"))
    if len(dispositifs) > 1:
        return screens.choice(dispositifs)
    return await figures_of(context, dispositifs[0][0])


@feature.action("figures_of")
async def figures_of(context: Context, dispositif: int) -> Screen:
    """Show a dispositif's figures."""
    held = await _figures(context).held(dispositif)
    return screens.card(held, _changes(context, held).values)


@feature.action("figure")
async def ask(context: Context, dispositif: int, number: int) -> Screen:
    """Ask for one figure."""
    held, figure = await _figures(context).held(dispositif), _figure(number)
    known = _changes(context, held).values.get(figure.field, held.latest[figure.field])
    return screens.question(held, figure, known)


@feature.action("figure_set", number=2)
async def keep(context: Context, dispositif: int, number: int, text: str) -> Screen:
    """Keep one figure, and go on with the next one that is missing, or back to the card."""
    figure = _figure(number)
    try:
        value = figure.read(text)
    except NotANumber:
        return (await ask(context, dispositif, number)).headed(texts.expected(figure))
    held = await _figures(context).held(dispositif)
    changes = _changes(context, held)
    values = {name: kept for name, kept in changes.values.items() if name != figure.field}
    if value != held.latest[figure.field]:
        values[figure.field] = value
    changes = CHANGES.keep(context, changes, values=values, reasons={})
    missing = next((f for f in FIGURES if held.latest[f.field] is None and f.field not in changes.values), None)
    return screens.card(held, changes.values) if missing is None else screens.question(held, missing, None)


@feature.action("figures_save")
async def save(context: Context, dispositif: int, revision: str) -> Screen:
    """Record the figures, changed or not."""
    held = await _held(context, dispositif, revision)
    return await _record(context, held, _changes(context, held))


@feature.action("figures_sure")
async def sure(context: Context, rule: str, reason: str, dispositif: int, revision: str) -> Screen:
    """Confirm a warning with a reason of its list, and go on with the recording."""
    held = await _held(context, dispositif, revision)
    if rule not in WARNINGS or reason not in {r.code for r in WARNINGS[rule].reasons}:
        raise InvalidAction
    changes = _changes(context, held)
    return await _record(context, held, replace(changes, reasons={**changes.reasons, rule: reason}))


@feature.action("figures_drop")
async def drop(context: Context, dispositif: int) -> Screen:
    """Throw the changes away."""
    CHANGES.forget(context)
    return await figures_of(context, dispositif)


def _changes(context: Context, held: CurrentValues) -> Changes:
    """Return the changes under way; none yet for another dispositif or campaign."""
    found = CHANGES.under_way(context)
    if found is not None and (found.dispositif_id, found.campaign) == (held.dispositif_id, held.campaign_day):
        return found
    return Changes(held.dispositif_id, held.campaign_day)


async def _record(context: Context, held: CurrentValues, changes: Changes) -> Screen:
    outcome = await _figures(context).record(held, changes.values, changes.reasons)
    if not isinstance(outcome, Saved):
        CHANGES.keep(context, changes)
        return screens.obstacle(held, outcome)
    CHANGES.forget(context)
    return (await figures_of(context, held.dispositif_id)).headed(texts.RECORDED).noticed(texts.RECORDED)


async def _held(context: Context, dispositif: int, revision: str) -> CurrentValues:
    held = await _figures(context).held(dispositif)
    if short(held.revision) != revision:
        raise Stale
    return held


def _figures(context: Context) -> Figures:
    return Figures(context.session, context.actor, context.campaign, context.now)


def _figure(number: int) -> Figure:
    if not 1 <= number <= len(FIGURES):
        raise InvalidAction
    return FIGURES[number - 1]
