"""The one-page report, read back from the file: one page, every figure as text, the fonts inside."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from models.accounts.permissions import COMMAND_LINE
from models.accounts.repository import asker_of
from models.accounts.tables import Role
from models.base.database import Database
from models.statistics.charts.readings import Asked
from models.statistics.charts.reports import NUMBERS, report
from models.statistics.charts.texts import figure, printed
from models.statistics.errors import OfDispositifs, UnknownCampaign, UnknownScope
from models.statistics.indicators.catalogue import INDICATORS
from models.statistics.sheet import Value
from tasks.statistics.pictures.sheet import pdf
from tests.harness import factories
from tests.harness.factories import NOW, SEPTEMBER
from tests.statistics import sample_pictures as gallery
from tests.statistics.sample_data import town


def read(content: bytes) -> tuple[Any, str]:
    """Return the page, and its text with plain spaces."""
    (page,) = PdfReader(io.BytesIO(content)).pages
    return page, " ".join(page.extract_text().split())


def fonts(page: Any) -> list[Any]:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_an_a4_page_with_its_figures_as_text_and_its_fonts_inside() -> None:
    page, text = read(pdf(gallery.report("bars", "stacked", "lines", "heat")))
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    assert "La page du trimestre" in text
    assert "Département du Rhône · 31 décembre 2026" in text
    assert "F07 Personnes accompagnées au moins 2 h par mois" in text
    for shown in ("Sans emploi", "2 832", "Les Tilleuls", "ABC01", "92 %", gallery.SOURCE):
        assert shown in text
    for font in fonts(page):
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert "DejaVuSans" in inner["/BaseFont"]
        assert "/FontFile2" in inner["/FontDescriptor"].get_object()


def test_the_same_report_twice_is_the_same_file() -> None:
    assert pdf(gallery.report("bars")) == pdf(gallery.report("bars"))


@pytest.mark.parametrize("scope", ["national", "region:84", "departement:69", "dispositif:ABC01"])
async def test_a_report_holds_the_main_indicators_under_their_numbers(database: Database, scope: str) -> None:
    async with database.transaction() as session:
        await town(session)
        made = await report(Asked(session, COMMAND_LINE, SEPTEMBER, scope, NOW))
    _, text = read(pdf(made))
    for number in NUMBERS:
        assert number in text
    assert f"F01 {INDICATORS['F01'].title} 12" in text
    assert "Personnes saisies sur les personnes attendues 12 sur 12 (100 %)" in text
    assert "Emploi dans le dernier mois" in text
    assert "30 septembre 2026" in text


@pytest.mark.parametrize("scope", ["structure:1", "caseload"])
async def test_a_part_of_a_dispositif_has_no_page(database: Database, scope: str) -> None:
    async with database.transaction() as session:
        coach = await factories.account(session, 1001)
        chief = await factories.account(session, 1003, Role.CHEF_DE_FILE, "departement:69")
        await town(session, coach)
        account = coach if scope == "caseload" else chief
        assert account.id is not None
        with pytest.raises(OfDispositifs, match="existe pour un dispositif, un département, une région ou la France"):
            await report(Asked(session, await asker_of(session, account.id), SEPTEMBER, scope, NOW))


async def test_what_does_not_exist_is_refused(database: Database) -> None:
    async with database.transaction() as session:
        await town(session)
        with pytest.raises(UnknownScope):
            await report(Asked(session, COMMAND_LINE, SEPTEMBER, "dispositif:ZZZ99", NOW))
        with pytest.raises(UnknownCampaign):
            await report(Asked(session, COMMAND_LINE, SEPTEMBER.replace(day=1), "national", NOW))


@pytest.mark.parametrize(
    ("number", "value", "shown"),
    [
        ("F01", Value(INDICATORS["F01"], 5552), "5\u202f552"),
        ("F17", Value(INDICATORS["F17"], 51.01, 5552), "51\u00a0%"),
        ("F20", Value(INDICATORS["F20"], -7.3), "−7,3\u00a0points par année d’ancienneté"),
        ("F21", Value(INDICATORS["F21"], 0.4), "0,4\u00a0point par année d’ancienneté"),
        ("F17", Value(INDICATORS["F17"], masked=True), "masqué"),
        ("F05", Value(INDICATORS["F05"]), "–"),
    ],
)
def test_an_indicator_is_printed_in_its_unit(number: str, value: Value, shown: str) -> None:
    assert value.indicator.number == number
    assert figure(value) == shown


def test_a_missing_value_says_why() -> None:
    missing = printed(Value(INDICATORS["F05"], note="Il manque la campagne du 30 septembre 2025."))
    assert missing.value == "Il manque la campagne du 30 septembre 2025"
    assert printed(Value(INDICATORS["F05"], masked=True, note="Masqué.")).value == "masqué"


async def test_the_page_says_by_which_method_and_why_there_is_no_value(database: Database) -> None:
    async with database.transaction() as session:
        await town(session)
        made = await report(Asked(session, COMMAND_LINE, SEPTEMBER, "dispositif:ABC01", NOW))
    _, text = read(pdf(made))
    assert "F20 et F21, méthode A : moindres carrés ordinaires." in text
    assert "F05 Évolution sur un an Il manque la campagne du 30 septembre 2025" in text
