"""The phone page in a real browser: a conversation as a person has it."""

import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.simulator.client import ANA, BEN, Client, button, form_with_file, keyboard, until
from tests.simulator.test_files import GIF

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_PHONE: Any = {"viewport": {"width": 390, "height": 844}, "locale": "fr-FR", "reduced_motion": "reduce"}


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("JALON_TEST_REQUIRE_BROWSER") == "1":
            pytest.fail("no Chromium on the PATH")
        pytest.skip("no Chromium on the PATH")
    return found


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    executable = _chromium()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=executable, args=_FLAGS)
        yield launched
        await launched.close()


@pytest.fixture
async def page(browser: Browser, client: Client) -> AsyncIterator[Page]:
    """A phone's screen; an error of the page's script is an error of the test."""
    context = await browser.new_context(**_PHONE, base_url=client.sim.url)
    opened = await context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield opened
    await context.close()
    assert [error for error in errors if "404" not in error] == []


async def _answer_next_tap(client: Client, **answer: Any) -> None:
    update = (await client.updates(timeout=10))[-1]
    await client.bot("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], **answer)


async def test_a_conversation(page: Page, client: Client) -> None:
    await page.goto("/")
    await page.get_by_role("button", name="Ana").click()
    assert page.url.endswith(f"#{ANA}")
    log = page.get_by_role("log")
    await expect(log.get_by_text("/start")).to_be_visible()

    sent = await client.message(
        text="<b>Rien</b> n’a changé ? <script>".replace("<script>", "&lt;script&gt;"),
        parse_mode="HTML",
        reply_markup=keyboard([button("Oui", "o"), button("Non", "n")]),
    )
    await expect(log.locator("b", has_text="Rien")).to_be_visible()
    await expect(log.get_by_text("<script>")).to_be_visible()
    client.sim.state.updates.drop()
    tapped = log.get_by_role("button", name="Oui")
    await tapped.click()
    await expect(tapped).to_have_attribute("aria-busy", "true")
    await _answer_next_tap(client, text="Enregistré.")
    await expect(page.get_by_role("status")).to_have_text("Enregistré.")
    await expect(tapped).not_to_have_attribute("aria-busy", "true")

    await client.bot("editMessageText", chat_id=ANA, message_id=sent["message_id"], text="Fini.")
    await expect(log.get_by_text("Fini.")).to_be_visible()
    await expect(log.get_by_text("modifié")).to_be_visible()
    await expect(log.get_by_role("button")).to_have_count(0)

    box = page.get_by_role("textbox", name="Message")
    await box.fill("Merci")
    await box.press("Enter")
    await expect(log.locator(".user", has_text="Merci")).to_be_visible()
    assert (await client.updates(offset=-1))[0]["message"]["text"] == "Merci"


async def test_an_alert_is_a_dialog_that_escape_closes(page: Page, client: Client) -> None:
    await client.message(reply_markup=keyboard([button("Oui", "o")]))
    await page.goto(f"/?phone={ANA}")
    await page.get_by_role("button", name="Oui").press("Enter")
    await _answer_next_tap(client, text="Attention", show_alert=True)
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Attention")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()


async def test_an_invitation_becomes_a_start_button(page: Page, client: Client) -> None:
    await client.sim_post(f"users/{BEN}/note", text="Votre invitation", url="https://t.me/jalon_demo_bot?start=abc_1")
    await page.goto(f"/#{BEN}")
    start = page.get_by_role("button", name="Démarrer")
    await expect(start).to_be_visible()
    await page.get_by_role("button", name="Ouvrir le lien").click()
    await expect(start).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    assert (await client.updates())[0]["message"]["text"] == "/start abc_1"


async def test_the_start_button_takes_the_invitation_above_it(page: Page, client: Client) -> None:
    await page.goto(f"/#{BEN}")
    start = page.get_by_role("button", name="Démarrer")
    await expect(start).to_be_visible()
    url = "https://t.me/jalon_demo_bot?start=abc_2"
    await client.sim_post(f"users/{BEN}/note", text="Votre invitation", url=url)
    await expect(page.get_by_text("Votre invitation")).to_be_visible()
    await start.click()
    await expect(page.get_by_role("log").get_by_text("/start abc_2")).to_be_visible()
    assert (await client.updates())[0]["message"]["text"] == "/start abc_2"


async def test_an_empty_chat_starts_plainly(page: Page, client: Client) -> None:
    await page.goto(f"/#{BEN}")
    await page.get_by_role("button", name="Démarrer").click()
    await expect(page.get_by_role("log").get_by_text("/start", exact=True)).to_be_visible()
    assert (await client.updates())[0]["message"]["text"] == "/start"


async def test_files_and_photos(page: Page, client: Client) -> None:
    await client.bot_multipart(
        "sendDocument", form_with_file("document", b"x" * 2048, "liste.csv", {"chat_id": str(ANA)})
    )
    await client.bot_multipart("sendPhoto", form_with_file("photo", GIF, "a.gif", {"chat_id": str(ANA)}))
    await page.goto(f"/?phone={ANA}")
    link = page.get_by_role("link", name="liste.csv")
    await expect(link).to_contain_text("2 Ko")
    async with page.expect_download() as download:
        await link.click()
    assert (await download.value).suggested_filename == "liste.csv"
    await expect(page.get_by_role("img", name="Photo")).to_be_attached()
    await page.locator("#file").set_input_files({"name": "retour.csv", "mimeType": "text/csv", "buffer": b"a;b"})
    await expect(page.get_by_role("link", name="retour.csv")).to_be_visible()
    assert (await client.updates())[0]["message"]["document"]["file_name"] == "retour.csv"


async def test_the_menu_lists_the_commands(page: Page, client: Client) -> None:
    await client.bot("setMyCommands", commands=[{"command": "saisir", "description": "Saisir les réponses"}])
    await page.goto(f"/?phone={ANA}")
    menu = page.get_by_role("button", name="Menu")
    await menu.click()
    await page.keyboard.press("Escape")
    await expect(menu).to_be_focused()
    await menu.click()
    await page.get_by_role("button", name="Saisir les réponses").click()
    await expect(page.get_by_role("log").get_by_text("/saisir")).to_be_visible()
    assert (await client.updates())[0]["message"]["text"] == "/saisir"


async def test_the_header_says_that_the_bot_is_writing(page: Page, client: Client) -> None:
    await page.goto(f"/?phone={ANA}")
    header = page.get_by_role("main").locator("header")
    await expect(header).to_contain_text("Téléphone de Ana")
    await expect(page.get_by_role("log").get_by_text("/start")).to_be_visible()
    await client.bot("sendChatAction", chat_id=ANA, action="typing")
    await expect(header).to_contain_text("écrit…")
    await client.message(text="Voilà")
    await expect(header).to_contain_text("Téléphone de Ana")


async def test_the_newest_message_is_in_view_and_touch_targets_are_large(page: Page, client: Client) -> None:
    for number in range(12):
        await client.message(text=f"Message {number}\n" * 5, reply_markup=keyboard([button(f"Bouton {number}")]))
    await page.goto(f"/?phone={ANA}")
    last = page.get_by_role("button", name="Bouton 11")
    await expect(last).to_be_in_viewport(ratio=1)
    client.clock.pass_(60)
    await client.message(text="La dernière", reply_markup=keyboard([button("Tout en bas")]))
    await expect(page.get_by_role("button", name="Tout en bas")).to_be_in_viewport(ratio=1)
    for target in await page.locator("button:visible").all():
        box = await target.bounding_box()
        assert box is not None
        assert box["height"] >= 44, await target.inner_text()
    overflow = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert overflow is False


async def test_a_page_catches_up_after_a_broken_feed(page: Page, client: Client) -> None:
    await page.goto(f"/?phone={ANA}")
    await expect(page.get_by_role("log").get_by_text("/start")).to_be_visible()
    client.sim.state.feed.close()
    await until(lambda: not client.sim.state.feed.is_watched(ANA))
    await client.message(text="Pendant l’absence")
    await expect(page.get_by_text("Pendant l’absence")).to_be_visible(timeout=10_000)
