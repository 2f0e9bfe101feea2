"""The meeting pack: what it counts, which cases it names and why, who gets it, and that it is sent once."""

import io
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.tables import Account, Role
from models.campaigns.repository import campaign_of
from models.dispositifs.tables import Dispositif, Structure
from models.entry.service import Unknown
from models.events.tables import EventState
from models.figures.tables import DispositifFigures
from models.jobs.repository import ask
from models.jobs.signals import noted
from models.jobs.tables import JobState
from models.kinds import JOB_KINDS
from models.meetings.jobs import PACK
from models.meetings.packs import texts
from models.meetings.packs.cases import REASONS, Case, CaseReason, Followed, Said, cases
from models.meetings.packs.service import MOST_CASES, pack
from models.meetings.planning.service import Done, Planning
from models.meetings.repository import Meeting
from models.notifications.tables import Delivery
from models.reference.nomenclature import Emploi, Niveau, Orientation, Statut
from models.tables import metadata
from tests.harness import factories
from tests.harness.factories import DAY, JUNE, SEPTEMBER, USUAL, kept_screen
from tests.harness.phone import plain
from tests.harness.worker import ADMIN, WorkerHarness
from tests.meetings.platform import NOW, People, point, settle
from tests.notifications.conftest import redis_url, workers

__all__ = ["redis_url", "workers"]

TODAY = date(2027, 1, 4)
ENTERED, SENT_BACK = EventState.ENTERED, EventState.SENT_BACK


def said(emploi: Emploi = Emploi.CDI, statut: Statut = Statut.SUIVI, state: EventState = ENTERED) -> Said:
    """Return an event."""
    return Said(DAY, statut, emploi, state)


def followed(*events: Said, entered_on: date = date(2025, 3, 4), due: bool = False) -> Followed:
    """Return somebody of the platform."""
    return Followed("ABC01000000001", "ABC01", entered_on, events, due, entered=bool(events))


CDD, WITHOUT = said(Emploi.CDD), said(Emploi.SANS_EMPLOI)

CASES: tuple[tuple[str, Followed, CaseReason | None], ...] = (
    ("nothing to say", followed(said(), said()), None),
    ("sent back", followed(said(state=SENT_BACK)), CaseReason.SENT_BACK),
    ("sent back before, entered since", followed(said(), said(state=SENT_BACK)), None),
    ("not entered, and due", followed(due=True), CaseReason.NOT_ENTERED),
    ("not entered, not due yet", followed(), None),
    ("veille totale", followed(said(statut=Statut.VEILLE_TOTALE)), CaseReason.VEILLE_TOTALE),
    ("veille totale that ended", followed(said(), said(statut=Statut.VEILLE_TOTALE)), None),
    ("CDD for three quarters", followed(CDD, CDD, CDD), CaseReason.CDD),
    ("CDD for two quarters", followed(CDD, CDD), None),
    ("CDD, but not in between", followed(CDD, said(), CDD, CDD), None),
    ("without a job since the entry", followed(WITHOUT, WITHOUT), CaseReason.NEVER_EMPLOYED),
    ("without a job now only", followed(WITHOUT, CDD), None),
    ("without a job, just come", followed(WITHOUT, entered_on=date(2026, 12, 1)), None),
    ("sent back comes first", followed(said(Emploi.CDD, state=SENT_BACK), CDD, CDD), CaseReason.SENT_BACK),
)


@pytest.mark.parametrize(("one", "reason"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_a_case_has_one_reason_from_the_list(one: Followed, reason: CaseReason | None) -> None:
    assert [case.reason for case in cases([one], TODAY)] == ([] if reason is None else [reason])


def test_every_reason_has_a_rule_and_a_name() -> None:
    assert set(REASONS) == set(CaseReason) == set(texts.REASONS)


async def platform(session: AsyncSession, people: People) -> Meeting:
    """Four persons in the Rhône, one in the Isère, a point held in December and another to come."""
    await factories.campaign(session)
    ours = await factories.person(
        session,
        4217,
        None,
        orientation=Orientation.MDPH,
        entry_date=date(2026, 12, 20),
        sexe="F",
        birth_date="1990-02-03",
    )
    await factories.event(session, ours, replace(USUAL, statut=Statut.VEILLE_TOTALE), DAY, EventState.VALIDATED)
    await factories.person(session, 533, None, orientation=Orientation.SPE, entry_date=date(2026, 12, 21))
    again = await factories.person(session, 77, None)
    for day in (DAY, SEPTEMBER, JUNE):
        await factories.event(session, again, replace(USUAL, emploi_date=Emploi.CDD), day)
    over = await factories.person(session, 88, None)
    await factories.event(session, over, replace(USUAL, statut=Statut.TERMINE, niveau_soutien=Niveau.VEILLE), SEPTEMBER)
    ids = {one.reference: int(one.id or 0) for one in await session.scalars(select(Dispositif))}
    await factories.write(session, Structure(dispositif_id=ids["GRE02"], name="Ailleurs"))
    await factories.person(session, 99, None, reference="GRE02", orientation=Orientation.MDPH)
    campaign = await campaign_of(session, DAY)
    assert campaign is not None
    assert campaign.id is not None
    await factories.write(
        session,
        DispositifFigures(
            dispositif_id=ids["ABC01"], campaign_id=campaign.id, capacite=40, etp_total=3, etp_hors_admin=2,
            professionnels_hors_admin=3, liste_attente=5, sans_suite=2, revision=1, changed_at=NOW,
        ),
    )  # fmt: skip
    before = datetime(2026, 11, 2, 9, tzinfo=UTC)
    held = await point(session, people, date(2026, 12, 15), now=before)
    done = await Planning(session, people["chef"], held.ends_at).held(held.id, held.revision, took_place=True)
    assert isinstance(done, Done)
    return await point(session, people)


async def test_what_a_pack_holds(session: AsyncSession, people: People) -> None:
    meeting = await platform(session, people)
    found = await pack(session, people["chef"], NOW, meeting.id)
    assert plain(texts.message(found)) == (
        "Dossier de la réunion : Point MDPH–SPE, Rhône\n"
        "Le mardi 12 janvier 2027, de 14 h à 15 h 30.\n"
        "\n"
        "Depuis le 15 décembre 2026 : 2 entrées (MDPH 1, service public de l'emploi 1).\n"
        "3 personnes dans le parcours (suivies par le dispositif 1, en veille totale 1, sans aucune saisie 1).\n"
        "Liste d'attente : 5 ; orientations sans suite : 2 (au 31 décembre).\n"
        "Remontée du 31 décembre : 2 saisies sur 3, 1 validée.\n"
        "\n"
        "3 situations à regarder :\n"
        "Sans saisie, la date est passée : …0533\n"
        "Veille totale : …4217\n"
        "CDD depuis trois trimestres : …0077"
    )
    assert "…0099" not in texts.message(found)  # another platform's


async def test_what_nobody_communicated_is_said(session: AsyncSession, people: People) -> None:
    found = await pack(session, people["chef"], NOW, (await point(session, people)).id)
    told = "Liste d'attente : non communiquée ; orientations sans suite : non communiquées."
    assert told in plain(texts.message(found)).splitlines()


async def test_only_who_leads_gets_it(session: AsyncSession, people: People) -> None:
    meeting = await platform(session, people)
    for post in ("coordinator", "coach", "reader", "chef of the Isère", "chef of ABC01"):
        with pytest.raises(Unknown):
            await pack(session, people[post], NOW, meeting.id)
    assert (await pack(session, people["admin"], NOW, meeting.id)).cases_in_all == 3


async def test_twenty_cases_at_most_and_the_message_fits_under_a_picture(session: AsyncSession, people: People) -> None:
    meeting = await platform(session, people)
    found = await pack(session, people["chef"], NOW, meeting.id)
    many = [Case(f"ABC01{number:09d}", f"ABC0{number % 3}", CaseReason.CDD) for number in range(MOST_CASES)]
    text = plain(texts.message(replace(found, cases=many, cases_in_all=1200)))
    assert text.endswith("et 1180 autres situations.")
    assert "ABC02 …0005" in text
    assert len(text) <= 1024  # what Telegram takes under a picture


Prepared = Callable[[], Awaitable[Meeting]]


@pytest.fixture
def prepared(workers: WorkerHarness) -> Prepared:
    """A platform beside the administrator, who leads everywhere."""

    async def prepare() -> Meeting:
        async with workers.database.transaction() as session:
            for table in ("role_grant", "structure", "account", "dispositif"):
                await session.execute(metadata.tables[table].delete())
            people = await settle(session)
            await factories.account(session, ADMIN, Role.ADMIN, "national", "admin@exemple.fr")
            meeting = await platform(session, people)
        workers.now, workers.kinds = NOW, JOB_KINDS.values()
        workers.start()
        return meeting

    return prepare


async def test_it_comes_as_a_picture_and_as_a_page_once_however_often_it_is_made(
    workers: WorkerHarness, prepared: Prepared
) -> None:
    meeting = await prepared()
    account = await workers.account(ADMIN)
    for day in ({}, {"day": "2027-01-12"}, {"day": "2027-01-12"}):
        async with workers.database.transaction() as session:
            number = await ask(session, workers.now, PACK, account, meeting=meeting.id, **day)
        await workers.call(noted(session))
        await workers.job_is(number, JobState.DONE)
    await workers.all_are(*[Delivery.SENT] * 4)
    told = [one for one in await workers.told(ADMIN) if one["photo"] or one["document"]]
    assert [(bool(one["photo"]), bool(one["document"])) for one in told] == [(True, False), (False, True)] * 2
    assert [[b["text"] for row in one["buttons"] for b in row] for one in told] == [["Voir la réunion"]] * 4
    async with workers.http.get(f"/sim/files/{told[1]['document']['file_id']}") as answer:
        page = await answer.read()
    reader = PdfReader(io.BytesIO(page))
    assert len(reader.pages) == 1
    text = plain(reader.pages[0].extract_text())
    for part in ("Dossier de la réunion", "Rhône", "…4217", "Veille totale", "2 sur 3", "Liste d'attente", "…0533"):
        assert part in text
    assert "1990" not in text


async def test_who_does_not_lead_is_told_so(workers: WorkerHarness, prepared: Prepared) -> None:
    meeting = await prepared()
    account = next(int(row.id) for row in await workers.rows(Account) if row.email == "poste2005@exemple.fr")
    async with workers.database.transaction() as session:
        number = await ask(session, workers.now, PACK, account, meeting=meeting.id)
    await workers.call(noted(session))
    await workers.job_is(number, JobState.DONE)
    (message,) = [one for one in await workers.messages() if one.account_id == account]
    assert kept_screen(message)["text"] == texts.NOT_YOURS
