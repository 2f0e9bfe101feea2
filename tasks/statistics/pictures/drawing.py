"""A picture from its plain values: title, place and date, the shape, what is masked, the source."""

from models.statistics.charts.pictures import Bars, HeatMap, Lines, Picture, Shape, Stacked
from tasks.statistics.pictures import texts
from tasks.statistics.pictures.bars import draw_bars, draw_stacked
from tasks.statistics.pictures.heat import draw_heat
from tasks.statistics.pictures.lines import draw_lines
from tasks.statistics.pictures.page import Page, Pen
from tasks.statistics.pictures.style import LABEL, MARGIN, QUIET, SMALL, TITLE, WIDTH

SPACE = 20.0


def png(picture: Picture) -> bytes:
    """Return the picture as a PNG, 800 pixels wide, to be read on a phone."""
    page = Page(WIDTH)
    return page.png(draw_page(page, picture))


def draw_page(page: Page, picture: Picture) -> float:
    """Draw a picture on a page of its own; return how tall it is."""
    pen = page.pen(MARGIN, MARGIN, WIDTH - 2 * MARGIN)
    top = pen.paragraph(0, pen.wrapped(picture.title, TITLE, pen.width, 3, bold=True), TITLE, bold=True)
    top = pen.paragraph(top + 2, pen.wrapped(picture.where, LABEL, pen.width, 2), LABEL, ink=QUIET)
    top = draw_shape(pen, picture.shape, top + SPACE) + SPACE
    for line in notes(picture):
        top = pen.paragraph(top, pen.wrapped(line, SMALL, pen.width, 2), SMALL, ink=QUIET)
    top = pen.paragraph(top, pen.wrapped(picture.source, SMALL, pen.width, 2), SMALL, ink=QUIET)
    return float(round(top + 2 * MARGIN))


def draw_card(pen: Pen, picture: Picture) -> float:
    """Draw a picture as a part of a report, which says once where, when and from what; return where it ends."""
    top = pen.paragraph(0, pen.wrapped(picture.title, TITLE, pen.width, 2, bold=True), TITLE, bold=True)
    top = draw_shape(pen, picture.shape, top + SPACE)
    for line in notes(picture):
        top = pen.paragraph(top + 4, pen.wrapped(line, SMALL, pen.width, 2), SMALL, ink=QUIET)
    return top


def notes(picture: Picture) -> list[str]:
    """Return what is said under a picture of how to read it."""
    masked = texts.MASKED_LINES if isinstance(picture.shape, Lines) else texts.MASKED
    return [*([masked] if picture.masked else []), *([picture.note] if picture.note else [])]


def draw_shape(pen: Pen, shape: Shape, top: float) -> float:
    """Draw what a picture shows; return where it ends."""
    if not shape.values or not any(True for row in shape.values if not isinstance(row, tuple | list) or row):
        return pen.paragraph(top, [texts.EMPTY], LABEL)
    match shape:
        case Bars():
            return draw_bars(pen, shape, top)
        case Stacked():
            return draw_stacked(pen, shape, top)
        case Lines():
            return draw_lines(pen, shape, top)
        case HeatMap():
            return draw_heat(pen, shape, top)
