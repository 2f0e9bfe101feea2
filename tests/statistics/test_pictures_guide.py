"""The page on figures says what the program counts; the measurements of the pictures run."""

from benchmarks.pictures import picture_results
from models.statistics.indicators.catalogue import INDICATORS
from tests.statistics.definitions import PAGE, page_with


def test_the_page_on_figures_holds_every_definition_as_it_is_declared() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == page_with(text)
    for indicator in INDICATORS.values():
        assert indicator.definition in text


def test_every_picture_of_the_page_is_there_and_has_words_for_who_does_not_see_it() -> None:
    import re

    shown = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", PAGE.read_text(encoding="utf-8"))
    assert len(shown) >= 4
    for words, path in shown:
        assert len(words) > 20, path
        assert (PAGE.parent / path).is_file(), path


def test_a_round_of_the_measurements_draws_every_shape_on_both_sides() -> None:
    results = picture_results(1)
    assert [result.name for result in results] == [
        "picture, bars",
        "picture, stacked bars",
        "picture, lines",
        "picture, heat map",
    ]
    assert all(result.ours > 0 and (result.peer or 0) > 0 for result in results)
