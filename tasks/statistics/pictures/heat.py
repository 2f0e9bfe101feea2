"""A heat map: a row per place, a column per campaign, the percentage written in each cell."""

from models.statistics.charts.pictures import HeatMap, Hidden, Unit
from models.statistics.charts.texts import written
from tasks.statistics.pictures.page import Pen
from tasks.statistics.pictures.style import EMPTY, LEADING, QUIET, SMALL, VEIL, ink_on, shade

CELL, BETWEEN = 50.0, 3.0
LARGEST_LABEL = 0.31
"""What part of the width the names of the rows take at most: « masqué » fits in each of five columns."""


def draw_heat(pen: Pen, shape: HeatMap, top: float) -> float:
    """Draw the cells with their names; return where they end."""
    widest = max((pen.measure(row, SMALL) for row in shape.rows), default=0)
    left = min(widest, pen.width * LARGEST_LABEL) + 14
    wide = (pen.width - left) / max(len(shape.columns), 1)
    for place, column in enumerate(shape.columns):
        text = pen.shortened(column, SMALL, wide - BETWEEN)
        pen.text(left + (place + 0.5) * wide, top, text, SMALL, ink=QUIET, align="center")
    top += SMALL * LEADING + 4
    for row, values in zip(shape.rows, shape.values, strict=True):
        middle = (CELL - SMALL) / 2 - 3
        pen.text(0, top + middle, pen.shortened(row, SMALL, left - 14), SMALL)
        for place, value in enumerate(values):
            ground = EMPTY if isinstance(value, Hidden) else shade(value)
            hatched = VEIL if value is Hidden.MASKED else ""
            pen.box(left + place * wide, top, wide - BETWEEN, CELL, ground, hatched=hatched)
            text = pen.shortened(written(value, Unit.PERCENT), SMALL, wide - BETWEEN)
            centre = left + (place + 0.5) * wide - BETWEEN / 2
            pen.text(centre, top + middle, text, SMALL, ink=ink_on(ground), align="center")
        top += CELL + BETWEEN
    return top
