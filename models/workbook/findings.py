"""What is wrong in a workbook, cell by cell: errors refuse it, warnings are told."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime

HIDDEN = "•••"
IDENTIFYING = frozenset({"pers_date_naissance", "pers_sexe", "pers_handicap_principal", "pers_handicap_associe"})
"""Whatever stands in these columns is never repeated (design, point 7)."""

LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Finding:
    """A cell to look at: where it is, by which rule, what stands there, what is expected (in French)."""

    sheet: str
    row: int
    column: str
    rule: str
    value: str
    message: str

    def as_dict(self) -> dict[str, str | int]:
        """Return it as the command line prints it."""
        return asdict(self)


@dataclass
class Findings:
    """The findings of one workbook, gathered on the way."""

    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


def shown(indicator_id: str, raw: object) -> str:
    """Return the cell as it may be repeated: dates in French, never what identifies a person."""
    if raw is None:
        return ""
    if indicator_id in IDENTIFYING:
        return HIDDEN
    if isinstance(raw, datetime | date):
        return f"{raw:%d/%m/%Y}"
    text = str(raw)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
