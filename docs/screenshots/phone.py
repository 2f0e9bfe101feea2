"""One person's phone in a browser: what they tap and write, and the picture of what they then see.

Hours and days of the messages are hidden, so that a picture changes only when what it shows does.
"""

import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

IMAGES = Path(__file__).parents[1] / "guide" / "images"

ANSWER_MS = 15_000
MARGIN = 8
WIDTH, HEIGHT = 390, 900
SCALE = 1
SMALL_HEIGHT, TALL_HEIGHT = 560, 1_400
ROOM = 760
"""How much of the phone's height the messages have, between the name of the bot and the line where one writes."""

PAUSE_MS = 3_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-lcd-text",  # letters in greys: the same everywhere, and half the size
    "--font-render-hinting=none",
)

STILL = """
.stamp, .day, .toast { display: none !important; }
.chat { background: #cfdfe0 !important; }
.row button:hover { background: var(--key) !important; }
* { caret-color: transparent !important; transition: none !important; box-shadow: none !important; }
:focus-visible { outline: none !important; }
"""


class Phone:
    """One person's phone: taps and types in the last message, and photographs it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._messages = page.locator("#messages > .message")

    @property
    def last(self) -> Locator:
        """The message at the bottom, which is the screen the person has before them."""
        return self._messages.last

    def start(self) -> None:
        """Touch « Démarrer », the first thing on any bot."""
        self._answered(self._page.locator("#start").click)

    def tap(self, label: str) -> None:
        """Touch the button of the present screen whose label begins so."""
        self._answered(self._button(label).click)

    def open_link(self) -> None:
        """Touch the link of the message received outside the chat."""
        self.last.locator(".row button").first.click()

    def write(self, text: str) -> None:
        """Write a message and send it."""
        # Telegram allows a message a second: hurried, it would refuse to take the old screen's buttons away.
        self._page.wait_for_timeout(PAUSE_MS)
        box = self._page.locator("#text")
        box.fill(text)
        self._answered(lambda: box.press("Enter"), messages=2)

    def told(self, beginning: str) -> None:
        """Wait for a message that arrives by itself, and begins so."""
        self.last.filter(has_text=beginning).wait_for(timeout=ANSWER_MS)

    def shown(self) -> None:
        """Wait for a picture that arrives by itself, until all of it is there."""
        self.last.locator("img").wait_for(timeout=ANSWER_MS)
        self._page.wait_for_function(
            "() => [...document.querySelectorAll('#messages img')].every(one => one.complete && one.naturalWidth)",
            timeout=ANSWER_MS,
        )

    def has(self, label: str) -> bool:
        """Whether the present screen has a button whose label begins so."""
        return any(_plain(text).startswith(_plain(label)) for text in self._labels())

    def photograph(self, name: str, messages: int = 1) -> None:
        """Write the picture of the present screen, with what stands before it where more messages are wanted."""
        top, bottom = self._bounds(messages)
        if bottom - top <= ROOM:
            self._save(name, top, bottom)
            return
        with self._held(TALL_HEIGHT):
            self._save(name, *self._bounds(messages))

    def photograph_page(self, name: str) -> None:
        """Write the picture of the whole phone, held a little shorter."""
        with self._held(SMALL_HEIGHT):
            self._save(name, 0, SMALL_HEIGHT)

    @contextmanager
    def _held(self, height: int) -> Iterator[None]:
        """Hold a phone of another height for a moment."""
        self._page.set_viewport_size({"width": WIDTH, "height": height})
        yield
        self._page.set_viewport_size({"width": WIDTH, "height": HEIGHT})

    def _bounds(self, messages: int) -> tuple[float, float]:
        """Return where the last messages begin and end."""
        first = self._messages.nth(self._messages.count() - messages).bounding_box()
        last = self.last.bounding_box()
        assert first is not None
        assert last is not None
        return first["y"] - MARGIN, last["y"] + last["height"] + MARGIN

    def _save(self, name: str, top: float, bottom: float) -> None:
        self._page.mouse.move(0, 0)
        clip = {"x": 0.0, "y": top, "width": float(WIDTH), "height": bottom - top}
        self._page.screenshot(path=IMAGES / f"{name}.png", clip=clip, animations="disabled")  # type: ignore[arg-type]

    def _labels(self) -> list[str]:
        return self.last.locator(".row button").all_inner_texts()

    def _button(self, label: str) -> Locator:
        labels = self._labels()
        for place, text in enumerate(labels):
            if _plain(text).startswith(_plain(label)):
                return self.last.locator(".row button").nth(place)
        raise LookupError(f"no button « {label} » among {labels}")

    def _answered(self, act: Callable[[], None], messages: int = 0) -> None:
        """Do something, and wait until the bot has answered: the last message is another, or reads otherwise."""
        number, before = self._messages.count(), self._page.locator("#messages").inner_html()
        act()
        self._page.wait_for_function(
            """([number, before, more]) => {
                const box = document.getElementById("messages");
                const shown = box.querySelectorAll(":scope > .message");
                return shown.length >= number + more && box.innerHTML !== before
                    && !shown[shown.length - 1].classList.contains("user")
                    && !box.querySelector("[aria-busy]");
            }""",
            arg=[number, before, messages],
            timeout=ANSWER_MS,
        )


def _plain(text: str) -> str:
    """Return a label whatever its apostrophes and spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").split()).casefold()


@contextmanager
def browser() -> Iterator[Browser]:
    """Open the browser that the phones are shown in: the one on the `PATH`, or Playwright's own."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield opened
        opened.close()


@contextmanager
def phone(within: Browser, address: str, person: int) -> Iterator[Phone]:
    """Open one person's phone in a browser."""
    context = within.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        device_scale_factor=SCALE,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{address}/#{person}")
    # The page's own policy forbids a style written into it; one handed over as an object is ours.
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
        STILL,
    )
    page.wait_for_selector("#starter:not([hidden])")
    yield Phone(page)
    context.close()
