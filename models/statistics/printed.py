"""Values as they are printed: rounded as published, in French."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

from models.french import LOCALE
from models.statistics import texts
from models.statistics.sheet import Value


def written(value: Value) -> str:
    """Return a value as it is printed, rounded as published, with its unit."""
    if value.value is None:
        return texts.MASKED_VALUE if value.masked else texts.NO_VALUE
    return f"{decimal(value.value, value.indicator.decimals)} {value.indicator.unit}"


def decimal(value: float | None, decimals: int) -> str:
    """Return a number as French prints it, halves away from zero; « sans valeur » for none."""
    if value is None:
        return texts.NO_VALUE
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return format_decimal(rounded, f"#,##0.{'0' * decimals}".rstrip("."), locale=LOCALE, decimal_quantization=False)
