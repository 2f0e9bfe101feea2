"""What somebody may wish of their own reminders. Each change is written with its history, in one transaction."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.audit import repository as audit
from models.campaigns.tables import Campaign
from models.reminders import repository, texts
from models.reminders.repository import Wish

LONGEST_ABSENCE = relativedelta(months=12)
"""How far ahead of today an absence may end."""

_DAY = timedelta(days=1)


class WishRefused(Exception):
    """What was wished cannot be; the message is a French sentence."""


@dataclass(frozen=True)
class Wishing:
    """The actor's own wishes: nobody wishes for anybody else. `today` is the day it is where the actor works."""

    session: AsyncSession
    actor: Actor
    now: datetime
    today: date
    wish: Wish

    async def snooze(self, campaign: Campaign, until: date) -> Wish:
        """Have no reminder of that campaign before that day, which a rule of time found good; return the wishes."""
        return await self._become("snooze", snoozed_until=until, snoozed_in=campaign.id)

    async def unsnooze(self) -> Wish:
        """Put nothing off any more."""
        return await self._become("snooze", snoozed_until=None, snoozed_in=None)

    async def remind_at(self, hour: int) -> Wish:
        """Be reminded at that whole hour, a decent one."""
        return await self._become("hour", hour=hour)

    async def be_absent(self, first: date, last: date) -> Wish:
        """Be absent from a day to another, both included; raises `WishRefused` for days that cannot be."""
        if first < self.today:
            raise WishRefused(texts.ABSENCE_PAST)
        if last < first:
            raise WishRefused(texts.ABSENCE_REVERSED)
        if last > self.today + LONGEST_ABSENCE:
            raise WishRefused(texts.ABSENCE_LONG)
        return await self._become("absence", absent_from=first, absent_until=last)

    async def be_back(self) -> Wish:
        """End the absence: it lasted until yesterday, or never was if it had not begun before today."""
        begun = self.wish.absent_from
        if begun is None or begun >= self.today:
            return await self._become("absence", absent_from=None, absent_until=None)
        return await self._become("absence", absent_until=self.today - _DAY)

    async def pause_digests(self, paused: bool) -> Wish:
        """Stop the weekly digests, or have them again."""
        return await self._become("digests", digests_paused=paused)

    async def _become(self, what: str, **changes: object) -> Wish:
        wish = replace(self.wish, **changes)  # type: ignore[arg-type]
        if wish != self.wish:
            await repository.keep_wish(self.session, self.actor, self.now, wish)
            subject = f"account:{self.actor.account_id}"
            audit.record(
                self.session, self.actor, self.now, f"reminder_{what}", subject, self.wish.facts(), wish.facts()
            )
        return wish
