"""The template is annex 2 as it is printed; an administrator's own is checked whole before it serves."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from models.reference.nomenclature import NATIONAL_SHEETS
from models.workbook.template import LISTS, PACKAGED, TemplateRefused, load_template, read_template


@pytest.fixture
def document() -> Any:
    return yaml.safe_load(PACKAGED.read_text(encoding="utf-8"))


def refused(document: object, folder: Path) -> str:
    (folder / "template.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    with pytest.raises(TemplateRefused) as told:
        load_template(folder)
    return str(told.value).removeprefix(f"Le modèle {folder / 'template.yaml'} ne convient pas : ")


def test_the_packaged_template_is_the_annex(tmp_path: Path) -> None:
    template = load_template(tmp_path)
    for written, sheet in zip((template.dispositifs, template.persons, template.events), NATIONAL_SHEETS, strict=True):
        assert written.title == sheet.title
        assert [column.indicator for column in written.columns] == list(sheet.indicators)
        assert [column.label for column in written.columns] == [indicator.label for indicator in sheet.indicators]
        for column in written.columns:
            assert dict(column.spelling or {}) == dict(column.indicator.choices or {})
    assert template.corrections.title == "À corriger à la main"


def test_every_closed_list_of_the_annex_is_in_the_template() -> None:
    used = {id(i.choices) for sheet in NATIONAL_SHEETS for i in sheet.indicators if i.choices is not None}
    assert used == {id(spelling) for spelling in LISTS.values()}


def test_an_administrators_own_takes_its_place(document: Any, tmp_path: Path) -> None:
    document["sheets"]["evenements"]["title"] = "Evenements 2027"
    document["sheets"]["evenements"]["columns"].reverse()
    document["lists"]["emploi_mois"]["cdi"] = "Contrat à durée indéterminée"
    (tmp_path / "template.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    events = load_template(tmp_path).events
    assert events.title == "Evenements 2027"
    assert events.columns[-1].indicator.id == "evt_id"
    assert events.column("evt_emploi_mois").spelled("cdi") == "Contrat à durée indéterminée"
    assert events.column("evt_emploi_date").spelled("cdi") == "contrat à durée indéterminée (CDI)"


def test_a_missing_indicator(document: Any, tmp_path: Path) -> None:
    del document["sheets"]["personnes"]["columns"][4]
    assert refused(document, tmp_path) == "il manque pers_structure dans personnes.columns."


def test_an_indicator_twice(document: Any, tmp_path: Path) -> None:
    columns = document["sheets"]["personnes"]["columns"]
    columns.append(columns[0] | {"label": "Encore"})
    assert refused(document, tmp_path) == "« pers_reference » figure deux fois dans personnes.columns."


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (("lists", "niveau_soutien", "veille"), "", "un texte est attendu pour niveau_soutien.veille."),
        (
            ("lists", "statut", "termine"),
            "Veille totale",
            "deux valeurs de la liste statut s’écrivent de la même façon.",
        ),
        (("lists", "statut", "termine"), "=1+1", "la graphie de statut.termine commence comme une formule."),
        (("lists", "statut", "parti"), "Parti", "parti est inconnu dans statut."),
        (("lists", "emploi_mois"), ["CDI"], "des lignes « nom : valeur » sont attendues dans emploi_mois."),
        (("sheets", "dispositifs", "columns"), "tout", "une liste est attendue dans dispositifs.columns."),
        (("sheets", "dispositifs", "columns", 0, "width"), 0, "la largeur de disp_reference est un nombre de 1 à 255."),
        (("sheets", "dispositifs", "columns", 0, "indicator"), "x", "x est inconnu dans dispositifs.columns."),
        (
            ("sheets", "dispositifs", "columns", 0, "label"),
            "Statut",
            "« Statut » figure deux fois dans dispositifs.",
        ),
        (
            ("sheets", "dispositifs", "title"),
            "évènements",
            "deux feuilles portent le même nom, ou une feuille s’appelle « Listes ».",
        ),
        (
            ("corrections", "title"),
            "a/b",
            "« a/b » n’est pas un nom de feuille possible (corrections) : 31 caractères au plus, sans [ ] : * ? / \\.",
        ),
        (("date_format",), None, "un texte est attendu pour date_format."),
    ],
)
def test_what_cannot_serve_is_named(
    document: Any, tmp_path: Path, place: tuple[Any, ...], value: object, told: str
) -> None:
    *way, last = place
    inside = document
    for step in way:
        inside = inside[step]
    inside[last] = value
    assert refused(document, tmp_path) == told


def test_what_is_no_yaml_or_no_file(tmp_path: Path) -> None:
    file = tmp_path / "template.yaml"
    file.write_text("sheets: [", encoding="utf-8")
    with pytest.raises(TemplateRefused, match="n’est pas un fichier YAML valable \\(ligne 1\\)"):
        load_template(tmp_path)
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(TemplateRefused, match="ne peut pas être lu"):
        load_template(tmp_path)
    with pytest.raises(TemplateRefused, match="ne peut pas être lu"):
        read_template(tmp_path / "absent.yaml")
