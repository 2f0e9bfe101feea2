"""Values as they are printed: rounded as published, in French."""

from models.base.french import agree
from models.statistics import texts
from models.statistics.numbers import number, rounded
from models.statistics.sheet import IndicatorRow, Value


def written(value: Value) -> str:
    """Return a value as it is printed, rounded as published, with its unit: « 1 personne », « −7,3 points »."""
    if value.value is None:
        return texts.MASKED_VALUE if value.masked else texts.NO_VALUE
    return f"{decimal(value.value, value.indicator.decimals)} {unit(value)}"


def decimal(value: float | None, decimals: int) -> str:
    """Return a number as French prints it, as the pictures do; « sans valeur » for none."""
    return texts.NO_VALUE if value is None else number(value, decimals)


def unit(value: Value) -> str:
    """Return the unit in the form that the value asks for: the plural begins at two, on either side of zero."""
    of = value.indicator
    told = abs(rounded(value.value or 0, of.decimals))
    return agree(int(told), texts.SINGULAR_UNITS.get(of.unit, of.unit), of.unit)


def row(of: IndicatorRow) -> str:
    """Return a line of a distribution: « CDI : 12 (34 %) »; « masqué » where it may not be told."""
    if of.count is None:
        return f"{of.label} : {texts.MASKED_VALUE}"
    share = "" if of.share is None else f" ({decimal(of.share, 0)} %)"
    return f"{of.label} : {decimal(of.count, 0)}{share}"
