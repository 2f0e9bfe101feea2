"""A refusal is a code with its arguments; its sentence is told at the edge, and none is missing."""

from enum import StrEnum

import pytest

from models.base.refusals import Refusal, sentences_of


class Closed(StrEnum):
    UNKNOWN = "unknown"
    FULL = "full"


def _places(count: int) -> str:
    return f"Il reste {count} place{'s' if count > 1 else ''}."


class ClosedRefused(Refusal):
    sentences = sentences_of(Closed, {Closed.UNKNOWN: "Rien au nom de {name}.", Closed.FULL: _places})


def test_it_holds_its_code_and_tells_its_sentence() -> None:
    unknown = ClosedRefused(Closed.UNKNOWN, name="Rive")

    assert (unknown.code, unknown.arguments) == (Closed.UNKNOWN, {"name": "Rive"})
    assert str(unknown) == "Rien au nom de Rive."
    assert str(ClosedRefused(Closed.FULL, count=2)) == "Il reste 2 places."


def test_a_code_without_a_sentence_stops_the_program() -> None:
    with pytest.raises(LookupError, match="Closed without a sentence: FULL"):
        sentences_of(Closed, {Closed.UNKNOWN: "Rien au nom de {name}."})
