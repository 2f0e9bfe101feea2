"""Pictures to measure: one of each shape, as usual and at its worst."""

from datetime import date

from models.statistics.charts.pictures import (
    Bars,
    Figure,
    HeatMap,
    Hidden,
    Lines,
    Picture,
    Report,
    Shape,
    Stacked,
    Unit,
)

LONGEST = "Association départementale d’accompagnement vers et dans l’emploi ".ljust(200, "œ")
"""As long as the name of a structure may be."""

UNBROKEN = "W" * 200
MASKED = Hidden.MASKED
WHERE = "Département du Rhône · 31 décembre 2026"
SOURCE = "Source : Jalon. Dessiné le 5 janvier 2027."

QUARTERS = [date(2022 + n // 4, 3 * (n % 4) + 3, 28) for n in range(20)]

SHAPES: dict[str, Shape] = {
    "bars": Bars(["CDI", "CDD", "Sans emploi"], [1234.5, 0, 2832]),
    "bars, masked": Bars(["CDI", "CDD"], [MASKED, MASKED]),
    "bars, many": Bars([LONGEST] * 12, [1_234_567.8] * 12),
    "bars, long": Bars([LONGEST, UNBROKEN], [1, MASKED]),
    "bars, none": Bars([], []),
    "stacked": Stacked(
        ["Les Tilleuls", "Le Port"], ["Veille", "Suivi", "Régulier"], [[10, 62, 20], [1, MASKED, 12]], totals=[92, 15]
    ),
    "stacked, long": Stacked([LONGEST, UNBROKEN], [LONGEST, UNBROKEN], [[1, 1_000_000], [MASKED, MASKED]]),
    "stacked, many": Stacked(["A"], [f"Partie {n}" for n in range(8)], [[12.5] * 8], Unit.PERCENT),
    "lines": Lines(QUARTERS, ["Sans emploi", "CDI"], [[51.0] * 20, [MASKED, *[21.0] * 19]], Unit.PERCENT),
    "lines, touching": Lines(QUARTERS, ["Un", "Deux", "Trois"], [[40.0] * 20, [40.2] * 20, [39.9] * 20], Unit.PERCENT),
    "lines, long": Lines(QUARTERS[:2], [LONGEST, UNBROKEN], [[1_000_000, 9_999_999], [0, MASKED]]),
    "lines, one": Lines(QUARTERS[:1], ["Personnes"], [[0.0]]),
    "lines, falling": Lines(QUARTERS[:4], ["Pente"], [[-7.3, -6.1, 0.4, 1.2]], Unit.POINTS),
    "heat": HeatMap(["ABC01", "DEF02"], ["09/26", "12/26"], [[92, 100], [MASKED, 0]]),
    "heat, many": HeatMap([f"ABC{n:02d}" for n in range(16)], ["09/26"] * 6, [[100.0] * 6] * 16),
    "heat, long": HeatMap([LONGEST, UNBROKEN], [LONGEST] * 6, [[100.0] * 6, [MASKED] * 6]),
}


def picture(name: str) -> Picture:
    """Return a picture of that shape; a long one has a long title too."""
    long = "long" in name
    return Picture(
        LONGEST if long else "Emploi dans le dernier mois", UNBROKEN if long else WHERE, SOURCE, SHAPES[name]
    )


def report(*names: str, long: bool = False) -> Report:
    """Return a report of twelve indicators with those pictures."""
    name = LONGEST if long else "Personnes accompagnées au moins 2 h par mois"
    figures = [Figure(f"F{number:02d}", name, "1\u202f234,5\u00a0points") for number in range(1, 13)]
    return Report("La page du trimestre", WHERE, SOURCE, figures, [picture(name) for name in names], [LONGEST])
