"""The one-page report: A4, the indicators first, the pictures two by two below them."""

from collections.abc import Sequence

from models.statistics.charts.pictures import Figure, Picture, Report
from tasks.statistics.pictures.drawing import draw_card
from tasks.statistics.pictures.page import Page, Pen
from tasks.statistics.pictures.style import EMPTY, LABEL, LEADING, QUIET, TITLE, WIDTH

A4 = (595.0, 842.0)
"""In points."""

MARGIN, BETWEEN = 36.0, 15.0
SCALE = 0.42
"""Sizes of type against those of a picture: titles of 16 points, tables of 10."""

NUMBER = 84.0
COLUMNS = 2


def pdf(report: Report) -> bytes:
    """Return the report as a PDF of one page, its fonts inside."""
    page = Page(A4[0])
    draw_sheet(page, report)
    return page.pdf(A4[1], f"{report.title}, {report.where}")


def draw_sheet(page: Page, report: Report) -> None:
    """Draw the whole page."""
    pen = page.pen(MARGIN, MARGIN, A4[0] - 2 * MARGIN, SCALE)
    top = pen.paragraph(0, pen.wrapped(report.title, TITLE, pen.width, 2, bold=True), TITLE, bold=True)
    top = pen.paragraph(top + 2, pen.wrapped(report.where, LABEL, pen.width, 2), LABEL, ink=QUIET) + 16
    for place, figure in enumerate(report.figures):
        top = _figure(pen, figure, top, shaded=place % 2 == 0)
    foot = _foot(page, report)
    _pictures(page, report.pictures, MARGIN + top * SCALE + BETWEEN, foot - BETWEEN)


def _figure(pen: Pen, figure: Figure, top: float, *, shaded: bool) -> float:
    """Write one indicator on a line: number, what it counts, value."""
    tall, size = 34.0, 23.0
    if shaded:
        pen.box(0, top, pen.width, tall, EMPTY)
    room = pen.width - NUMBER - pen.measure(figure.value, size, bold=True) - 40
    pen.text(12, top + 3, figure.number, size, ink=QUIET)
    pen.text(NUMBER, top + 3, pen.shortened(figure.name, size, room), size)
    pen.text(pen.width - 12, top + 3, figure.value, size, bold=True, align="right")
    return top + tall


def _foot(page: Page, report: Report) -> float:
    """Write the notes and the source at the foot of the page; return where that begins, in points."""
    size = 19.0
    measuring = page.pen(MARGIN, 0, A4[0] - 2 * MARGIN, SCALE)
    lines = [
        line for text in (*report.notes, report.source) for line in measuring.wrapped(text, size, measuring.width, 2)
    ]
    top = A4[1] - MARGIN - len(lines) * size * LEADING * SCALE
    page.pen(MARGIN, top, A4[0] - 2 * MARGIN, SCALE).paragraph(0, lines, size, ink=QUIET)
    return top


def _pictures(page: Page, pictures: Sequence[Picture], top: float, bottom: float) -> None:
    """Draw the pictures two by two, each as large as its place allows."""
    rows = -(-len(pictures) // COLUMNS)
    wide = (A4[0] - 2 * MARGIN - BETWEEN) / COLUMNS
    for place, picture in enumerate(pictures):
        row, column = divmod(place, COLUMNS)
        tall = (bottom - top - BETWEEN * (rows - 1)) / rows
        needed = draw_card(Page(WIDTH).pen(0, 0, WIDTH), picture)
        scale = min(wide / WIDTH, tall / needed)
        corner = (MARGIN + column * (wide + BETWEEN), top + row * (tall + BETWEEN))
        draw_card(page.pen(*corner, WIDTH * scale, scale), picture)
