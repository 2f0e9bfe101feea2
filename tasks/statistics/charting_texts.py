"""What is told with a picture or a report, and the ways on from there."""

from models.base.screens import Row, Screen, bold, button
from models.statistics.charts.catalogue import Chart
from models.statistics.charts.pictures import Report
from models.statistics.choices import in_button


def drawn(words: str, chart: Chart, day: str, scope: str, menu: str) -> Screen:
    """Return the two lines of words of a picture, and the ways on: over time, elsewhere, at another moment.

    `menu` is the campaign the menu was at: that of a picture of the campaign under way is not chosen by seeing it.
    """
    place = in_button(scope)
    rows: list[Row] = []
    if chart.over_time:
        rows.append((button("Évolution", "stats_draw", chart.over_time, day, place),))
    rows += [
        (button("Autre remontée", "stats_when", chart.name, place), button("Ailleurs", "stats_where", place, 0, menu)),
        (button("Autres chiffres", "stats_at", place, menu),),
    ]
    return Screen(words, tuple(rows))


def printed(page: Report, day: str, scope: str) -> Screen:
    """Return what goes with a report."""
    text = f"{bold(page.title)}\n{page.where}. Une feuille A4, à imprimer."
    return Screen(text, ((button("Autres chiffres", "stats_at", in_button(scope), day),),))


def refused(sentence: str) -> Screen:
    """Return why there is no picture."""
    return Screen(sentence, ((button("Les chiffres", "stats"),),))
