"""What the pictures of the entry itself read: how far it is, by place or job coach, now and over campaigns."""

from collections.abc import Sequence

from babel.dates import format_date

from models.base import french
from models.statistics.charts import texts
from models.statistics.charts.pictures import HeatMap, Hidden, Picture, Stacked, Unit, Value
from models.statistics.charts.readings import Asked, Total, few
from models.statistics.sheet import Completeness, Per

MOST_STACKS, MOST_PLACES, MOST_COLUMNS = 8, 16, 5
"""How many bars, rows and columns are readable in one picture: the least complete places, the newest campaigns."""


async def progress(asked: Asked) -> Picture:
    """Return what was entered on time, late, loaded, and is missing, a bar per place, the least complete first."""
    return await _stacked(asked, texts.PROGRESS, await asked.lines())


async def progress_of_coaches(asked: Asked) -> Picture:
    """Return the same by job coach. Raises `UnknownScope` for whoever does not hold the data."""
    return await _stacked(asked, texts.COACHES, await asked.lines(by=Per.COACH))


async def completeness(asked: Asked) -> Picture:
    """Return what share of the persons asked about was entered, by place and campaign, the least complete first."""
    days = await asked.days(MOST_COLUMNS) or [asked.day]
    told = [await asked.lines(day) for day in days]
    ordered = sorted(told[-1], key=_order)
    shown = ordered[:MOST_PLACES]
    shares = [{one.label: _percent(one) for one in lines} for lines in told]
    values = [[of_day.get(one.label, Hidden.UNKNOWN) for of_day in shares] for one in shown]
    columns = [format_date(day, "MM/yy", locale=french.LOCALE) for day in days]
    shape = HeatMap([one.label for one in shown], columns, values)
    first, last = await asked.total(days[0]), await asked.total()
    under_way = await asked.under_way()
    words = texts.entered(last.entered, last.expected, last.among)
    if under_way:  # beside those that have ended it would seem to fall
        words = f"{words} {texts.UNDER_WAY}"
    elif len(days) > 1 and first.expected and not first.among and not last.among:
        words = texts.moved([(texts.ENTERED, first.percent, last.percent)], Unit.PERCENT, days[0])
    small = any(_few(one) for lines in told for one in lines)
    note = " ".join(filter(None, (_others(ordered, shown), texts.LAST_COLUMN if under_way else "")))
    return await asked.picture(texts.COMPLETENESS, shape, words, texts.EXPECTED, note, small=small)


async def entered_of(asked: Asked) -> str:
    """Return how many of the persons asked about are entered, in few words; none of it where it is masked."""
    total = await asked.total()
    return texts.share_entered(total.entered, total.expected, total.among)


async def _stacked(asked: Asked, title: str, lines: Sequence[Completeness]) -> Picture:
    ordered = sorted(lines, key=_order)
    shown = ordered[:MOST_STACKS]
    rows = [[_known(one.on_time), _known(one.late), _known(one.loaded), _known(_missing(one))] for one in shown]
    totals = [one.expected for one in shown]
    shape = Stacked([one.label for one in shown], texts.PROGRESS_PARTS, rows, rest=True, totals=totals)
    total: Total = await asked.total()
    words = texts.entered(total.entered, total.expected, total.among)
    small = any(_few(one) for one in shown)
    return await asked.picture(title, shape, words, texts.EXPECTED, _others(ordered, shown), small=small)


def _known(value: int | None) -> Value:
    return Hidden.MASKED if value is None else value


def _missing(one: Completeness) -> int | None:
    return None if one.entered is None or one.expected is None else one.expected - one.entered


def _percent(one: Completeness) -> Value:
    if one.entered is None or one.expected is None:
        return Hidden.MASKED
    return 100 * one.entered / one.expected if one.expected else Hidden.UNKNOWN


def _order(one: Completeness) -> tuple[bool, float]:
    """The least complete first; at the end those of which nothing may be told, as they come."""
    share = _percent(one)
    return (True, 0.0) if isinstance(share, Hidden) else (False, share)


def _few(one: Completeness) -> bool:
    return few(one.on_time, one.late, one.loaded, _missing(one))


def _others(lines: Sequence[Completeness], shown: Sequence[Completeness]) -> str:
    masked = any(one.entered is None for one in lines)
    return texts.order(len(lines) - len(shown), masked=masked)
