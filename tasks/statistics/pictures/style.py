"""Sizes and colours: what is read on a phone, and told apart by whoever does not see every colour."""

WIDTH = 800
"""In pixels: less than the 1,280 of the longer side beyond which Telegram scales a photo down."""

MARGIN = 28
TITLE, LABEL, SMALL = 38.0, 28.0, 24.0
"""Heights of type in pixels of an 800-pixel picture; nothing is written smaller than `SMALL`."""

LEADING = 1.28
"""Height of a line, in heights of its type."""

FONT = "DejaVu Sans"
"""Comes with matplotlib: the same letters on every machine, accents and the narrow space included."""

INK, QUIET, FAINT, EMPTY, PAPER = "#1b1b1b", "#555555", "#d0d0d0", "#f2f2f2", "#ffffff"
VEIL = "#cdcdcd"
"""The lines across what is masked: it is neither a value, nor what is still missing (`FAINT`)."""

PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#7f7f7f")
"""Okabe and Ito's colours, told apart whatever the kind of colour blindness; grey in place of black at the end."""

SHADES = ("#e8f1f8", "#003b6f")
"""From nothing to everything, in a heat map: one hue, so that lightness alone tells."""

MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
"""A line is known by its mark too, not by its colour alone."""

_DARK = 0.18
"""Below this lightness a colour bears white letters."""


def colour(place: int) -> str:
    """Return the colour of the part or line at that place."""
    return PALETTE[place % len(PALETTE)]


def ink_on(background: str) -> str:
    """Return the colour of letters that is read on that background."""
    return PAPER if _lightness(background) < _DARK else INK


def shade(percent: float) -> str:
    """Return the shade of a percentage from 0 to 100."""
    share = min(max(percent, 0.0), 100.0) / 100
    first, last = (_channels(end) for end in SHADES)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(first, last, strict=True))


def _channels(hexadecimal: str) -> tuple[int, int, int]:
    red, green, blue = (int(hexadecimal[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _lightness(hexadecimal: str) -> float:
    """Return the relative luminance (WCAG), from 0 to 1."""
    shares = [channel / 255 for channel in _channels(hexadecimal)]
    red, green, blue = (s / 12.92 if s <= 0.03928 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
