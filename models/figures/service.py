"""What may be done with a dispositif's figures: read them, and record them once the rules let them pass."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission
from models.accounts.repository import dispositifs_of
from models.audit.repository import record as audit
from models.base.revision import Stale
from models.campaigns.tables import Campaign
from models.entry.service import Unknown
from models.figures import repository, rules
from models.figures.repository import CurrentValues
from models.figures.rules import FigureRule
from models.figures.texts import WARNINGS

ACTION = "figures"


@dataclass(frozen=True)
class Refused:
    """An error stands in the way."""

    rule: FigureRule


@dataclass(frozen=True)
class ToConfirm:
    """A warning waits for its reason."""

    rule: FigureRule


@dataclass(frozen=True)
class Saved:
    """The figures are recorded."""


Outcome = Saved | Refused | ToConfirm


@dataclass(frozen=True)
class Figures:
    """The figures in one actor's name, for one campaign, at one moment."""

    session: AsyncSession
    actor: Actor
    campaign: Campaign
    now: datetime

    async def dispositifs(self) -> list[tuple[int, str]]:
        """Return the dispositifs whose figures the actor answers for."""
        return await dispositifs_of(self.session, self.actor, Permission.FIGURES)

    async def held(self, dispositif_id: int) -> CurrentValues:
        """Return a dispositif's figures; raises `Unknown`."""
        found = await repository.held(self.session, self.actor, self.campaign, dispositif_id)
        if found is None:
            raise Unknown
        return found

    async def record(self, held: CurrentValues, values: Mapping[str, float], reasons: Mapping[str, str]) -> Outcome:
        """Record figures, with the reasons given for the warnings; those not in `values` stay as they are known.

        Raises `Stale` if one is still missing, or if somebody recorded them since `held` was read.
        """
        known = {**held.latest, **values}
        whole = {field: value for field, value in known.items() if value is not None}
        if whole.keys() != held.latest.keys():
            raise Stale
        standing = held.standing(whole)
        for rule in rules.errors(standing):
            return Refused(rule)
        warned = rules.warnings(standing)
        for rule in warned:
            if reasons.get(rule.number) not in {reason.code for reason in WARNINGS[rule.number].reasons}:
                return ToConfirm(rule)
        kept = {rule.number: reasons[rule.number] for rule in warned}
        await repository.write(self.session, self.actor, self.now, self.campaign, held, whole, kept)
        day = self.campaign.date.isoformat()
        before, after = {**held.latest, "campaign": day}, {**whole, "campaign": day, "confirmations": kept}
        audit(self.session, self.actor, self.now, ACTION, f"dispositif:{held.reference}", before, after)
        return Saved()
