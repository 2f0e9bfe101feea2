"""The closed lists and indicators against our transcription of annex 2."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from models.reference.nomenclature import DISPOSITIFS, EVENEMENTS, NATIONAL_SHEETS, PERSONNES, Indicator

REFERENCE = Path(__file__).parents[1] / "data" / "reference" / "nomenclature.yaml"
ANNEX = yaml.safe_load(REFERENCE.read_text(encoding="utf-8"))
TRANSCRIBED: dict[str, dict[str, Any]] = {
    indicator["id"]: indicator
    for fiche in ANNEX["fiches"]
    for section in fiche["sections"]
    for indicator in section["indicateurs"]
}
OURS: dict[str, Indicator] = {i.id: i for sheet in NATIONAL_SHEETS for i in sheet.indicators}


def test_the_indicators_stand_in_the_annexes_order() -> None:
    assert list(OURS) == list(TRANSCRIBED)
    assert [len(sheet.indicators) for sheet in (DISPOSITIFS, PERSONNES, EVENEMENTS)] == [17, 13, 16]


@pytest.mark.parametrize("indicator_id", TRANSCRIBED)
def test_an_indicator_is_spelled_as_in_the_annex(indicator_id: str) -> None:
    ours, theirs = OURS[indicator_id], TRANSCRIBED[indicator_id]
    assert ours.label == theirs["libelle"]
    assert ours.mandatory == theirs["obligatoire"]
    assert (list(ours.choices.values()) if ours.choices else None) == theirs["valeurs"]


def test_the_twelve_mandatory_fields_are_those_of_the_annex() -> None:
    assert [i.id for i in OURS.values() if i.mandatory] == ANNEX["totaux"]["obligatoires_ids"]
