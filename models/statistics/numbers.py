"""Numbers as French prints them: « 1 234,5 », « 62 % », « −7,3 points ». One rounding, wherever they are printed."""

from decimal import ROUND_HALF_UP, Decimal

NARROW = "\u202f"
"""The space between thousands, which does not break."""


def rounded(value: float, decimals: int) -> Decimal:
    """Return a number with so many decimals, halves away from zero."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def number(value: float, decimals: int = 1) -> str:
    """Return a number with at most so many decimals, a comma, thousands apart and a true minus sign."""
    told = rounded(value, decimals)
    if not told:
        return "0"  # and not « −0 »
    whole, _, rest = f"{told:,f}".partition(".")
    rest = rest.rstrip("0")
    text = whole.replace(",", NARROW).replace("-", "−")
    return f"{text},{rest}" if rest else text
