"""A coach enters persons on the phone page, in a real browser, by touch and by keyboard."""

import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from models.accounts.tables import Account
from models.reference.nomenclature import Emploi, Niveau
from tests.harness.application import COACH, ON_SQLITE
from tests.harness.factories import USUAL
from tests.harness.wired import WIRED, WiredApplication

pytestmark = WIRED

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE: Any = {"viewport": {"width": 390, "height": 844}, "locale": "fr-FR", "has_touch": True}


def chromium() -> str:
    """Return the Chromium of the machine; without one the tests are skipped, unless they are required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("JALON_TEST_REQUIRE_BROWSER") == "1":
            pytest.fail("no Chromium on the PATH")
        pytest.skip("no Chromium on the PATH")
    return found


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium."""
    executable = chromium()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield launched
        await launched.close()


@pytest.fixture
async def page(browser: Browser, app: WiredApplication, coach: Account) -> AsyncIterator[Page]:
    """The coach's phone, opened on three persons: one with a history, one whose job changed, one new."""
    await app.given(1, USUAL)
    await app.given([2], USUAL.changed(emploi_date=Emploi.CDD))
    await app.given([3])
    app.local.state.add_person(COACH, "Camille")
    context = await browser.new_context(**PHONE, base_url=app.local.url)
    opened = await context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    await opened.goto("/")
    await opened.get_by_role("button", name="Camille").tap()
    await opened.get_by_role("button", name="Démarrer").tap()
    await expect(log(opened).get_by_text("Remontée du 31 décembre 2026")).to_be_visible()
    yield opened
    await context.close()
    assert errors == []


def log(page: Page) -> Locator:
    """Return the conversation."""
    return page.get_by_role("log")


def button(page: Page, label: str) -> Locator:
    """Return the button of that label in the conversation."""
    return log(page).get_by_role("button", name=label, exact=True)


@ON_SQLITE
async def test_a_coach_enters_a_caseload_by_tapping(page: Page, app: WiredApplication) -> None:
    await button(page, "Saisir la suivante").tap()
    await expect(log(page)).to_contain_text("Personne 1 sur 3")
    await button(page, "Rien n'a changé").tap()
    await expect(page.get_by_role("status")).to_contain_text("Enregistré")
    await expect(log(page)).to_contain_text("Personne 2 sur 3")
    assert (await app.entered()).keys() == {1}

    await button(page, "Emploi").tap()
    await button(page, "CDI").tap()
    await button(page, "Déjà en CDI le mois dernier").tap()
    await expect(log(page)).to_contain_text("Question 1 sur 6")
    for number, answer in enumerate(
        ("Suivi par le dispositif", "Suivi : de 2 à 8 h", "CDD", "Sans objet : ni l'un ni l'autre", "CDD"), 2
    ):
        await button(page, answer).tap()
        await expect(log(page)).to_contain_text(f"Question {number} sur 6")
    await button(page, "Sans objet : ni l'un ni l'autre").tap()
    await expect(log(page)).to_contain_text("Récapitulatif")
    await button(page, "Enregistrer").tap()
    await expect(log(page)).to_contain_text("3 personnes sur 3 saisies")

    entered = await app.entered()
    assert entered[2].emploi_mois == Emploi.CDI
    assert entered[3].emploi_date == Emploi.CDD
    messages = [message for message in (await app.phone().look()).messages if message["from"] == "bot"]
    assert len(messages) == 1, "one message, edited in place"


@ON_SQLITE
async def test_the_keyboard_suffices(page: Page, app: WiredApplication) -> None:
    async def press(label: str) -> None:
        await button(page, label).focus()
        await page.keyboard.press("Enter")

    await press("Saisir la suivante")
    await press("Soutien")
    await press("Régulier : 8 à 12 h")
    await press("Enregistrer")
    await expect(page.get_by_role("status")).to_contain_text("Enregistré")
    assert (await app.entered())[1].niveau_soutien == Niveau.REGULIER

    await page.get_by_role("textbox", name="Message").focus()
    await page.keyboard.type("rien n'a change")
    await page.keyboard.press("Enter")
    await expect(log(page)).to_contain_text("Enregistré : …0002.")
    assert (await app.entered()).keys() == {1, 2}


@ON_SQLITE
async def test_every_button_can_be_touched_and_nothing_runs_off_the_screen(page: Page) -> None:
    for label, shown in (
        ("Saisir la suivante", "Personne 1 sur 3"),
        ("Statut", "Quel est le statut"),
        ("Suivi terminé : sortie", "touchez le jour"),
    ):
        await button(page, label).tap()
        await expect(log(page)).to_contain_text(shown)
        for each in await log(page).get_by_role("button").all():
            box = await each.bounding_box()
            assert box is not None
            assert box["height"] >= 36
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
