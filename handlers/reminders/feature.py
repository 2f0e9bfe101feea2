"""The feature of the reminders, and what all its screens begin from: the actor's own wishes and place."""

from dataclasses import dataclass
from datetime import date

from handlers.context import Context
from handlers.feature import Command, Feature
from handlers.reminders import texts
from models.accounts.permissions import Permission, holders
from models.base.clock import local_day
from models.base.screens import Action
from models.campaigns.tables import Campaign
from models.reference.decent_hours import USUAL
from models.reference.working_days import Place, place_of
from models.reminders.repository import Wish, followed, own_wish, told
from models.reminders.service import Wishing
from reminders import upcoming
from reminders.steps import Away

REMINDED = holders(Permission.REMINDERS)

feature = Feature(
    "reminders",
    Command("rappels", texts.COMMAND, Action("reminders"), REMINDED, "reminders_word"),
    roles=REMINDED,
)


@dataclass(frozen=True)
class Own:
    """What somebody wishes, where they work (none: the whole country), the day it is there, the campaign if one is
    open; of the persons they follow themselves how many are asked about and entered; what they were told already.
    """

    wish: Wish
    departement: str | None
    place: Place
    today: date
    campaign: Campaign | None
    expected: int = 0
    entered: int = 0
    told: frozenset[tuple[str, str]] = frozenset()

    @property
    def missing(self) -> int:
        """How many persons are still to enter."""
        return self.expected - self.entered

    @property
    def hour(self) -> int:
        """The hour at which reminders come."""
        return USUAL if self.wish.hour is None else self.wish.hour

    @property
    def snoozed_until(self) -> date | None:
        """The day until which the open campaign's reminders wait, if they do."""
        until = self.wish.snoozed_until
        if until is None or self.campaign is None or self.wish.snoozed_in != self.campaign.id:
            return None
        return until if until > self.today else None

    @property
    def away(self) -> Away | None:
        """The absence that lasts or is to come."""
        first, last = self.wish.absent_from, self.wish.absent_until
        return Away(first, last) if first is not None and last is not None and last >= self.today else None

    @property
    def wishes(self) -> upcoming.Wishes:
        """The wishes as the rules of time take them; an absence that is over brings somebody back."""
        wish = self.wish
        of_campaign = self.campaign is not None and wish.snoozed_in == self.campaign.id
        away = Away(wish.absent_from, wish.absent_until) if wish.absent_from and wish.absent_until else None
        snoozed = wish.snoozed_until if of_campaign else None
        return upcoming.Wishes(self.hour, wish.digests_paused, snoozed, away)


async def own(context: Context) -> Own:
    """Return where the actor stands."""
    assert context.visit is not None
    wish, departement = await own_wish(context.session, context.actor)
    place = place_of(departement)
    campaign = context.visit.campaign
    today = local_day(context.now, place.zone)
    if campaign is None:
        return Own(wish, departement, place, today, None)
    already = await told(context.session, context.actor, campaign)
    if not context.actor.may_enter:
        return Own(wish, departement, place, today, campaign, told=already)
    expected, entered = await followed(context.session, context.actor, campaign)
    return Own(wish, departement, place, today, campaign, expected, entered, already)


def wishing(context: Context, of: Own) -> Wishing:
    """Return what the actor may wish."""
    return Wishing(context.session, context.actor, context.now, of.today, of.wish)
