"""Bars, one under the other: the label above, the value at the end or in its part."""

from collections.abc import Sequence

from models.statistics.charts.pictures import Bars, Hidden, Stacked
from models.statistics.charts.texts import written
from tasks.statistics.pictures import texts
from tasks.statistics.pictures.page import Pen
from tasks.statistics.pictures.style import EMPTY, FAINT, LABEL, LEADING, QUIET, SMALL, VEIL, colour, ink_on

THICK, STACK, GAP, AFTER = 32.0, 46.0, 20.0, 12.0
MANY = 7
"""From more than so many on, a label has one line."""

SWATCH = 24.0


def draw_bars(pen: Pen, shape: Bars, top: float) -> float:
    """Draw a bar per label; return where they end."""
    shown = [written(value, shape.unit) for value in shape.values]
    known = [value for value in shape.values if not isinstance(value, Hidden)]
    widest = max((pen.measure(written(value, shape.unit), LABEL, bold=True) for value in known), default=0)
    room, most = pen.width - widest - AFTER, max(known, default=0)
    for label, value, text in zip(shape.labels, shape.values, shown, strict=True):
        top = pen.paragraph(top, _label(pen, label, len(shape.labels)), LABEL)
        if isinstance(value, Hidden):  # no bar at all: whatever its length, it would be read as a value
            pen.text(0, top - 2, text, LABEL, ink=QUIET)
        else:
            pen.box(0, top, room, THICK, EMPTY)
            pen.box(0, top, room * value / most if most else 0, THICK, colour(0))
            pen.text(room + AFTER, top - 2, text, LABEL, bold=True)
        top += THICK + GAP
    return top - GAP


def draw_stacked(pen: Pen, shape: Stacked, top: float) -> float:
    """Draw a bar of parts per label, what each colour means above them; return where they end."""
    colours = [FAINT if shape.is_rest(place) else colour(place) for place in range(len(shape.parts))]
    top = draw_key(pen, shape.parts, colours, top) + GAP
    for row, (label, values) in enumerate(zip(shape.labels, shape.values, strict=True)):
        top = pen.paragraph(top, _label(pen, label, len(shape.labels)), LABEL)
        _stack(pen, shape, row, colours, top)
        top += STACK + 4
        hidden = [part for part, value in zip(shape.parts, values, strict=True) if value is Hidden.MASKED]
        if hidden:
            told = texts.HIDDEN_PARTS.format(names=", ".join(hidden))
            top = pen.paragraph(top, pen.wrapped(told, SMALL, pen.width, 2), SMALL, ink=QUIET)
        top += GAP
    return top - GAP


def draw_key(pen: Pen, names: Sequence[str], colours: Sequence[str], top: float) -> float:
    """Write what each colour means, as many on a line as fit; return where that ends."""
    left = 0.0
    for name, of in zip(names, colours, strict=True):
        short = pen.shortened(name, SMALL, pen.width - SWATCH - 10)
        wide = SWATCH + 10 + pen.measure(short, SMALL)
        if left and left + wide > pen.width:
            left, top = 0.0, top + SMALL * LEADING + 6
        pen.box(left, top + 3, SWATCH, SWATCH, of)
        pen.text(left + SWATCH + 10, top, short, SMALL)
        left += wide + 28
    return top + SMALL * LEADING


def _stack(pen: Pen, shape: Stacked, row: int, colours: Sequence[str], top: float) -> None:
    """Draw the parts to the whole, the masked ones together at the end; an empty bar where the whole is masked too."""
    whole = shape.whole(row)
    pen.box(0, top, pen.width, STACK, EMPTY)
    left = 0.0
    for value, of in zip(shape.values[row] if whole else (), colours, strict=bool(whole)):
        if not isinstance(value, Hidden) and whole:
            left = _part(pen, left, top, pen.width * value / whole, written(value, shape.unit), of)
    if Hidden.MASKED in shape.values[row]:
        _part(pen, left, top, pen.width - left, written(Hidden.MASKED), EMPTY, hatched=VEIL)


def _part(pen: Pen, left: float, top: float, wide: float, text: str, of: str, *, hatched: str = "") -> float:
    """Draw one part, its value in it where that fits; return where it ends."""
    if wide > 0:
        pen.box(left, top, wide, STACK, of, hatched=hatched)
    if pen.measure(text, SMALL) + 8 <= wide:
        inside = top + (STACK - SMALL) / 2 - 3
        pen.text(left + wide / 2, inside, text, SMALL, ink=ink_on(of), align="center")
    return left + wide


def _label(pen: Pen, label: str, number: int) -> list[str]:
    return pen.wrapped(label, LABEL, pen.width, 1 if number > MANY else 2)
