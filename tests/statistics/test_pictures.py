"""Pictures are read on a phone: everything is inside, nothing covers anything, letters are large and all there."""

import io
import itertools
from pathlib import Path

import matplotlib.font_manager
import matplotlib.image
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from models.statistics.charts.pictures import Bars, HeatMap, Hidden, Picture, Stacked, Unit
from models.statistics.charts.progress import MOST_COLUMNS
from models.statistics.charts.texts import written
from models.statistics.numbers import number
from tasks.statistics.pictures.bars import STACK
from tasks.statistics.pictures.drawing import draw_page, draw_shape, png
from tasks.statistics.pictures.lines import ticks_of
from tasks.statistics.pictures.page import HATCH, Page
from tasks.statistics.pictures.sheet import A4, draw_sheet
from tasks.statistics.pictures.style import EMPTY, FAINT, PALETTE, SMALL, VEIL, WIDTH, colour, ink_on, shade
from tests.statistics import sample_pictures as gallery
from tests.statistics.sample_pictures import SHAPES

TALLEST = 1280
"""Telegram shows a photo whose longer side is at most 1,280 pixels as it is; a larger one is scaled down."""


def drawn(name: str) -> Figure:
    page = Page(WIDTH)
    return page.figure(draw_page(page, gallery.picture(name)))


def texts(figure: Figure) -> list[tuple[Text, Bbox]]:
    """Return every text with the place it takes, as the renderer measures it."""
    canvas = figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    found = [artist for artist in figure.get_children() if isinstance(artist, Text) and artist.get_text()]
    renderer: RendererAgg = canvas.get_renderer()  # type: ignore[no-untyped-call]
    return [(text, text.get_window_extent(renderer)) for text in found]


@pytest.mark.parametrize("name", SHAPES)
def test_every_text_is_inside_and_none_covers_another(name: str) -> None:
    figure = drawn(name)
    width, height = figure.canvas.get_width_height()
    assert width == WIDTH
    assert height <= TALLEST
    placed = texts(figure)
    for text, box in placed:
        assert box.x0 >= 0, text
        assert box.x1 <= width, text
        assert box.y0 >= 0, text
        assert box.y1 <= height, text
    for (one, first), (other, second) in itertools.combinations(placed, 2):
        common = Bbox.intersection(first, second)
        assert common is None or min(common.width, common.height) <= 1, (one, other)


@pytest.mark.parametrize("name", SHAPES)
def test_letters_are_large_and_there_is_a_glyph_for_each(name: str) -> None:
    for text, _ in texts(drawn(name)):
        assert float(text.get_fontsize()) >= SMALL
        file = Path(matplotlib.font_manager.findfont(text.get_fontproperties(), fallback_to_default=False))
        assert file.name in {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"}
        known = matplotlib.font_manager.get_font(file).get_charmap()
        assert {ord(letter) for letter in text.get_text()} <= set(known), text


@pytest.mark.parametrize("name", SHAPES)
def test_the_picture_is_a_png_of_800_pixels_with_something_on_it(name: str) -> None:
    content = png(gallery.picture(name))
    pixels = matplotlib.image.imread(io.BytesIO(content), format="png")
    assert pixels.shape[1] == WIDTH
    inked = (pixels[:, :, :3].min(axis=2) < 0.9).mean()
    assert inked > 0.015
    assert len(content) < 1_000_000


def test_title_place_date_and_source_are_in_the_picture() -> None:
    shown = {text.get_text() for text, _ in texts(drawn("bars"))}
    assert {"Emploi dans le dernier mois", gallery.WHERE, gallery.SOURCE} <= shown
    assert {"CDI", "1\u202f234,5", "CDD", "0", "Sans emploi", "2\u202f832"} <= shown


@pytest.mark.parametrize("name", ["bars, masked", "heat", "stacked", "lines"])
def test_what_is_masked_is_said_to_be_and_never_shown_as_zero(name: str) -> None:
    shown = [text.get_text() for text, _ in texts(drawn(name))]
    assert any("masqué" in text for text in shown)
    assert not any("< 5" in text.replace("\u00a0", " ") for text in shown)
    if name == "bars, masked":
        assert shown.count("masqué") == 2
        assert "0" not in shown
    assert not any("masqué" in text.get_text() for text, _ in texts(drawn("bars")))


@pytest.mark.parametrize(
    ("totals", "parts"),
    [
        ([20], [(colour(0), 0.5, None), (colour(2), 0.3, None), (VEIL, 0.2, HATCH)]),
        ([None], [(VEIL, 1.0, HATCH)]),
        ([], [(VEIL, 1.0, HATCH)]),
    ],
)
def test_the_masked_parts_of_a_bar_are_hatched_and_keep_their_width_or_all_of_it_is(
    totals: list[int | None], parts: list[tuple[str, float, str | None]]
) -> None:
    shape = Stacked(["ABC01"], ["Veille", "Suivi", "Régulier"], [[10, Hidden.MASKED, 6]], totals=totals)
    page = Page(WIDTH)
    end = draw_shape(page.pen(0, 0, WIDTH), shape, 0)
    page.figure(end)
    boxes = [item for item in page.items if isinstance(item, Rectangle) and item.get_height() == STACK][1:]
    assert [(*looks(box), round(box.get_width() / WIDTH, 6)) for box in boxes] == [
        (colour, hatch, share) for colour, share, hatch in parts
    ]


def looks(box: Rectangle) -> tuple[str, str | None]:
    """Return the colour of a box, or of the lines across it, and how they go."""
    hatch = box.get_hatch()
    return to_hex(box.get_edgecolor() if hatch else box.get_facecolor()), hatch


def test_a_masked_bar_has_no_length_that_could_be_read_as_a_value() -> None:
    page = Page(WIDTH)
    draw_shape(page.pen(0, 0, WIDTH), Bars(["CDI", "CDD"], [12, Hidden.MASKED]), 0)
    masked = [item for item in page.items if isinstance(item, Text)][-1]
    assert masked.get_text() == "masqué"
    lengths = {looks(item)[0]: item.get_width() for item in page.items if isinstance(item, Rectangle)}
    assert set(lengths) == {EMPTY, colour(0)}  # the first bar and its ground alone
    assert lengths[EMPTY] == lengths[colour(0)]


def test_what_is_masked_does_not_look_like_what_is_to_be_entered_nor_like_what_nobody_knows() -> None:
    parts = Stacked(["A"], ["saisies", "à temps", "à saisir"], [[6, Hidden.MASKED, 8]], rest=True, totals=[20])
    page = Page(WIDTH)
    draw_shape(page.pen(0, 0, WIDTH), parts, 0)
    assert [looks(item) for item in page.items if isinstance(item, Rectangle)][-2:] == [(FAINT, None), (VEIL, HATCH)]
    page = Page(WIDTH)
    draw_shape(page.pen(0, 0, WIDTH), HeatMap(["A"], ["03/26", "06/26"], [[Hidden.MASKED, Hidden.UNKNOWN]]), 0)
    assert [looks(item) for item in page.items if isinstance(item, Rectangle)] == [(VEIL, HATCH), (EMPTY, None)]


def test_masked_is_written_whole_in_a_map_of_as_many_campaigns_as_there_are() -> None:
    shape = HeatMap([gallery.LONGEST], ["12/26"] * MOST_COLUMNS, [[Hidden.MASKED] * MOST_COLUMNS])
    page = Page(WIDTH)
    draw_page(page, Picture("Complétude", gallery.WHERE, gallery.SOURCE, shape))
    assert [item.get_text() for item in page.items if isinstance(item, Text)].count("masqué") == MOST_COLUMNS


def test_a_report_with_the_longest_names_keeps_inside_its_page() -> None:
    page = Page(A4[0])
    draw_sheet(page, gallery.report("bars, long", "stacked, long", "lines, long", "heat, many", long=True))
    placed = texts(page.figure(A4[1]))
    for text, box in placed:
        assert box.x0 >= 0, text
        assert box.x1 <= A4[0], text
        assert box.y0 >= 0, text
        assert box.y1 <= A4[1], text
    for (one, first), (other, second) in itertools.combinations(placed, 2):
        common = Bbox.intersection(first, second)
        assert common is None or min(common.width, common.height) <= 1, (one, other)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1234.5, 1, "1\u202f234,5"),
        (5552, 1, "5\u202f552"),
        (1_234_567, 0, "1\u202f234\u202f567"),
        (-7.3, 1, "−7,3"),
        (-0.04, 1, "0"),
        (0, 1, "0"),
        (62.01, 0, "62"),
        (100.0, 1, "100"),
    ],
)
def test_numbers_are_french(value: float, decimals: int, expected: str) -> None:
    assert number(value, decimals) == expected


def test_units_follow_their_numbers() -> None:
    assert written(62.4, Unit.PERCENT) == "62\u00a0%"
    assert written(Hidden.MASKED, Unit.PERCENT) == "masqué"
    assert written(Hidden.UNKNOWN) == "–"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([51.0, 16.0], [0, 20, 40, 60]),
        ([], [0, 0.25, 0.5, 0.75, 1.0]),
        ([-7.3, 1.2], [-7.5, -5.0, -2.5, 0.0, 2.5]),
        ([9_999_999], [0, 2_500_000, 5_000_000, 7_500_000, 10_000_000]),
    ],
)
def test_the_scale_is_of_round_numbers_and_holds_every_value(values: list[float], expected: list[float]) -> None:
    assert ticks_of(values) == pytest.approx(expected)


@pytest.mark.parametrize("background", [*PALETTE, *(shade(percent) for percent in range(0, 101, 5))])
def test_letters_on_a_colour_stand_out(background: str) -> None:
    dark, light = sorted((_luminance(background), _luminance(ink_on(background))))
    assert (light + 0.05) / (dark + 0.05) >= 3.0  # WCAG, for letters of 24 pixels and more


def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
