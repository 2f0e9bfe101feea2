"""A verb is performed by one function: where two would, nothing starts."""

import pytest

from handlers.context import Context
from handlers.feature import Feature
from handlers.features import DeclaredTwice, by_verb
from models.base.screens import Screen


def _performing(verb: str) -> Feature:
    feature = Feature("one more")

    @feature.action(verb)
    async def perform(context: Context) -> Screen:
        return Screen(f"Pour {context.sender}")

    return feature


def test_features_are_found_by_their_verbs() -> None:
    assert set(by_verb([_performing("one"), _performing("two")])) == {"one", "two"}


def test_a_verb_declared_twice_stops_the_program() -> None:
    with pytest.raises(DeclaredTwice, match="same"):
        by_verb([_performing("same"), _performing("same")])
