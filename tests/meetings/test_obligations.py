"""What is due, kept, at risk and missed: the states in a table, then months of a platform."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.permissions import COMMAND_LINE
from models.base.database import Database
from models.dispositifs.tables import Dispositif
from models.entry.service import Unknown
from models.meetings import texts as meetings
from models.meetings.bodies import Body, Function
from models.meetings.contacts.service import AddressBook
from models.meetings.kinds import KINDS, MeetingKind
from models.meetings.obligations import texts
from models.meetings.obligations.service import Due, history, obligations, scopes
from models.meetings.obligations.states import DueState, state_of
from models.meetings.periods import MONTH, SEMESTER, YEAR, Frequency
from models.meetings.planning.checks import Doubt
from models.meetings.planning.service import Done, Planning
from models.meetings.reports.service import Reporting, Written
from models.meetings.repository import Meeting
from models.meetings.states import MeetingState
from models.meetings.territories import LEVELS
from models.reference.departements import departements
from models.reference.nomenclature import StatutDispositif
from tests.harness import factories
from tests.meetings.platform import COMPLETE, ISERE, NOW, REUNION, RHONE, SLOT, People, after, point, settle

PLANNED, MOVED, CANCELLED = MeetingState.PLANNED, MeetingState.MOVED, MeetingState.CANCELLED
HELD, NOT_HELD, REPORTED = MeetingState.HELD, MeetingState.NOT_HELD, MeetingState.REPORTED


def march(day: int) -> date:
    return date(2027, 3, day)


@pytest.mark.parametrize(
    ("today", "meetings", "state"),
    [
        (date(2027, 2, 27), [], DueState.TO_COME),
        (march(1), [], DueState.TO_COME),
        (march(9), [], DueState.TO_COME),
        (march(10), [], DueState.AT_RISK),
        (march(31), [], DueState.AT_RISK),
        (date(2027, 4, 1), [], DueState.MISSED),
        (march(20), [(march(25), PLANNED)], DueState.PLANNED),
        (march(20), [(march(25), MOVED)], DueState.PLANNED),
        (march(25), [(march(25), PLANNED)], DueState.PLANNED),
        (march(26), [(march(25), PLANNED)], DueState.AT_RISK),  # over, and nobody said that it was held
        (march(20), [(march(25), CANCELLED)], DueState.AT_RISK),
        (march(9), [(march(25), CANCELLED)], DueState.TO_COME),
        (march(20), [(march(4), NOT_HELD)], DueState.AT_RISK),
        (march(20), [(march(4), NOT_HELD), (march(25), PLANNED)], DueState.PLANNED),
        (march(26), [(march(25), HELD)], DueState.PLANNED),
        (date(2027, 4, 1), [(march(25), HELD)], DueState.MISSED),  # no report when the month ends
        (date(2027, 4, 1), [(march(25), PLANNED)], DueState.MISSED),
        (march(26), [(march(25), REPORTED)], DueState.KEPT),
        (date(2027, 4, 20), [(march(25), REPORTED)], DueState.KEPT),
        (march(26), [(march(4), CANCELLED), (march(25), REPORTED)], DueState.KEPT),
    ],
)
def test_states_of_a_month(today: date, meetings: list[tuple[date, MeetingState]], state: DueState) -> None:
    assert state_of(MONTH.period(march(1)), today, meetings, march(31)) is state


@pytest.mark.parametrize(
    ("begun", "today", "meetings", "state"),
    [
        (date(2027, 4, 1), date(2027, 4, 2), [], DueState.BEFORE),
        (None, date(2027, 4, 2), [], DueState.BEFORE),
        (march(31), date(2027, 4, 1), [], DueState.MISSED),
        (date(2027, 4, 1), date(2027, 4, 2), [(march(25), REPORTED)], DueState.KEPT),
        (None, march(20), [], DueState.AT_RISK),
        (None, march(2), [], DueState.TO_COME),
    ],
)
def test_what_was_over_before_jalon_came_is_not_missed(
    begun: date | None, today: date, meetings: list[tuple[date, MeetingState]], state: DueState
) -> None:
    assert state_of(MONTH.period(march(1)), today, meetings, begun) is state


async def test_the_months_before_jalon_are_counted_nowhere(session: AsyncSession, people: People) -> None:
    async def of_the_year(scope: str) -> list[tuple[int, DueState]]:
        found = await history(session, people["admin"], date(2027, 3, 1), scope, date(2026, 10, 1), date(2027, 2, 28))
        return [(due.period.first.month, due.state) for due in found if due.kind.code is MeetingKind.POINT]

    before, missed = DueState.BEFORE, DueState.MISSED
    since_december = [(10, before), (11, before), (12, missed), (1, missed), (2, missed)]
    assert await of_the_year(RHONE) == since_december, "its first role was given in December"
    await point(session, people, date(2026, 11, 10), now=datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert await of_the_year(RHONE) == [(10, before), (11, missed), *since_december[2:]]
    assert await of_the_year(ISERE) == since_december


@pytest.mark.parametrize(
    ("frequency", "day", "first", "last", "alarm", "name"),
    [
        (MONTH, date(2027, 2, 14), date(2027, 2, 1), date(2027, 2, 28), date(2027, 2, 10), "février 2027"),
        (MONTH, date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29), date(2028, 2, 10), "février 2028"),
        (MONTH, date(2027, 12, 31), date(2027, 12, 1), date(2027, 12, 31), date(2027, 12, 10), "décembre 2027"),
        (SEMESTER, date(2027, 6, 30), date(2027, 1, 1), date(2027, 6, 30), date(2027, 5, 1), "1er semestre 2027"),
        (SEMESTER, date(2027, 7, 1), date(2027, 7, 1), date(2027, 12, 31), date(2027, 11, 1), "2e semestre 2027"),
        (YEAR, date(2027, 7, 1), date(2027, 1, 1), date(2027, 12, 31), date(2027, 10, 1), "année 2027"),
    ],
)
def test_periods(frequency: Frequency, day: date, first: date, last: date, alarm: date, name: str) -> None:
    period = frequency.period(day)
    assert (period.first, period.last, period.alarm, period.name) == (first, last, alarm, name)
    assert period.next.first == last + timedelta(days=1)
    assert period.next.previous == period


def test_every_kind_is_named_and_says_how_often() -> None:
    assert set(KINDS) == set(MeetingKind) == set(meetings.KINDS) == set(texts.FREQUENCIES)
    assert {kind.code: kind.number for kind in KINDS.values()} == {
        MeetingKind.POINT: "OB04",
        MeetingKind.COMITE_REGIONAL: "OB06",
        MeetingKind.COMITE_DEPARTEMENTAL: "OB07",
        MeetingKind.INSTANCE_OUTRE_MER: "OB08",
        MeetingKind.DIALOGUE_GESTION: "OB16",
    }


def states(dues: list[Due]) -> dict[tuple[str, str], DueState]:
    return {(due.scope, due.kind.number): due.state for due in dues}


async def report(session: AsyncSession, people: People, meeting: Meeting) -> None:
    """Say that a meeting was held, and sign its report."""
    then = after(meeting)
    done = await Planning(session, people["chef"], then).held(meeting.id, meeting.revision, took_place=True)
    assert isinstance(done, Done)
    reporting = Reporting(session, people["chef"], then)
    content = type(COMPLETE)(**{**COMPLETE.__dict__, "present": people.contacts})
    written = await reporting.write(meeting.id, done.meeting.revision, content)
    assert isinstance(written, Written), written
    assert isinstance(await reporting.sign(meeting.id, written.meeting.revision), Written)


async def test_the_rhone_in_january(session: AsyncSession, people: People) -> None:
    dues = await obligations(session, people["chef"], NOW.date(), RHONE)
    assert states(dues) == {
        (RHONE, "OB04"): DueState.TO_COME,
        (RHONE, "OB07"): DueState.TO_COME,
        ("dispositif:ABC01", "OB16"): DueState.TO_COME,
    }
    await point(session, people)
    [due, *_] = await obligations(session, people["chef"], NOW.date(), RHONE)
    assert (due.state, due.period.name) == (DueState.PLANNED, "janvier 2027")
    assert due.meeting is not None
    assert due.meeting.day == SLOT.day


async def test_overseas_one_body_twice_a_year_takes_the_place_of_both_committees(
    session: AsyncSession, people: People
) -> None:
    dues = await obligations(session, people["chef of La Réunion"], NOW.date(), REUNION)
    assert {due.kind.number for due in dues} == {"OB04", "OB08", "OB16"}
    [body] = [due for due in dues if due.kind.number == "OB08"]
    assert body.period.frequency is SEMESTER
    assert {due.kind.number for due in await obligations(session, people["admin"], NOW.date(), "region:04")} == {
        "OB04",
        "OB08",
        "OB16",
    }
    mainland = await obligations(session, people["admin"], NOW.date(), "region:84")
    assert {due.kind.number for due in mainland} == {"OB04", "OB06", "OB07", "OB16"}


async def test_a_year_with_a_month_without_a_point_and_a_december_cancelled(
    session: AsyncSession, people: People
) -> None:
    for month in range(1, 13):
        if month == 5:
            continue
        meeting = await point(session, people, date(2027, month, 12 if month not in {6, 9, 12} else 15))
        if month == 12:
            await Planning(session, people["chef"], NOW).cancel(meeting.id, meeting.revision)
        elif month == 10:
            done = await Planning(session, people["chef"], after(meeting)).held(
                meeting.id, meeting.revision, took_place=False
            )
            assert isinstance(done, Done)
        else:
            await report(session, people, meeting)

    today = date(2028, 1, 3)
    year = await history(session, people["chef"], today, RHONE, date(2027, 1, 1), date(2027, 12, 31))
    points = [due for due in year if due.kind.code is MeetingKind.POINT]
    assert [due.period.first.month for due in points] == list(range(1, 13))
    missed = {due.period.first.month for due in points if due.state is DueState.MISSED}
    assert missed == {5, 10, 12}
    assert {due.state for due in points} == {DueState.MISSED, DueState.KEPT}
    [december] = [due for due in points if due.period.first.month == 12]
    assert december.meeting is not None
    assert december.meeting.state is MeetingState.CANCELLED

    # In December itself it was not lost yet.
    [then] = [
        due
        for due in await obligations(session, people["chef"], date(2027, 12, 14), RHONE)
        if due.kind.code is MeetingKind.POINT
    ]
    assert then.state is DueState.AT_RISK


async def test_a_point_of_a_dispositif_counts_for_its_departement(session: AsyncSession, people: People) -> None:
    await _by_the_dispositif(session, people)
    for post in ("chef", "coordinator", "reader of the region", "admin"):
        [due, *_] = [
            due
            for due in await obligations(session, people[post], NOW.date(), RHONE)
            if due.kind.code is MeetingKind.POINT
        ]
        assert due.state is DueState.PLANNED, post


async def _by_the_dispositif(session: AsyncSession, people: People) -> None:
    chef = people["chef of ABC01"]
    contact = await AddressBook(session, chef, NOW).add("dispositif:ABC01", Body.MDPH, Function.REFERENT, "m@x.fr")
    done = await Planning(session, chef, NOW).plan(
        MeetingKind.POINT, "dispositif:ABC01", SLOT, [contact.id], list(Doubt)
    )
    assert isinstance(done, Done)


async def test_nobody_is_held_to_what_was_due_before_they_came(session: AsyncSession, people: People) -> None:
    found = await history(session, people["chef"], date(2027, 8, 2), RHONE, date(2027, 3, 15), date(2027, 7, 31))
    points = [due.period.first.month for due in found if due.kind.code is MeetingKind.POINT]
    assert points == [4, 5, 6, 7]
    assert [due.period.name for due in found if due.kind.number == "OB07"] == ["2e semestre 2027"]


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        ("chef", {RHONE, "dispositif:ABC01", "region:84"}),
        ("chef of ABC01", {RHONE, "dispositif:ABC01", "region:84"}),
        ("coordinator", {RHONE, "dispositif:ABC01", "region:84"}),
        ("chef of the Isère", {"departement:38", "dispositif:GRE02", "region:84"}),
        ("coach", set()),
        ("reader of the Isère", {"departement:38", "dispositif:GRE02"}),
        (
            "reader of the region",
            {"region:84", RHONE, "departement:38", "dispositif:ABC01", "dispositif:GRE02"},
        ),
    ],
)
async def test_who_counts_what(session: AsyncSession, people: People, post: str, expected: set[str]) -> None:
    assert {one.scope for one in await scopes(session, people[post])} == expected
    for scope in (RHONE, "departement:38", REUNION, "departement:00", "national", "nonsense"):
        within = {one for one in expected if scope in {"national", one}}
        if within:
            assert {due.scope for due in await obligations(session, people[post], NOW.date(), scope)} >= within
        else:
            with pytest.raises(Unknown):
                await obligations(session, people[post], NOW.date(), scope)


async def test_the_engine_counts_everything(session: AsyncSession, people: People) -> None:
    assert len(await scopes(session, COMMAND_LINE)) == 2 + 3 + 3
    levels = {due.where.level for due in await obligations(session, COMMAND_LINE, NOW.date(), "national")}
    assert levels == LEVELS


async def test_a_dispositif_that_is_no_longer_active_owes_nothing(session: AsyncSession, people: People) -> None:
    await session.execute(
        update(Dispositif).where(col(Dispositif.reference) == "GRE02").values(statut=StatutDispositif.PLUS_EN_ACTIVITE)
    )
    assert {one.scope for one in await scopes(session, people["reader of the region"])} == {
        "region:84",
        RHONE,
        "dispositif:ABC01",
    }


async def test_the_whole_country_takes_a_handful_of_statements(database: Database) -> None:
    async with database.transaction() as session:
        await settle(session)
        for number, code in enumerate(departements()):
            reference = f"PAY{number % 100:02}" if number < 100 else f"PAZ{number % 100:02}"
            await factories.write(session, Dispositif(reference=reference, departement_no=code))
    statements: list[str] = []

    @event.listens_for(database.engine.sync_engine, "before_cursor_execute")
    def _count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    async with database.transaction() as session:
        dues = await history(
            session, COMMAND_LINE, date(2027, 12, 31), "national", date(2027, 1, 1), date(2027, 12, 31)
        )
    assert len(dues) > 101 * 12
    selects = [one for one in statements if one.startswith("SELECT")]
    assert len(selects) <= 6, selects
