"""A platform in the Rhône, another in the Isère, one in La Réunion, with who leads, knows, counts or has no part."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.accounts.repository import asker_of
from models.accounts.tables import Role
from models.dispositifs.tables import Dispositif
from models.meetings.bodies import Body, Function
from models.meetings.contacts.service import AddressBook
from models.meetings.contacts.tables import Contact
from models.meetings.kinds import MeetingKind
from models.meetings.planning.checks import Doubt
from models.meetings.planning.service import Done, Planning
from models.meetings.planning.slots import Slot
from models.meetings.reports.report import Content
from models.meetings.repository import Meeting
from models.meetings.states import Ground, Prescriber
from models.reference.scopes import NATIONAL
from tests.harness import factories

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
"""A Monday, the first working day of the year."""

RHONE, ISERE, REUNION = "departement:69", "departement:38", "departement:974"

POSTS: dict[str, tuple[Role, str]] = {
    "chef": (Role.CHEF_DE_FILE, RHONE),
    "chef of ABC01": (Role.CHEF_DE_FILE, "dispositif:ABC01"),
    "chef of the Isère": (Role.CHEF_DE_FILE, ISERE),
    "chef of La Réunion": (Role.CHEF_DE_FILE, REUNION),
    "coordinator": (Role.COORDINATOR, "dispositif:ABC01"),
    "coordinator of the Isère": (Role.COORDINATOR, "dispositif:GRE02"),
    "coach": (Role.JOB_COACH, "dispositif:ABC01"),
    "reader": (Role.READER, NATIONAL),
    "reader of the region": (Role.READER, "region:84"),
    "reader of the Isère": (Role.READER, ISERE),
    "admin": (Role.ADMIN, NATIONAL),
}

INVITED = (
    (Body.MDPH, Function.REFERENT, "referente@mdph.exemple.fr"),
    (Body.FRANCE_TRAVAIL, Function.CONSEILLER, "conseil@ft.exemple.fr"),
    (Body.CAP_EMPLOI, Function.RESPONSABLE, "equipe@capemploi.exemple.fr"),
)

SLOT = Slot(date(2027, 1, 12), time(14), 90, place="MDPH, salle 2", link="https://visio.exemple.fr/point")

COMPLETE = Content(
    examined=dict.fromkeys(Prescriber, 0) | {Prescriber.MDPH: 6, Prescriber.CAP_EMPLOI: 2},
    own_structure={Ground.AUCUN_AUTRE: 1},
    subsidiarity=True,
)
"""What a point reports, but for who was there."""


@dataclass(frozen=True)
class People:
    """Who asks, by their post, and the contacts of the Rhône."""

    actors: dict[str, Actor]
    contacts: tuple[int, ...]

    def __getitem__(self, post: str) -> Actor:
        return self.actors[post]


async def settle(session: AsyncSession) -> People:
    """Write the platforms and their people."""
    await factories.dispositif(session, "ABC01")
    for reference, departement in (("GRE02", "38"), ("RUN03", "974")):
        await factories.write(session, Dispositif(reference=reference, nom=reference, departement_no=departement))
    actors = {}
    for number, (post, (role, scope)) in enumerate(POSTS.items(), start=2000):
        account = await factories.account(session, number, role, scope, email=f"poste{number}@exemple.fr")
        assert account.id is not None
        actors[post] = await asker_of(session, account.id)
    book = AddressBook(session, actors["chef"], NOW)
    contacts = [await book.add(RHONE, *one) for one in INVITED]
    return People(actors, tuple(one.id for one in contacts))


async def point(
    session: AsyncSession,
    people: People,
    day: date = SLOT.day,
    kind: MeetingKind = MeetingKind.POINT,
    *,
    scope: str = RHONE,
    post: str = "chef",
    now: datetime = NOW,
) -> Meeting:
    """Plan a meeting in the Rhône on a day, and return it."""
    plans = Planning(session, people[post], now)
    done = await plans.plan(kind, scope, replace(SLOT, day=day), people.contacts, [Doubt.LACKING])
    assert isinstance(done, Done), done
    return done.meeting


async def more_contacts(session: AsyncSession, number: int) -> None:
    """Write so many more contacts into the book of the Rhône."""
    for one in range(number):
        contact = Contact(
            scope=RHONE,
            departement_no="69",
            region_code="84",
            body=Body.MISSION_LOCALE,
            function=Function.AUTRE,
            email=f"agent{one}@ml.exemple.fr",
            created_at=NOW,
        )
        session.add(contact)


def after(meeting: Meeting) -> datetime:
    """Return the moment at which a meeting ends."""
    return meeting.ends_at
