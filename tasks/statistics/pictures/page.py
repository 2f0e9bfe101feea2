"""A page to draw on: pixels from the top left, texts measured before they are written.

What is drawn is kept as it comes; the figure is made at the end, when its height is known.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from tasks.statistics.pictures.style import FONT, INK, LEADING, PAPER

DPI = 72
"""A point is a pixel."""

ELLIPSIS = "…"
HATCH = "//"
_ALIGNMENTS = {"left": 0.0, "center": 0.5, "right": 1.0}

mpl.rcParams["pdf.fonttype"] = 42  # whole TrueType fonts: the text of a report can be read, searched and copied
mpl.rcParams["hatch.linewidth"] = 2.0
mpl.rcParams["text.parse_math"] = False  # a dollar sign is a dollar sign
_drawing = Lock()
"""matplotlib draws one figure at a time; a worker has several threads."""

Artist = Text | Rectangle | Line2D


@dataclass
class Page:
    """A page that long; `items` are the artists, in the order in which they were drawn."""

    width: float
    items: list[Artist] = field(default_factory=list)

    def pen(self, x: float, y: float, width: float, scale: float = 1.0) -> "Pen":
        """Return what draws from that corner on, everything larger or smaller by `scale`."""
        return Pen(self, x, y, width / scale, scale)

    def figure(self, height: float) -> Figure:
        """Return the figure, with a canvas that measures and draws."""
        figure = Figure(figsize=(self.width / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        FigureCanvasAgg(figure)
        downwards = Affine2D().scale(1, -1).translate(0, height)
        for item in self.items:
            item.set_transform(downwards)
            figure.add_artist(item)
        return figure

    def png(self, height: float) -> bytes:
        """Return the page as a PNG of that height in pixels."""
        return self._printed(height, "png")

    def pdf(self, height: float, title: str) -> bytes:
        """Return the page as a PDF of that height in points, without the hour of its making."""
        return self._printed(height, "pdf", title)

    def _printed(self, height: float, form: str, title: str = "") -> bytes:
        file = io.BytesIO()
        with _drawing:
            figure = self.figure(height)
            timeless = {"Title": title, "CreationDate": None} if form == "pdf" else {"Software": None}
            figure.savefig(file, format=form, dpi=DPI, metadata=timeless)
        return file.getvalue()


@dataclass(frozen=True)
class Pen:
    """Draws on a part of a page, in pixels of its own: `width` of them wide."""

    page: Page
    x: float
    y: float
    width: float
    scale: float

    def text(
        self,
        x: float,
        top: float,
        words: str,
        size: float,
        *,
        ink: str = INK,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """Write one line, its top there; `align` says which of its points is at `x`."""
        left = x - _ALIGNMENTS[align] * self.measure(words, size, bold=bold)
        baseline = top + size * 0.98
        self.page.items.append(
            Text(
                self.x + left * self.scale,
                self.y + baseline * self.scale,
                words,
                color=ink,
                fontproperties=_font(size * self.scale, bold=bold),
                verticalalignment="baseline",
            )
        )

    def paragraph(self, top: float, lines: Sequence[str], size: float, *, ink: str = INK, bold: bool = False) -> float:
        """Write lines one under the other from the left; return where they end."""
        for number, line in enumerate(lines):
            self.text(0, top + number * size * LEADING, line, size, ink=ink, bold=bold)
        return top + len(lines) * size * LEADING

    def box(self, x: float, top: float, width: float, height: float, colour: str, *, hatched: str = "") -> None:
        """Fill a rectangle; `hatched`: the colour of the lines across it, if any."""
        corner = (self.x + x * self.scale, self.y + top * self.scale)
        box = Rectangle(corner, width * self.scale, height * self.scale, facecolor=colour, edgecolor="none")
        if hatched:
            box.set(hatch=HATCH, edgecolor=hatched, linewidth=0)
        self.page.items.append(box)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        thickness: float,
        *,
        mark: str = "",
        filled: bool = True,
    ) -> None:
        """Draw a line through points, with a mark on each if one is given."""
        xs = [self.x + x * self.scale for x, _ in points]
        ys = [self.y + y * self.scale for _, y in points]
        self.page.items.append(
            Line2D(
                xs,
                ys,
                color=colour,
                linewidth=thickness * self.scale,
                marker=mark or None,
                markersize=thickness * 3.2 * self.scale,
                markerfacecolor=colour if filled else PAPER,
            )
        )

    def measure(self, words: str, size: float, *, bold: bool = False) -> float:
        """Return how wide a line of text is."""
        return _width(words, size * self.scale, bold) / self.scale

    def wrapped(self, words: str, size: float, width: float, most: int, *, bold: bool = False) -> list[str]:
        """Return the text in lines that fit, `most` of them; what does not fit ends with an ellipsis."""
        lines: list[str] = []
        rest = words.split(" ")
        while rest:
            if len(lines) == most - 1:
                return [*lines, self.shortened(" ".join(rest), size, width, bold=bold)]
            taken = 1
            while taken < len(rest) and self.measure(" ".join(rest[: taken + 1]), size, bold=bold) <= width:
                taken += 1
            lines.append(self.shortened(" ".join(rest[:taken]), size, width, bold=bold))
            rest = rest[taken:]
        return lines

    def shortened(self, words: str, size: float, width: float, *, bold: bool = False) -> str:
        """Return the text, or as much of its beginning as fits before an ellipsis."""
        if self.measure(words, size, bold=bold) <= width:
            return words
        fits, long = 0, len(words)
        while long - fits > 1:
            middle = (fits + long) // 2
            if self.measure(words[:middle].rstrip() + ELLIPSIS, size, bold=bold) <= width:
                fits = middle
            else:
                long = middle
        return words[:fits].rstrip() + ELLIPSIS


@lru_cache(maxsize=64)
def _font(size: float, *, bold: bool) -> FontProperties:
    return FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")


_measuring: Any = RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]
_measured = Lock()


@lru_cache(maxsize=2048)
def _width(words: str, size: float, bold: bool) -> float:
    with _measured:
        width, _, _ = _measuring.get_text_width_height_descent(words, _font(size, bold=bold), ismath=False)
    return float(width)
