"""What holds over any campaign, calendar, wish and progress: never at night, twice, for nothing, or to nobody."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from models.accounts.tables import Role
from models.campaigns.tables import Campaign
from models.reference.decent_hours import EARLIEST, LATEST, moment
from models.reference.working_days import Place, place_of, working_days
from models.reminders.messages import ABSENCE_RELAY, DIGEST, REMINDER
from models.reminders.snapshot import CampaignSnapshot
from reminders.reminder import Reminder
from reminders.wishes import last_snooze, snoozes
from tests.reminders.snapshots import COACH, COLLEAGUE, COORDINATOR, account, after, dispositif, standing, tick, wish

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLACES = ("69", "67", "971", "972", "973", "974", "976")


class World(NamedTuple):
    """A campaign somewhere, what two coaches wish, when each has finished, and when the machine is off."""

    departement: str
    campaign: Campaign
    hours: tuple[int | None, int | None]
    absence: tuple[date, date] | None
    snooze: tuple[date, date] | None
    finished: tuple[datetime, datetime]
    off: tuple[datetime, datetime]

    @property
    def place(self) -> Place:
        """Where it is."""
        return place_of(self.departement)

    def standing(self) -> CampaignSnapshot:
        """Return where they stand at the beginning."""
        first = wish(COACH, hour=self.hours[0])
        if self.absence:
            first.absent_from, first.absent_until = self.absence
        second = wish(COLLEAGUE, hour=self.hours[1])
        scope = "dispositif:ABC01"
        return standing(
            [dispositif(departement=self.departement, recorded=True, a1=3, a2=3)],
            account(COACH, Role.JOB_COACH, scope, wish=first),
            account(COLLEAGUE, Role.JOB_COACH, scope, wish=second),
            account(COORDINATOR, Role.COORDINATOR, scope),
            campaign=self.campaign,
        )

    def is_off(self, now: datetime) -> bool:
        """Whether the machine is off."""
        return self.off[0] <= now < self.off[1]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a world."""
    opens = draw(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
    due = opens + draw(st.integers(0, 45)) * DAY
    closes = due + draw(st.integers(0, 20)) * DAY
    begin = datetime(opens.year, opens.month, opens.day, tzinfo=UTC)
    length = (closes - opens).days * 24

    def some_moment() -> datetime:
        return begin + draw(st.integers(0, length + 48)) * HOUR

    away_from = opens + draw(st.integers(0, 30)) * DAY
    absence = (away_from, away_from + draw(st.integers(0, 20)) * DAY) if draw(st.booleans()) else None
    departement = draw(st.sampled_from(PLACES))
    put_off_on = opens + draw(st.integers(0, 40)) * DAY
    choices = snoozes(put_off_on, due, place_of(departement))
    put_off_until = [choice.day for choice in choices]
    snoozed = draw(st.none() | st.sampled_from(put_off_until)) if put_off_until else None
    off_from = some_moment()
    return World(
        departement,
        Campaign(id=1, date=due, opens=opens, closes=closes),
        (draw(st.none() | st.integers(EARLIEST, LATEST - 1)), draw(st.none() | st.integers(EARLIEST, LATEST - 1))),
        absence,
        (put_off_on, snoozed) if snoozed else None,
        (some_moment(), some_moment()),
        (off_from, off_from + draw(st.integers(0, 24 * 10)) * HOUR),
    )


def lived(world: World, *, always_on: bool = False, nobody_finishes: bool = False) -> list[tuple[datetime, Reminder]]:
    """Return all that is told from the opening to after the closing, a tick an hour."""
    at, told = world.standing(), []
    campaign = world.campaign
    assert campaign.closes is not None
    now = datetime(campaign.opens.year, campaign.opens.month, campaign.opens.day, tzinfo=UTC) - DAY
    until = datetime(campaign.closes.year, campaign.closes.month, campaign.closes.day, tzinfo=UTC) + DAY
    while now < until:
        if not nobody_finishes:
            finished = zip((COACH, COLLEAGUE), world.finished, strict=True)
            at = after(at, {number: 0 if now >= moment_ else 3 for number, moment_ in finished})
        today = now.astimezone(world.place.zone).date()
        if world.snooze and world.snooze[0] == today:
            of = at.recipients[COLLEAGUE].wish
            assert of is not None
            of.snoozed_until, of.snoozed_in = world.snooze[1], campaign.id
        if campaign.is_open(today) and (always_on or not world.is_off(now)):
            out, at = tick(at, now)
            if out:
                assert tick(at, now)[0] == []
            told += [(now, reminder) for reminder in out]
        now += HOUR
    return told


@settings(max_examples=20, deadline=None)
@given(worlds())
def test_never_at_night_never_twice_never_to_who_has_finished(world: World) -> None:
    told = lived(world)
    for now, reminder in told:
        local = now.astimezone(world.place.zone)
        wished = dict(zip((COACH, COLLEAGUE), world.hours, strict=True)).get(reminder.person.account_id)
        assert (wished or EARLIEST) <= local.hour < LATEST
        assert list(working_days(local.date(), local.date(), world.place))
        if reminder.kind == REMINDER:
            number = reminder.person.account_id
            assert now < world.finished[0 if number == COACH else 1]
            if number == COACH and world.absence:
                assert not world.absence[0] <= local.date() <= world.absence[1]
    assert all(times == 1 for times in Counter(reminder.key for _, reminder in told).values())


@settings(max_examples=20, deadline=None)
@given(worlds())
def test_whoever_has_persons_left_is_told_before_the_date_or_their_coordinator_is(world: World) -> None:
    told = lived(world, always_on=True, nobody_finishes=True)
    campaign, place = world.campaign, world.place
    days = list(working_days(campaign.opens, campaign.date - DAY, place))
    for number in (COACH, COLLEAGUE):
        present = [d for d in days if not (number == COACH and world.absence and d <= world.absence[1])]
        if not present:
            continue  # opened on its own date, or away until then: the coordinator's relay says so, see below
        before = [now for now, r in told if r.person.account_id == number and r.kind == REMINDER]
        assert before
        assert min(before) <= moment(campaign.date, place, LATEST)
    if days and world.absence and world.absence[0] <= days[0] and world.absence[1] >= campaign.date:
        kinds = {r.kind for now, r in told if r.person.account_id == COORDINATOR and now < moment(campaign.date, place)}
        assert kinds & {ABSENCE_RELAY, DIGEST}


@settings(max_examples=15, deadline=None)
@given(worlds())
def test_put_off_nothing_comes_before_the_day_chosen_and_something_comes_by_j_1(world: World) -> None:
    if world.snooze is None:
        return
    told = [(now, r) for now, r in lived(world, always_on=True, nobody_finishes=True)]
    put_off_on, until = world.snooze
    mine = [now.astimezone(world.place.zone).date() for now, r in told if r.person.account_id == COLLEAGUE]
    assert until <= last_snooze(world.campaign.date, world.place)
    assert not [day for day in mine if put_off_on < day < until]
    if any(day <= put_off_on for day in mine):
        assert until in mine
