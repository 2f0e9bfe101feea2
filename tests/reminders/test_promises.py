"""What `/rappels` promises is what the planning sends: the same step, at that hour, and nothing before."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from models.accounts.tables import Role
from models.campaigns.tables import Campaign
from models.reference.decent_hours import EARLIEST, LATEST, USUAL, moment, next_look
from models.reference.working_days import Place, place_of
from models.reminders.messages import REMINDER
from models.reminders.snapshot import CampaignSnapshot
from models.reminders.tables import ReminderWish
from reminders.steps import Away, Course
from reminders.upcoming import Ahead, Upcoming, Wishes
from reminders.wishes import snoozes
from tests.reminders.snapshots import COACH, SCOPE, YEAR_END, account, at, dispositif, standing, tick, wish

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLACES = ("69", "67", "971", "974", "976")


class Story(NamedTuple):
    """A coach of whom nobody is entered: told as usual until they wish for something; the machine is off from then on
    until they ask what comes.
    """

    departement: str
    campaign: Campaign
    wish: ReminderWish
    wished_at: datetime
    asks_at: datetime

    @property
    def place(self) -> Place:
        """Where it is."""
        return place_of(self.departement)

    @property
    def over(self) -> datetime:
        """The moment at which the campaign is closed."""
        assert self.campaign.closes is not None
        return moment(self.campaign.closes + DAY, self.place)

    def when_asked(self) -> CampaignSnapshot:
        """Return where they stand when they ask."""
        recipient = account(COACH, Role.JOB_COACH, SCOPE)
        usual = standing([dispositif(departement=self.departement, a1=3)], recipient, campaign=self.campaign)
        told = self.told(usual, moment(self.campaign.opens, self.place, EARLIEST), self.wished_at)[1]
        return replace(told, recipients={COACH: replace(recipient, wish=self.wish)})

    def promised(self, known: CampaignSnapshot) -> Upcoming | None:
        """Return what `/rappels` says comes next."""
        mine, campaign = self.wish, self.campaign
        away = Away(mine.absent_from, mine.absent_until) if mine.absent_from and mine.absent_until else None
        wishes = Wishes(USUAL if mine.hour is None else mine.hour, False, mine.snoozed_until, away)
        course = Course(campaign.opens, campaign.date, campaign.closes)
        told = {(kind, period) for kind, _, period in known.notified}
        return next(
            iter(Ahead(course, self.place, self.asks_at, wishes, told).coming({Role.JOB_COACH}, missing=True)), None
        )

    def sent(self, known: CampaignSnapshot) -> tuple[str, datetime] | None:
        """Return the first step that is told from then on, and when."""
        return self.told(known, next_look(self.asks_at), self.over, only_first=True)[0]

    def told(
        self, known: CampaignSnapshot, since: datetime, until: datetime, *, only_first: bool = False
    ) -> tuple[tuple[str, datetime] | None, CampaignSnapshot]:
        """Look every hour; return the last thing told (the first one, and no more, where only that counts)."""
        last = None
        for number in range(max(0, -(-(until - since) // HOUR))):
            now = since + number * HOUR
            if not self.campaign.is_open(now.astimezone(self.place.zone).date()):
                continue
            out, known = tick(known, now)
            if out:
                assert [one.kind for one in out] == [REMINDER]
                last = (out[0].step.code, now)
                if only_first:
                    break
        return last, known


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw a story."""
    opens = draw(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
    due = opens + draw(st.integers(0, 45)) * DAY
    closes = due + draw(st.integers(0, 20)) * DAY
    departement = draw(st.sampled_from(PLACES))
    place = place_of(departement)
    put_off_on = opens + draw(st.integers(0, (closes - opens).days)) * DAY
    days = [choice.day for choice in snoozes(put_off_on, due, place)]
    mine = wish(COACH, hour=draw(st.none() | st.integers(EARLIEST, LATEST - 1)))
    if draw(st.booleans()) and days:
        mine.snoozed_until, mine.snoozed_in = draw(st.sampled_from(days)), 1
    if draw(st.booleans()):
        mine.absent_from = put_off_on + draw(st.integers(0, 20)) * DAY
        mine.absent_until = mine.absent_from + draw(st.integers(0, 20)) * DAY
    wished_at = moment(put_off_on, place, draw(st.integers(0, 23)))
    last = moment(closes, place, 23)
    asks_at = min(wished_at + draw(st.integers(0, 20 * 24 * 60)) * timedelta(minutes=1), last)
    return Story(departement, Campaign(id=1, date=due, opens=opens, closes=closes), mine, wished_at, asks_at)


@settings(max_examples=100, deadline=None)
@given(stories())
def test_what_is_promised_is_what_is_sent(story: Story) -> None:
    known = story.when_asked()
    promised = story.promised(known)
    assert (promised and (promised.step.code, promised.at)) == story.sent(known)


def test_nothing_is_promised_for_a_day_of_absence() -> None:
    """Put off to the 7th, on which the machine was off; then absent from the 14th to the 20th."""
    mine = wish(
        COACH,
        snoozed_until=date(2026, 12, 7),
        snoozed_in=1,
        absent_from=date(2026, 12, 14),
        absent_until=date(2026, 12, 20),
    )
    story = Story("69", YEAR_END, mine, at("2026-12-03T09:00"), at("2026-12-17T09:10"))
    promised = story.promised(story.when_asked())
    assert promised is not None
    assert (promised.step.code, promised.at) == ("retour:2026-12-21", at("2026-12-21T08:00"))
