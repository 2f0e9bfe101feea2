"""Lines over campaigns: a colour and a mark per line, the last value written at its end."""

from collections.abc import Callable, Sequence
from datetime import date

from babel.dates import format_date

from models.statistics.charts.pictures import Hidden, Lines, Value
from models.statistics.charts.texts import written
from tasks.statistics.pictures.page import Pen
from tasks.statistics.pictures.style import FAINT, LEADING, MARKERS, QUIET, SMALL, colour

TALL, GAP, THICK = 460.0, 20.0, 4.0
STEPS = (1, 2, 2.5, 5, 10)
INTERVALS = 4
"""How many horizontal lines there are, about."""

Heights = Callable[[float], float]


def draw_lines(pen: Pen, shape: Lines, top: float) -> float:
    """Draw the lines, what each mark means above them; return where they end."""
    top = _key(pen, shape.names, top) + GAP
    ticks = ticks_of([v for row in shape.values for v in row if not isinstance(v, Hidden)])
    left = max(pen.measure(written(tick, shape.unit), SMALL) for tick in ticks) + 14
    lasts = _last_values(shape)
    right = pen.width - max((pen.measure(text, SMALL, bold=True) for _, _, text in lasts), default=0) - 22
    bottom = top + TALL

    def height(value: float) -> float:
        return bottom - TALL * (value - ticks[0]) / (ticks[-1] - ticks[0])

    for tick in ticks:
        pen.line([(left, height(tick)), (right, height(tick))], QUIET if tick == 0 else FAINT, 1.5)
        pen.text(left - 14, height(tick) - SMALL * 0.65, written(tick, shape.unit), SMALL, ink=QUIET, align="right")
    places = _places(left + 16, right - 16, len(shape.days))
    for number, values in enumerate(shape.values):
        _line(pen, number, values, places, height, bottom)
    _ends(pen, lasts, right + 10, height)
    return _days(pen, shape.days, places, bottom + 14)


def ticks_of(values: Sequence[float]) -> list[float]:
    """Return round numbers from nothing, or from below the least, to above the most."""
    least, most = min(values, default=0.0), max(values, default=0.0)
    low, high = min(0.0, least), max(most, 0.0)
    if high == low:
        high = low + 1
    rough = (high - low) / INTERVALS
    power = 10.0 ** (len(str(int(rough))) - 1) if rough >= 1 else 0.1
    step = next(s * power for s in (*STEPS, 20, 50) if s * power >= rough)
    first = int(low // step)
    ticks = [first * step]
    while ticks[-1] < high:
        ticks.append((first + len(ticks)) * step)
    return ticks


def _key(pen: Pen, names: Sequence[str], top: float) -> float:
    left = 0.0
    for number, name in enumerate(names):
        short = pen.shortened(name, SMALL, pen.width - 60)
        wide = 60 + pen.measure(short, SMALL)
        if left and left + wide > pen.width:
            left, top = 0.0, top + SMALL * LEADING + 6
        middle = top + SMALL * 0.62
        pen.line([(left, middle), (left + 48, middle)], colour(number), THICK)
        pen.line([(left + 24, middle)], colour(number), THICK, mark=_mark(number))
        pen.text(left + 60, top, short, SMALL)
        left += wide + 28
    return top + SMALL * LEADING


def _line(
    pen: Pen, number: int, values: Sequence[Value], places: Sequence[float], height: Heights, bottom: float
) -> None:
    """Draw one line; it is broken where a value is hidden, and an empty mark at the foot says that it is masked."""
    run: list[tuple[float, float]] = []
    for place, value in zip(places, values, strict=True):
        if isinstance(value, Hidden):
            _run(pen, number, run)
            run = []
            if value is Hidden.MASKED:
                pen.line([(place, bottom)], colour(number), THICK, mark=_mark(number), filled=False)
        else:
            run.append((place, height(value)))
    _run(pen, number, run)


def _run(pen: Pen, number: int, run: Sequence[tuple[float, float]]) -> None:
    if run:
        pen.line(run, colour(number), THICK, mark=_mark(number))


def _last_values(shape: Lines) -> list[tuple[int, float, str]]:
    """Return the number, last value and its text of each line that ends with a value."""
    lasts = [(number, values[-1]) for number, values in enumerate(shape.values) if values]
    return [(n, value, written(value, shape.unit)) for n, value in lasts if not isinstance(value, Hidden)]


def _ends(pen: Pen, lasts: Sequence[tuple[int, float, str]], x: float, height: Heights) -> None:
    """Write the last values beside the ends of their lines, pushed apart where they would touch."""
    lowest = float("-inf")
    for _, value, text in sorted(lasts, key=lambda last: height(last[1])):
        top = max(height(value) - SMALL * 0.65, lowest)
        pen.text(x, top, text, SMALL, bold=True)
        lowest = top + SMALL * LEADING


def _days(pen: Pen, days: Sequence[date], places: Sequence[float], top: float) -> float:
    """Write the campaigns under the lines: the last one, and as many before it as leave room."""
    free = float("inf")
    for day, place in reversed(list(zip(days, places, strict=True))):
        text = format_date(day, "MM/yy", locale="fr")
        half = pen.measure(text, SMALL) / 2
        if place + half <= min(free, pen.width):
            pen.text(place, top, text, SMALL, align="center")
            free = place - half - 16
    return top + SMALL * LEADING


def _places(left: float, right: float, number: int) -> list[float]:
    if number == 1:
        return [(left + right) / 2]
    return [left + (right - left) * place / (number - 1) for place in range(number)]


def _mark(number: int) -> str:
    return MARKERS[number % len(MARKERS)]
