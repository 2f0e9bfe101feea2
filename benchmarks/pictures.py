"""A picture beside matplotlib alone drawing the same: same values, same size, titles and numbers written."""

import io
import statistics
import time
from collections.abc import Callable
from datetime import date

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.results import Result, at_most
from models.statistics.charts.pictures import Bars, HeatMap, Lines, Picture, Shape, Stacked, Unit
from tasks.statistics.pictures.drawing import draw_page, png
from tasks.statistics.pictures.page import Page
from tasks.statistics.pictures.style import PALETTE, WIDTH

ROUNDS, QUICK_ROUNDS = 25, 3
BOUND = 1.5
TITLE, WHERE, SOURCE = "Emploi dans le dernier mois", "Rhône (69) · 31 décembre 2026", "Source : Jalon."
DPI = 72

LABELS = ["CDI", "CDD", "Contrat en intérim", "Contrat en alternance", "PMSMP ou équivalent", "Sans emploi"]
COUNTS = [1166.0, 888.0, 320.0, 120.0, 226.0, 2832.0]
QUARTERS = [date(2022 + n // 4, 3 * (n % 4) + 3, 28) for n in range(20)]
SERIES = {"Sans emploi": [51 - 0.3 * n for n in range(20)], "CDI": [21 + 0.4 * n for n in range(20)]}
PLACES = [f"ABC{number:02d}" for number in range(16)]
CELLS = [[float((row * 13 + column * 29) % 101) for column in range(6)] for row in range(16)]


def picture_results(rounds: int = ROUNDS) -> list[Result]:
    """Draw each picture in turn with the peer; return the medians in milliseconds."""
    results = []
    for name, (shape, peer) in PAIRS.items():
        picture = Picture(TITLE, WHERE, SOURCE, shape)
        height = draw_page(Page(WIDTH), picture)
        ours, theirs = _in_turn(lambda picture=picture: png(picture), lambda p=peer, h=height: p(h), rounds)  # type: ignore[misc]
        results.append(at_most(f"picture, {name}", ours, theirs, "ms", BOUND))
    return results


def _in_turn(ours: Callable[[], bytes], theirs: Callable[[], bytes], rounds: int) -> tuple[float, float]:
    taken: dict[bool, list[float]] = {True: [], False: []}
    ours(), theirs()  # fonts are read once
    for number in range(rounds):
        for mine in (True, False) if number % 2 == 0 else (False, True):
            began = time.perf_counter()
            content = ours() if mine else theirs()
            taken[mine].append(1000 * (time.perf_counter() - began))
            assert content.startswith(b"\x89PNG")
    return statistics.median(taken[True]), statistics.median(taken[False])


def _figure(height: float) -> Figure:
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI)
    figure.subplots_adjust(left=0.4, right=0.95, bottom=0.1, top=0.85)  # quicker than any layout that measures
    figure.suptitle(TITLE, fontsize=38)
    figure.supxlabel(SOURCE, fontsize=24)
    return figure


def _saved(figure: Figure) -> bytes:
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=DPI)
    return file.getvalue()


def _bars(height: float) -> bytes:
    figure = _figure(height)
    axes = figure.add_subplot(title=WHERE)
    axes.bar_label(axes.barh(LABELS, COUNTS), fontsize=28)
    axes.tick_params(labelsize=24)
    return _saved(figure)


def _stacked(height: float) -> bytes:
    figure = _figure(height)
    axes = figure.add_subplot(title=WHERE)
    before = [0.0] * 6
    for place, label in enumerate(LABELS[:4]):
        row = [COUNTS[place]] * 6
        axes.bar_label(axes.barh(range(6), row, left=before, label=label), label_type="center", fontsize=24)
        before = [a + b for a, b in zip(before, row, strict=True)]
    axes.tick_params(labelsize=24)
    axes.legend(fontsize=24)
    return _saved(figure)


def _lines(height: float) -> bytes:
    figure = _figure(height)
    axes = figure.add_subplot(title=WHERE)
    for place, (name, values) in enumerate(SERIES.items()):
        axes.plot(range(len(QUARTERS)), values, marker="o", label=name, color=PALETTE[place])
        axes.text(len(QUARTERS) - 1, values[-1], f"{values[-1]:.0f} %", fontsize=24)
    axes.set_xticks(range(0, 20, 3), [f"{day:%m/%y}" for day in QUARTERS[::3]], fontsize=24)
    axes.tick_params(labelsize=24)
    axes.legend(fontsize=24)
    return _saved(figure)


def _heat(height: float) -> bytes:
    figure = _figure(height)
    axes = figure.add_subplot(title=WHERE)
    axes.imshow(CELLS, cmap=mpl.colormaps["Blues"], aspect="auto", vmin=0, vmax=100)
    for row, cells in enumerate(CELLS):
        for column, cell in enumerate(cells):
            axes.text(column, row, f"{cell:.0f} %", ha="center", va="center", fontsize=24)
    axes.set_yticks(range(16), PLACES, fontsize=24)
    axes.set_xticks(range(6), [f"{day:%m/%y}" for day in QUARTERS[-6:]], fontsize=24)
    return _saved(figure)


PAIRS: dict[str, tuple[Shape, Callable[[float], bytes]]] = {
    "bars": (Bars(LABELS, COUNTS), _bars),
    "stacked bars": (Stacked([f"{day:%m/%y}" for day in QUARTERS[-6:]], LABELS[:4], [COUNTS[:4]] * 6), _stacked),
    "lines": (Lines(QUARTERS, list(SERIES), list(SERIES.values()), Unit.PERCENT), _lines),
    "heat map": (HeatMap(PLACES, [f"{day:%m/%y}" for day in QUARTERS[-6:]], CELLS), _heat),
}
