"""The template of the national workbook: sheet names, columns, spellings, in one file an administrator may replace.

`template.yaml` beside this module is the one of annex 2; a file of that name in the data directory takes its place.
It is checked whole before anything is written by it: each indicator once, each closed value spelled.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from models.base.refusals import Refusal
from models.base.spreadsheets.page import HIDDEN_SHEET
from models.events.form import QUESTIONS
from models.reference import nomenclature
from models.reference.nomenclature import Indicator, NationalSheet, Spelling
from models.workbook import template_texts as texts
from models.workbook.template_texts import TemplateRefusal

FILE_NAME = "template.yaml"
PACKAGED = Path(__file__).with_name(FILE_NAME)

LISTS: Mapping[str, Spelling] = {
    **{asked.field: asked.indicator.choices for asked in QUESTIONS if asked.indicator.choices is not None},
    "handicap": nomenclature.HANDICAP,
    "orientation": nomenclature.ORIENTATION,
    "statut_dispositif": nomenclature.STATUT_DISPOSITIF,
}
"""The closed lists under the names the template gives them; the annex spells some of them twice (A34)."""

SHEETS: Mapping[str, NationalSheet] = {
    "dispositifs": nomenclature.DISPOSITIFS,
    "personnes": nomenclature.PERSONNES,
    "evenements": nomenclature.EVENEMENTS,
}
CORRECTION_COLUMNS = ("personne", "dispositif", "date", "indicateur", "remonte", "corrige")

LONGEST_TITLE = 31
FORBIDDEN_IN_TITLES = frozenset("[]:*?/\\")
WIDEST = 255
USUAL_WIDTH = 24
FORMULA_SIGNS = ("=", "+", "-", "@")


class TemplateRefused(Refusal):
    """The template cannot be used, for a reason that says where."""

    sentences = texts.REFUSALS


@dataclass(frozen=True)
class TemplateColumn:
    """A column: the indicator it holds, its label and width, and how its closed values are spelled."""

    indicator: Indicator
    label: str
    width: float
    spelling: Mapping[str, str] | None = None

    def spelled(self, code: str | None) -> str | None:
        """Return a closed value as the workbook spells it; nothing for none."""
        return None if code is None or self.spelling is None else self.spelling[code]


@dataclass(frozen=True)
class TemplateSheet:
    """A sheet: its title and its columns in their order."""

    title: str
    columns: tuple[TemplateColumn, ...]

    def column(self, indicator_id: str) -> TemplateColumn:
        """Return the column of that indicator; `KeyError` if the sheet has none."""
        for column in self.columns:
            if column.indicator.id == indicator_id:
                return column
        raise KeyError(indicator_id)

    def row(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the cells of one line, in the order of the columns; what `values` does not name is blank."""
        return tuple([values.get(column.indicator.id) for column in self.columns])


@dataclass(frozen=True)
class Corrections:
    """The sheet of what is to be changed by hand in the national tool (E19): its title and its labels."""

    title: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """The workbook as it is to be written."""

    dispositifs: TemplateSheet
    persons: TemplateSheet
    events: TemplateSheet
    corrections: Corrections
    date_format: str

    @property
    def labels(self) -> dict[str, tuple[str, str]]:
        """The title of the sheet and the label of the column of each indicator."""
        return {
            column.indicator.id: (sheet.title, column.label)
            for sheet in (self.dispositifs, self.persons, self.events)
            for column in sheet.columns
        }


def load_template(data_dir: Path) -> Template:
    """Return the template of the data directory, or the packaged one where it has none.

    Raises `TemplateRefused` if it cannot be read, misses or repeats an indicator, or leaves a value unspelled.
    """
    own = data_dir / FILE_NAME
    return read_template(own if own.exists() else PACKAGED)


def read_template(path: Path) -> Template:
    """Return the template of a file; raises `TemplateRefused`."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateRefused(TemplateRefusal.UNREADABLE, file=path) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = texts.AT_LINE.format(line=mark.line + 1) if mark is not None else ""
        raise TemplateRefused(TemplateRefusal.NOT_YAML, file=path, line=line) from error
    try:
        return _template(_completed(document) if path == PACKAGED else document)
    except TemplateRefused as error:
        raise TemplateRefused(TemplateRefusal.REFUSED, file=path, reason=error) from error


def _completed(document: Any) -> Any:
    """Return the packaged template with what the annex has gained since: its label, its spelling, a usual width.

    Only the packaged one: what an administrator wrote is theirs to complete.
    """
    for name, sheet in SHEETS.items():
        columns = document["sheets"][name]["columns"]
        present = [column["indicator"] for column in columns]
        for place, indicator in enumerate(sheet.indicators):
            if indicator.id not in present:
                columns.insert(place, {"indicator": indicator.id, "label": indicator.label, "width": USUAL_WIDTH})
    for name, members in LISTS.items():
        given = document["lists"].get(name, {})
        document["lists"][name] = {code.value: given.get(code.value, text) for code, text in members.items()}
    return document


def _template(document: object) -> Template:
    whole = _mapping(document, texts.WHOLE, ("date_format", "sheets", "corrections", "lists"))
    spellings = _spellings(whole["lists"])
    described = _mapping(whole["sheets"], "sheets", tuple(SHEETS))
    sheets = {name: _sheet(name, described[name], spellings) for name in SHEETS}
    corrections = _corrections(whole["corrections"])
    titles = [sheet.title for sheet in sheets.values()] + [corrections.title, HIDDEN_SHEET]
    if len({title.casefold() for title in titles}) < len(titles):
        raise TemplateRefused(TemplateRefusal.TITLES_REPEATED)
    date_format = _text(whole["date_format"], "date_format")
    return Template(sheets["dispositifs"], sheets["personnes"], sheets["evenements"], corrections, date_format)


def _spellings(given: object) -> dict[str, Mapping[str, str]]:
    lists = _mapping(given, "lists", tuple(LISTS))
    result: dict[str, Mapping[str, str]] = {}
    for name, members in LISTS.items():
        spelled = _mapping(lists[name], name, tuple(member.value for member in members))
        texts_of = {code: _text(value, f"{name}.{code}") for code, value in spelled.items()}
        for code, text in texts_of.items():
            if text.startswith(FORMULA_SIGNS):
                raise TemplateRefused(TemplateRefusal.FORMULA, where=f"{name}.{code}")
        if len(set(texts_of.values())) < len(texts_of):
            raise TemplateRefused(TemplateRefusal.SPELLED_TWICE, where=name)
        result[name] = texts_of
    return result


def _sheet(name: str, given: object, spellings: Mapping[str, Mapping[str, str]]) -> TemplateSheet:
    described = _mapping(given, name, ("title", "columns"))
    if not isinstance(described["columns"], list):
        raise TemplateRefused(TemplateRefusal.LIST_EXPECTED, where=f"{name}.columns")
    columns = [_column(SHEETS[name], item, f"{name}.columns", spellings) for item in described["columns"]]
    present = [column.indicator.id for column in columns]
    for indicator in SHEETS[name].indicators:
        if indicator.id not in present:
            raise TemplateRefused(TemplateRefusal.MISSING, where=f"{name}.columns", what=indicator.id)
        if present.count(indicator.id) > 1:
            raise TemplateRefused(TemplateRefusal.TWICE, where=f"{name}.columns", what=indicator.id)
    _check_labels([column.label for column in columns], name)
    return TemplateSheet(_title(described["title"], name), tuple(columns))


def _column(
    sheet: NationalSheet, given: object, where: str, spellings: Mapping[str, Mapping[str, str]]
) -> TemplateColumn:
    described = _mapping(given, where, ("indicator", "label", "width"))
    try:
        indicator = sheet.indicator(described["indicator"])
    except KeyError as error:
        raise TemplateRefused(TemplateRefusal.UNKNOWN, where=where, what=described["indicator"]) from error
    width = described["width"]
    if isinstance(width, bool) or not isinstance(width, int | float) or not 1 <= width <= WIDEST:
        raise TemplateRefused(TemplateRefusal.WIDTH, where=indicator.id)
    spelling = next((spellings[name] for name, own in LISTS.items() if own is indicator.choices), None)
    return TemplateColumn(indicator, _text(described["label"], indicator.id), float(width), spelling)


def _corrections(given: object) -> Corrections:
    described = _mapping(given, "corrections", ("title", "columns"))
    columns = _mapping(described["columns"], "corrections.columns", CORRECTION_COLUMNS)
    labels = [_text(columns[key], f"corrections.{key}") for key in CORRECTION_COLUMNS]
    _check_labels(labels, "corrections")
    return Corrections(_title(described["title"], "corrections"), tuple(labels))


def _check_labels(labels: list[str], where: str) -> None:
    for label in labels:
        if labels.count(label) > 1:
            raise TemplateRefused(TemplateRefusal.TWICE, where=where, what=label)


def _title(given: object, where: str) -> str:
    title = _text(given, f"{where}.title")
    if len(title) > LONGEST_TITLE or FORBIDDEN_IN_TITLES & set(title) or title[0] == "'" or title[-1] == "'":
        raise TemplateRefused(TemplateRefusal.TITLE, where=where, title=title)
    return title


def _text(given: object, where: str) -> str:
    if not isinstance(given, str) or not given.strip():
        raise TemplateRefused(TemplateRefusal.TEXT_EXPECTED, where=where)
    return given.strip()


def _mapping(given: object, where: str, keys: tuple[str, ...]) -> dict[str, Any]:
    """Return a mapping that has exactly these keys."""
    if not isinstance(given, dict):
        raise TemplateRefused(TemplateRefusal.MAPPING_EXPECTED, where=where)
    for key in keys:
        if key not in given:
            raise TemplateRefused(TemplateRefusal.MISSING, where=where, what=key)
    for key in given:
        if key not in keys:
            raise TemplateRefused(TemplateRefusal.UNKNOWN, where=where, what=key)
    return given
