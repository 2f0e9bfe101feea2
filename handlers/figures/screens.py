"""The screens of the figures: the card, a question, a warning. Pure: figures in, a screen out."""

from collections.abc import Mapping, Sequence

from handlers.figures import texts
from models.base.revision import short
from models.base.screens import Action, Button, Row, Screen, bold, button, one_a_row
from models.figures.form import FIGURES, Figure, shown
from models.figures.repository import CurrentValues
from models.figures.rules import FigureRule
from models.figures.service import Refused, ToConfirm
from models.figures.texts import ERRORS, WARNINGS

_COLUMNS = 2


def choice(dispositifs: Sequence[tuple[int, str]]) -> Screen:
    """Return the choice among several dispositifs."""
    return Screen(
        texts.CHOOSE, one_a_row([button(code, "figures_of", number) for number, code in dispositifs]), Action("figures")
    )


def card(held: CurrentValues, values: Mapping[str, float]) -> Screen:
    """Return the six figures: one tap when nothing changed, one for each to change."""
    revision = short(held.revision)
    missing = [figure for figure in FIGURES if held.latest[figure.field] is None and figure.field not in values]
    rows: list[Row] = []
    if missing:
        rows.append((_asking(texts.answer(missing[0]), held, missing[0]),))
    elif values:
        rows.append((button(texts.SAVE, "figures_save", held.dispositif_id, revision),))
    elif held.recorded_at is None:
        rows.append((button(texts.SAME, "figures_save", held.dispositif_id, revision),))
    asking = [_asking(figure.name, held, figure) for figure in FIGURES]
    rows += [tuple(asking[i : i + _COLUMNS]) for i in range(0, len(asking), _COLUMNS)]
    if values:
        rows.append((button(texts.DROP, "figures_drop", held.dispositif_id),))
    rows.append((button(texts.HOME, "home"),))
    text = f"{texts.title(held)}\n{texts.state(held)}\n\n{texts.lines(held, values)}"
    return Screen(text, tuple(rows), _view(held))


def question(held: CurrentValues, figure: Figure, value: float | None) -> Screen:
    """Return one figure's question with its definition, the value known and its neighbours."""
    text = f"{texts.title(held)}\n\n{bold(figure.prompt)}\n{figure.definition}\n\n"
    text += f"Valeur actuelle : {shown(value)}. {texts.expected(figure)}"
    rows: list[Row] = [(_setting("0", held, figure, 0),)]
    if value is not None:
        rows = [(_setting(f"{shown(value)}, sans changement", held, figure, value),)]
        near = [_setting(shown(n), held, figure, n) for n in (value - 1, value + 1) if n >= 0]
        rows.append(tuple(near))
    rows.append((button(texts.BACK, "figures_of", held.dispositif_id),))
    return Screen(text, tuple(rows), Action.of("figure", held.dispositif_id, _number(figure)))


def obstacle(held: CurrentValues, outcome: Refused | ToConfirm) -> Screen:
    """Return what stands in the way of recording: what to correct, or the reasons to choose from."""
    rule = outcome.rule
    correcting = one_a_row([_asking(f"Corriger : {figure.name}", held, figure) for figure in _of(rule)])
    back = (button(texts.BACK, "figures_of", held.dispositif_id),)
    if isinstance(outcome, Refused):
        return Screen(f"{texts.title(held)}\n\n{ERRORS[rule.number]}", (*correcting, back), _view(held))
    caution = WARNINGS[rule.number]
    sure = [
        button(r.label, "figures_sure", rule.number, r.code, held.dispositif_id, short(held.revision))
        for r in caution.reasons
    ]
    text = f"{texts.title(held)}\n\n{caution.sentence}\n{caution.hint}"
    return Screen(text, (*one_a_row(sure), *correcting, back), _view(held))


def _of(rule: FigureRule) -> list[Figure]:
    return [figure for figure in FIGURES if figure.field in rule.fields]


def _asking(label: str, held: CurrentValues, figure: Figure) -> Button:
    return button(label, "figure", held.dispositif_id, _number(figure))


def _setting(label: str, held: CurrentValues, figure: Figure, value: float) -> Button:
    return button(label, "figure_set", held.dispositif_id, _number(figure), shown(value))


def _number(figure: Figure) -> int:
    return FIGURES.index(figure) + 1


def _view(held: CurrentValues) -> Action:
    return Action.of("figures_of", held.dispositif_id)
