"""The pictures of the French guide: plays a quarter in the demo, coach then coordinator, and photographs the screens.

`make guide` starts a demo of its own on a free port, with data of its own, and writes `docs/guide/images/*.png`.
Hours and days of the messages are hidden, so that a picture changes only when what it shows does.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unicodedata
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Locator, Page, sync_playwright

IMAGES = Path(__file__).parent / "guide" / "images"
COACH, COORDINATOR, CHIEF, ADMIN, INVITED = 1001, 1002, 1003, 1004, 1006

PARIS = ZoneInfo("Europe/Paris")
CONTACTS = (
    ("MDPH", "Référent", "referente@mdph.exemple.fr"),
    ("France Travail", "Conseiller", "conseil@france-travail.exemple.fr"),
    ("Dispositif", "Responsable", "coordination@exemple.fr"),
)
"""The last one is the demo's coordinator, who is invited in the chat."""

START_S = 60.0
ANSWER_MS = 15_000
MARGIN = 8
WIDTH, HEIGHT = 390, 900
SCALE = 1
SMALL_HEIGHT = 560
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
        first = self._messages.nth(self._messages.count() - messages).bounding_box()
        last = self.last.bounding_box()
        assert first is not None
        assert last is not None
        self._save(name, first["y"] - MARGIN, last["y"] + last["height"] + MARGIN)

    def photograph_page(self, name: str) -> None:
        """Write the picture of the whole phone, held a little shorter."""
        self._page.set_viewport_size({"width": WIDTH, "height": SMALL_HEIGHT})
        self._save(name, 0, SMALL_HEIGHT)
        self._page.set_viewport_size({"width": WIDTH, "height": HEIGHT})

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


def coming_in(phone: Phone) -> None:
    """The invitation, and the welcome."""
    phone.photograph("invitation")
    phone.open_link()
    phone.start()
    phone.photograph("bienvenue")


def one_by_one(phone: Phone) -> None:
    """One tap, one line, a warning, an exit."""
    phone.start()
    phone.photograph_page("accueil")
    phone.tap("Saisir la suivante")
    phone.photograph("fiche")
    phone.tap("Rien n'a changé")
    phone.photograph("enregistre")

    phone.tap("Emploi")
    phone.photograph("choix")
    phone.tap("CDD")
    phone.photograph("changement")
    phone.tap("Enregistrer")

    phone.tap("Formation")
    phone.tap("Sans objet")
    phone.tap("Enregistrer")
    phone.photograph("avertissement")
    phone.tap("Oui, la formation est finie")

    phone.tap("Statut")
    phone.tap("Suivi terminé")
    phone.photograph("sortie")
    phone.tap("15")
    phone.tap("Enregistrer")
    phone.tap("Oui")


def lists_and_several(phone: Phone) -> None:
    """The list, a correction, and nothing changed for several."""
    phone.write("/personnes")
    phone.photograph("liste")
    phone.tap("Saisies")
    phone.tap("…")
    phone.photograph("corriger")

    phone.write("/saisir")
    phone.tap("Rien n'a changé pour")
    phone.photograph("plusieurs")
    phone.tap("En retirer")
    phone.tap("…")
    phone.photograph("retirer")
    phone.tap("Retour")
    phone.tap("Oui, rien n'a changé")
    phone.photograph("plusieurs-enregistrees")


def a_new_person(phone: Phone) -> None:
    """Six questions, left half-way and resumed, answered by tapping and by typing; the end of the quarter."""
    while not phone.has("Suivi par le dispositif"):
        phone.tap("Rien n'a changé" if phone.has("Rien n'a changé") and phone.has("Passer") else "Saisir la suivante")
    phone.photograph("question")
    phone.tap("Suivi par le dispositif")
    phone.tap("Que compte-t-on")
    phone.photograph("definition")
    phone.write("veille")
    phone.photograph("ecrire", messages=2)
    phone.tap("Sans emploi")
    phone.tap("Sans objet")
    phone.write("/saisir")
    phone.photograph("reprendre")
    phone.tap("Saisir la suivante")
    phone.tap("Sans emploi")
    phone.tap("Sans objet")
    phone.photograph("recapitulatif")
    phone.tap("Enregistrer")
    phone.photograph("fini")
    phone.write("/confidentialite")
    phone.photograph("confidentialite")


def reminding(phone: Phone) -> None:
    """The next reminder, put off and taken back; its hour, an absence."""
    phone.write("/rappels")
    phone.photograph("rappels")
    phone.tap("Me le rappeler")
    phone.photograph("rappel-reporte")
    phone.tap("Vos rappels")
    phone.tap("Changer l'heure")
    phone.photograph("rappel-heure")
    phone.tap("Retour")
    phone.tap("Indiquer une absence")
    phone.photograph("absence")
    phone.tap("Retour")


def foreseeing(phone: Phone) -> None:
    """A coordinator's reminders, the forecast, who put theirs off."""
    phone.write("/rappels")
    phone.photograph("rappels-coordination")
    phone.tap("Prévision")
    phone.photograph("prevision")
    phone.tap("Qui a reporté")
    phone.photograph("reports")


def announcing(phone: Phone) -> None:
    """What would go out now; an announcement seen before it leaves, and how it arrives."""
    phone.write("/rappels apercu")
    phone.photograph("rappels-apercu")
    phone.write("/annonce")
    phone.tap("Job coachs")
    phone.photograph("annonce-perimetre")
    phone.tap("France entière")
    phone.write("Bonjour,\nla date de la remontée est confirmée : le 31 décembre. Merci de votre travail.")
    phone.photograph("annonce")
    phone.tap("Envoyer à")
    phone.photograph("annonces")


def reviewing(phone: Phone) -> None:
    """Where the dispositif stands, an entry to look at, a question sent back, the rest validated in one tap."""
    phone.write("/valider")
    phone.photograph("relecture")
    phone.tap("Regarder")
    phone.photograph("regarder")
    phone.tap("Renvoyer")
    phone.tap("Emploi")
    phone.photograph("renvoyer")
    phone.write("/valider")
    phone.tap("Valider les")
    phone.photograph("validees")


def keeping(phone: Phone) -> None:
    """The figures of the dispositif, and the persons' files."""
    phone.write("/chiffres")
    phone.photograph("chiffres")
    phone.tap("Liste d'attente")
    phone.photograph("chiffre")
    phone.write("/personnes")
    phone.photograph("fiches")
    phone.tap("…")
    phone.photograph("fiche-coordination")


def exchanging(phone: Phone) -> None:
    """An export rehearsed; its links, drawn anew each time, are not photographed."""
    phone.write("/export")
    phone.photograph("export")
    phone.tap("31")
    phone.told("Répétition")
    phone.photograph("repetition")


def administering(phone: Phone) -> None:
    """The work of the workers."""
    phone.start()
    phone.write("/taches")
    phone.photograph("taches")


def reading_figures(phone: Phone) -> None:
    """What there is to see, and a picture of which small numbers are masked."""
    phone.start()
    phone.tap("Les chiffres")
    phone.photograph("chiffres-stats")
    phone.tap("Emploi dans le dernier mois")
    phone.shown()
    phone.photograph("chiffres-masques")


def reading_ones_own(phone: Phone) -> None:
    """The same, for whoever holds the data."""
    phone.write("/stats")
    phone.tap("Emploi dans le dernier mois")
    phone.shown()
    phone.photograph("chiffres-image")


def own_quarter(phone: Phone) -> None:
    """Where a job coach stands, and what changed."""
    phone.write("/trimestre")
    phone.photograph("trimestre")


def planning(phone: Phone) -> None:
    """A chef de file's first point: day, hour, place, two contacts; the series it could be; the card."""
    phone.write("/start")
    phone.photograph("chef-accueil")
    phone.write("/point")
    phone.photograph("point")
    phone.tap("Planifier le point")
    phone.photograph("point-jour")
    phone.write(f"{_third_tuesday():%d/%m/%Y}")
    phone.tap("14 h")
    phone.tap("1 h 30")
    phone.write("MDPH, salle 2")
    for body, function, address in CONTACTS:
        for label in ("Ajouter un contact", body, function):
            phone.tap(label)
        phone.write(address)
    phone.photograph("point-invites")
    phone.tap("Continuer avec")
    phone.photograph("point-recapitulatif")
    phone.tap("En faire une série")
    phone.tap("Le troisième mardi du mois")
    phone.photograph("point-serie")
    phone.tap("En faire une série")
    phone.tap("Une seule fois")
    confirming(phone)


def confirming(phone: Phone) -> None:
    """Confirm a point, and what is asked about before: bodies that are not invited, a weekend."""
    phone.tap("Confirmer")
    if phone.has("Oui, confirmer"):
        phone.tap("Oui, confirmer")


def answering(phone: Phone) -> None:
    """An invitation, and its answer."""
    phone.told("Invitation")
    phone.photograph("reunion-invitation")
    phone.tap("Présent")
    phone.photograph("reunion-reponse")


def reporting(phone: Phone) -> None:
    """The answers; then a point of this very minute, held, reported and signed; the obligations."""
    phone.write("/point")
    phone.tap("mardi")
    phone.photograph("reunion-fiche")
    begins = datetime.now(PARIS) + timedelta(minutes=1)
    phone.write("/point")
    phone.tap("Planifier le point")
    phone.write(f"{begins:%d/%m/%Y}")
    phone.tap("Changer l'heure")
    phone.write(f"{begins.hour} h {begins:%M}")
    confirming(phone)
    while datetime.now(PARIS) < begins.replace(second=2):
        time.sleep(1)
    phone.write("/point")
    phone.tap(f"{begins.day}")
    phone.photograph("reunion-tenue")
    for label in ("Oui, la réunion", "MDPH", "France Travail"):
        phone.tap(label)
    phone.tap("Continuer avec")
    phone.photograph("compte-rendu-nombre")
    for number in ("6", "4", "2", "0"):
        phone.tap(number)
    phone.tap("Choix de la personne")
    phone.tap("1")
    phone.photograph("compte-rendu-cap-emploi")
    for label in ("Continuer avec", "Oui, examiné", "Ajouter une décision", "Revoir la liste", "MDPH"):
        phone.tap(label)
    phone.write(f"{begins + timedelta(days=30):%d/%m/%Y}")
    phone.tap("Continuer avec")
    phone.photograph("compte-rendu")
    phone.tap("Signer")
    phone.tap("Oui, signer")
    phone.photograph("compte-rendu-signe")
    phone.write("/obligations")
    phone.photograph("obligations")
    phone.tap("Mois par mois")
    phone.photograph("obligations-mois")


def _third_tuesday() -> date:
    """Return the third Tuesday of the next month."""
    first = (datetime.now(PARIS).date().replace(day=1) + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=(1 - first.weekday()) % 7 + 14)


@contextmanager
def demo() -> Iterator[str]:
    """Run a demo with data of its own, give its address, and stop it at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="jalon-guide-") as folder:
        command = [sys.executable, "-m", "bot", "demo", "--port", str(port), "--data-dir", folder]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
        try:
            yield _ready(f"http://127.0.0.1:{port}")
        finally:
            running.terminate()
            running.wait()


def _ready(address: str) -> str:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/sim/calls?method=setMyCommands", timeout=2) as answer:  # noqa: S310
                if answer.read() != b"[]":  # the bot has begun to speak
                    return address
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            pass
        time.sleep(0.2)
    raise TimeoutError(address)


@contextmanager
def phone(browser: Browser, address: str, person: int) -> Iterator[Phone]:
    """Open one person's phone in a browser."""
    context = browser.new_context(
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


def main() -> None:
    """Write every picture of the guide."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        with phone(browser, address, INVITED) as invited:
            coming_in(invited)
        with phone(browser, address, COACH) as coach, phone(browser, address, COORDINATOR) as coordinator:
            one_by_one(coach)
            reminding(coach)
            coordinator.start()
            foreseeing(coordinator)
            lists_and_several(coach)
            a_new_person(coach)
            own_quarter(coach)
            reviewing(coordinator)
            keeping(coordinator)
            reading_ones_own(coordinator)
            exchanging(coordinator)
            with phone(browser, address, CHIEF) as chief:
                reading_figures(chief)
                planning(chief)
                answering(coordinator)
                reporting(chief)
        with phone(browser, address, ADMIN) as admin:
            administering(admin)
            announcing(admin)
        browser.close()


if __name__ == "__main__":
    main()
