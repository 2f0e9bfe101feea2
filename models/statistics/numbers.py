"""Numbers as French prints them: « 1 234,5 », « 62 % », « −7,3 points »."""

from models.statistics.pictures import Hidden, Unit, Value

NARROW = "\u202f"
"""The space between thousands, which does not break."""


def number(value: float, decimals: int = 1) -> str:
    """Return a number with at most so many decimals, a comma, thousands apart and a true minus sign."""
    rounded = f"{value:,.{decimals}f}"
    whole, _, rest = rounded.partition(".")
    rest = rest.rstrip("0")
    if whole.strip("-0,") == "" and not rest:
        whole = "0"
    text = whole.replace(",", NARROW).replace("-", "−")
    return f"{text},{rest}" if rest else text


def written(value: Value, unit: Unit = Unit.PERSONS) -> str:
    """Return a value with its unit; what is hidden as « < 5 » or « – »."""
    if isinstance(value, Hidden):
        return value.value.replace(" ", "\u00a0")
    if unit is Unit.PERCENT:
        return f"{number(value, 0)}\u00a0%"
    return number(value)
