"""`/stats`: a picture in at most three taps, of what the actor may see, with two lines of words and ways on."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlmodel import col

from models.accounts.tables import Account, Role
from models.jobs.repository import ask
from models.jobs.signals import noted
from models.jobs.tables import Job
from models.persons.tables import Person
from models.reference.nomenclature import Emploi, Formation
from models.statistics.jobs import CHART
from models.statistics.texts import REFUSALS, StatisticsRefusal
from tasks.worker import work
from tests.harness import factories
from tests.harness.application import ON_SQLITE
from tests.harness.factories import USUAL
from tests.harness.fixtures import redis_url
from tests.harness.phone import Phone
from tests.harness.wired import PATIENCE_S, WiredApplication, open_wired
from tests.statistics.sample_data import town

__all__ = ["redis_url"]

COACH, CHIEF, READER, ADMIN, COORDINATOR, ELSEWHERE = 1001, 1003, 1005, 1004, 1002, 1006
PEOPLE = (
    (CHIEF, Role.CHEF_DE_FILE, "departement:69"),
    (READER, Role.READER, "region:84"),
    (ADMIN, Role.ADMIN, "national"),
    (COORDINATOR, Role.COORDINATOR, "dispositif:ABC01"),
    (ELSEWHERE, Role.READER, "departement:13"),
)


@dataclass
class Gallery:
    """The application with a worker that draws."""

    app: WiredApplication

    async def photo(self, phone: Phone) -> dict[str, object]:
        """Wait for a picture, and return its message."""
        return await self._message(phone, "photo")

    async def document(self, phone: Phone) -> dict[str, object]:
        """Wait for a document, and return its message."""
        return await self._message(phone, "document")

    async def told(self, phone: Phone, sentence: str) -> None:
        """Wait for a message that is that sentence and nothing else."""
        with self.app.local.state.feed.watch(phone.user_id) as changes:
            async with asyncio.timeout(PATIENCE_S):
                while (await phone.look()).text != sentence:
                    await changes.get()

    async def _message(self, phone: Phone, kind: str) -> dict[str, object]:
        with self.app.local.state.feed.watch(phone.user_id) as changes:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    while not (await phone.look()).screen.get(kind):
                        await changes.get()
            except TimeoutError:
                jobs = [(job.kind, job.state, job.error) for job in await self.app.rows(Job)]
                raise AssertionError(f"no {kind}: {phone.text!r}; jobs: {jobs}") from None
        return phone.screen


@pytest.fixture
async def gallery(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Gallery]:
    """A dispositif with twelve persons and three ended campaigns, a worker, and somebody in every role."""
    async with open_wired(database_url, redis_url, tmp_path) as app:
        async with app.database.transaction() as session:
            coach = await factories.account(session, COACH, email="coach@exemple.fr")
            await town(session, coach)
            await factories.campaign(session)
            for number, role, scope in PEOPLE:
                await factories.account(session, number, role, scope)
        await app.start()
        stop = asyncio.Event()
        working = asyncio.create_task(work(app.settings, lambda: app.now, stop))
        yield Gallery(app)
        stop.set()
        await working


@ON_SQLITE
async def test_a_reader_goes_from_start_to_a_picture_in_two_taps(gallery: Gallery) -> None:
    phone = await gallery.app.phone(READER).send("/start")
    assert "Rien ne vous est demandé" in phone.text
    await phone.tap("Les chiffres")
    assert phone.text.startswith("Les chiffres · Auvergne-Rhône-Alpes")
    assert "Remontée du 30 septembre 2026." in phone.text
    await phone.tap("Emploi dans le dernier mois")
    shown = await gallery.photo(phone)
    assert phone.taps == 2
    assert shown["photo"]["width"] == 800  # type: ignore[index]
    first, second = phone.text.splitlines()
    assert first == (
        "Emploi dans le dernier mois · Auvergne-Rhône-Alpes · 30 septembre 2026. Sans emploi : 58 % (7 sur 12)."
    )
    assert second == "Personnes suivies avec au moins 2 h d’accompagnement dans le mois (F01)."
    assert phone.labels == ["Évolution", "Autre remontée", "Ailleurs", "Autres chiffres"]


@ON_SQLITE
async def test_under_the_picture_are_its_evolution_another_campaign_and_other_places(gallery: Gallery) -> None:
    phone = await gallery.app.phone(COORDINATOR).send("/stats")
    assert phone.text.startswith("Les chiffres · Dispositif ABC01")
    await phone.tap("Niveau de soutien")
    picture = (await gallery.photo(phone))["message_id"]
    assert phone.text.splitlines()[0].startswith(
        "Niveau de soutien · Dispositif ABC01 · 30 septembre 2026. Suivi – de 2 à 8h/mois : 50 % (6 sur 12) ; Intensif"
    )

    await phone.tap("Évolution")
    assert phone.text.startswith("« Soutien au fil des remontées » : la réponse vous est envoyée dans un message.")
    shown = await gallery.photo(phone)
    assert shown["message_id"] != picture
    assert phone.labels == ["Autre remontée", "Ailleurs", "Autres chiffres"]

    await phone.tap("Autre remontée")
    assert phone.text == "Soutien au fil des remontées · Dispositif ABC01\n\nQuelle remontée ?"
    assert phone.labels == [
        "31 décembre 2026 (en cours)",
        "30 septembre 2026",
        "30 juin 2026",
        "31 mars 2026",
        "Retour",
    ]
    await phone.tap("30 juin 2026")
    await gallery.photo(phone)
    jobs = [job.arguments for job in await gallery.app.rows(Job)]
    assert [(one["chart"], one["day"]) for one in jobs] == [
        ("soutien", "2026-09-30"),
        ("soutien-evolution", "2026-09-30"),
        ("soutien-evolution", "2026-06-30"),
    ]

    await phone.tap("Ailleurs")
    assert phone.labels == ["Les Tilleuls, dispositif ABC01", "Retour"]
    await phone.tap("Les Tilleuls")
    assert phone.text.startswith("Les chiffres · Les Tilleuls, dispositif ABC01\nRemontée du 30 juin 2026.")
    await phone.tap("Ailleurs")
    assert phone.labels == ["Plus large : Dispositif ABC01", "Retour"]


@ON_SQLITE
async def test_among_the_other_charts_one_stays_there_after_a_picture(gallery: Gallery) -> None:
    phone = await gallery.app.phone(CHIEF).send("/stats")
    await phone.tap("D'autres chiffres")
    others = phone.labels
    assert "Sexe" in others
    await phone.tap("Sexe")
    assert phone.text.startswith("« Sexe » : la réponse vous est envoyée dans un message.\n\nLes chiffres · Rhône (69)")
    assert phone.labels == others


@ON_SQLITE
@pytest.mark.parametrize("number", [COACH, COORDINATOR])
async def test_a_part_of_a_dispositif_is_offered_neither_its_capacity_nor_its_page(
    gallery: Gallery, number: int
) -> None:
    of_dispositifs = {"Capacité et liste d'attente (au 31 décembre)", "La page du trimestre (PDF)"}
    phone = await gallery.app.phone(number).send("/stats")
    assert of_dispositifs.isdisjoint(phone.labels) is (number == COACH)
    if number == COORDINATOR:
        await phone.tap("Ailleurs")
        await phone.tap("Les Tilleuls")
    assert of_dispositifs.isdisjoint(phone.labels)
    place = "caseload" if number == COACH else "structure.1"
    for data, told in (
        (f"stats_draw:capacite:0:{place}", REFUSALS[StatisticsRefusal.CAPACITY_OF_DISPOSITIFS]),
        (f"stats_page:0:{place}", REFUSALS[StatisticsRefusal.REPORT_OF_DISPOSITIFS]),
    ):
        await phone.tap(data=data)  # a menu of before
        await gallery.told(phone, told)
        assert phone.labels == ["Les chiffres"]


@ON_SQLITE
async def test_where_there_is_nothing_to_draw_a_sentence_comes(gallery: Gallery) -> None:
    phone = await gallery.app.phone(CHIEF).send("/stats")
    await phone.tap("Capacité et liste d'attente")
    await gallery.told(
        phone,
        "Capacité et liste d'attente · Rhône (69) · 31 décembre 2026. "
        "Aucun dispositif n'a encore confirmé ses chiffres pour cette remontée.",
    )
    assert phone.labels == ["Autre remontée", "Ailleurs", "Autres chiffres"]


@ON_SQLITE
async def test_the_page_of_the_quarter_comes_as_a_document(gallery: Gallery) -> None:
    phone = await gallery.app.phone(CHIEF).send("/start")
    await phone.tap("Les chiffres")
    await phone.tap("La page du trimestre")
    shown = await gallery.document(phone)
    assert shown["document"]["file_name"].startswith("trimestre-departement-69-2026-09-30")  # type: ignore[index]
    assert phone.text.startswith("Emploi accompagné : la page du trimestre\nRhône (69) · 30 septembre 2026.")
    async with gallery.app.http.get(f"/sim/files/{shown['document']['file_id']}") as answer:  # type: ignore[index]
        (page,) = PdfReader(io.BytesIO(await answer.read())).pages
    assert "F01 Personnes accompagnées 12" in " ".join(page.extract_text().split())


@ON_SQLITE
async def test_figures_of_the_campaign_under_way_where_that_is_the_question(gallery: Gallery) -> None:
    phone = await gallery.app.phone(COORDINATOR).send("/stats")
    assert "Remontée du 30 septembre 2026." in phone.text
    await phone.tap("Avancement de la remontée (au 31 décembre)")
    await gallery.photo(phone)
    assert phone.text.splitlines()[0].endswith("· 31 décembre 2026. 0 personne saisie sur 12 (0 %).")
    (job,) = await gallery.app.rows(Job)
    assert job.arguments == {"chart": "remontee", "day": "2026-12-31", "scope": "dispositif:ABC01", "menu": "0"}
    await phone.tap("Autres chiffres")
    assert "Remontée du 30 septembre 2026." in phone.text  # nobody chose the campaign under way


@ON_SQLITE
async def test_a_region_leads_to_its_departements_and_dispositifs_and_back(gallery: Gallery) -> None:
    phone = await gallery.app.phone(READER).send("/stats")
    await phone.tap("Ailleurs")
    await phone.tap("Rhône (69)")
    await phone.tap("Ailleurs")
    assert phone.labels == ["Dispositif ABC01", "Plus large : Auvergne-Rhône-Alpes", "Retour"]
    await phone.tap("Plus large : Auvergne")
    assert phone.text.startswith("Les chiffres · Auvergne-Rhône-Alpes")
    assert "Emploi dans le dernier mois" in phone.labels


@ON_SQLITE
async def test_a_place_that_is_not_ones_own_does_not_exist(gallery: Gallery) -> None:
    phone = await gallery.app.phone(ELSEWHERE).send("/stats")
    assert phone.text.startswith("Les chiffres · Bouches-du-Rhône (13)")
    for data in (
        "stats_at:departement.69:0",
        "stats_where:dispositif.ABC01:0:0",
        "stats_when:emploi:national",
        "stats_draw:emploi:2026-09-30:region.84",
        "stats_page:2026-09-30:structure.1",
        "stats_draw:emploi:2026-09-30:caseload",
        "stats_list:departement.69:0:0",
        "stats_one:F17:departement.69:2026-09-30",
    ):
        await phone.tap(data=data)
        assert "Rhône (69)" not in phone.text
        assert "personne" not in phone.text
        assert phone.toast == "Ce périmètre n’existe pas, ou n’est pas le vôtre.", data
        assert phone.text.startswith(f"{phone.toast}\n\nLes chiffres · Bouches-du-Rhône (13)"), data
    assert await gallery.app.rows(Job) == []


@ON_SQLITE
@pytest.mark.parametrize(
    "data",
    [
        "stats_draw:tarte:2026-09-30:departement.69",
        "stats_draw:emploi:hier:departement.69",
        "stats_draw:emploi:2026-09-29:departement.69",
        "stats_when:tarte:departement.69",
        "stats_page:9999:departement.69",
        "stats_at:departement.69:hier",
        "quarter_at:2026-09-29",
        "quarter_page:2026-09-30:1",
        "stats_list:departement.69:0:3",
        "stats_list:departement.69:hier:0",
        "stats_one:F02:departement.69:0",
    ],
)
async def test_a_forged_button_shows_the_present_screen_and_asks_for_nothing(gallery: Gallery, data: str) -> None:
    phone = await gallery.app.phone(CHIEF).send("/stats")
    await phone.tap(data=data)
    assert phone.text.startswith("Les chiffres · Rhône (69)")
    assert await gallery.app.rows(Job) == []


@ON_SQLITE
async def test_the_right_taken_away_before_the_worker_reads_shows_nothing(gallery: Gallery) -> None:
    phone = await gallery.app.phone(CHIEF).send("/stats")
    async with gallery.app.database.transaction() as session:
        number = (await session.scalars(select(col(Account.id)).where(col(Account.channel_address) == CHIEF))).one()
        await ask(session, gallery.app.now, CHART, number, chart="emploi", day="2026-09-30", scope="departement:13")
        wakeups = noted(session)
    await gallery.app.service.enqueue(wakeups)
    with gallery.app.local.state.feed.watch(CHIEF) as changes:
        async with asyncio.timeout(PATIENCE_S):
            while not (await phone.look()).text.startswith("Ce périmètre"):
                await changes.get()
    assert phone.labels == ["Les chiffres"]


@ON_SQLITE
async def test_a_job_coach_reads_their_own_quarter(gallery: Gallery) -> None:
    phone = await gallery.app.phone(COACH).send("/trimestre")
    assert phone.text.startswith(
        "Votre trimestre · remontée du 31 décembre 2026\n\n0 personne sur 12 saisie, 0 validée."
    )
    assert phone.labels == ["Saisir la suivante", "La remontée d'avant", "Les chiffres", "Accueil"]
    await phone.tap("La remontée d'avant")
    assert "12 personnes sur 12 saisies, 12 validées." in phone.text
    assert "Rien n'a changé pour les personnes saisies." in phone.text
    assert phone.labels == ["La remontée d'avant", "La remontée suivante", "Les chiffres", "Accueil"]
    await phone.tap("La remontée suivante")
    assert "31 décembre 2026" in phone.text
    await phone.tap("Les chiffres")
    assert phone.text.startswith("Les chiffres · Les personnes que vous suivez")
    assert phone.labels[0] == "Votre trimestre"
    await phone.tap("Emploi dans le dernier mois")
    await gallery.photo(phone)
    assert phone.text.splitlines()[0].endswith(". Sans emploi : 58 % (7 sur 12) ; CDI : 42 % (5 sur 12).")


@ON_SQLITE
async def test_all_that_changed_is_read_page_by_page(gallery: Gallery) -> None:
    async with gallery.app.database.transaction() as session:
        for person in (await session.scalars(select(Person))).all():
            changed = USUAL.changed(emploi_date=Emploi.CDD, formation_date=Formation.STAGE)
            await factories.event(session, person, changed)
    phone = await gallery.app.phone(COACH).send("/trimestre")
    shifts = phone.text.count(" → ")
    assert shifts == 12
    assert "et 18 autres changements." in phone.text
    for page in (1, 2):
        await phone.tap("Les autres changements")
        assert "Ce qui a changé" in phone.text
        shifts += phone.text.count(" → ")
        assert ("Les autres changements" in phone.labels) is (page == 1)
    assert shifts == 30
    await phone.tap("Page précédente")
    assert "et 6 autres changements." in phone.text


@ON_SQLITE
async def test_whoever_follows_nobody_has_no_quarter(gallery: Gallery) -> None:
    phone = await gallery.app.phone(CHIEF).send("/trimestre")
    assert "Vous ne suivez encore personne" in phone.text


@ON_SQLITE
async def test_what_is_asked_twice_while_it_is_drawn_is_drawn_once(gallery: Gallery) -> None:
    phone = await gallery.app.phone(CHIEF).send("/stats")
    data = phone.data("Emploi dans le dernier mois")
    await phone.tap_without_waiting(data, data)
    await phone.answered()
    await gallery.photo(phone)
    assert len(await gallery.app.rows(Job)) == 1
