"""The kinds of meetings the texts require, as data: all else about them is derived from here (`obligations.yaml`)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from models.accounts.permissions import Permission, Role, holders
from models.meetings.bodies import SPE, Body
from models.meetings.periods import MONTH, SEMESTER, YEAR, Frequency
from models.reference.scopes import Level


class MeetingKind(StrEnum):
    """A meeting the texts require."""

    POINT = "point"
    COMITE_DEPARTEMENTAL = "comite_departemental"
    COMITE_REGIONAL = "comite_regional"
    INSTANCE_OUTRE_MER = "instance_outre_mer"
    DIALOGUE_GESTION = "dialogue_gestion"


OVERSEAS_REGIONS = frozenset({"01", "02", "03", "04", "06"})
"""Where the département is a region too (INSEE codes): one body takes the place of both committees (OB08)."""


def _everywhere(_region: str | None) -> bool:
    return True


def _overseas(region: str | None) -> bool:
    return region in OVERSEAS_REGIONS


def _mainland(region: str | None) -> bool:
    return region not in OVERSEAS_REGIONS


@dataclass(frozen=True)
class MeetingRule:
    """One kind: its number, what it is counted in and how often, who plans and takes part, and where it is written.

    `also_at`: the other levels at which a meeting of this kind may be planned; it then counts for the obligation of
    the level above. `permission` is that of whoever plans in Jalon, `convened_by` says who convenes according to the
    text. `lines` are those of the circulaire.
    """

    code: MeetingKind
    number: str
    level: Level
    frequency: Frequency
    permission: Permission
    convened_by: str
    takes_part: tuple[Body, ...]
    lines: str
    applies_in: Callable[[str | None], bool] = _everywhere
    also_at: tuple[Level, ...] = ()

    @property
    def planned_by(self) -> frozenset[Role]:
        """The roles that plan it, each where it leads."""
        return holders(self.permission)


KINDS: dict[MeetingKind, MeetingRule] = {
    kind.code: kind
    for kind in (
        MeetingRule(
            MeetingKind.POINT,
            "OB04",
            Level.DEPARTEMENT,
            MONTH,
            Permission.POINTS,
            "non précisé ; le chef de file (choix de Jalon)",
            (Body.MDPH, *SPE),
            "346-350",
            also_at=(Level.DISPOSITIF,),
        ),
        MeetingRule(
            MeetingKind.COMITE_DEPARTEMENTAL,
            "OB07",
            Level.DEPARTEMENT,
            SEMESTER,
            Permission.COMMITTEES,
            "DDETS et délégation départementale de l'ARS",
            (Body.DDETS, Body.ARS, Body.AGEFIPH, Body.FIPHFP, Body.MDPH, *SPE, Body.CHEF_DE_FILE),
            "399-410",
            applies_in=_mainland,
        ),
        MeetingRule(
            MeetingKind.COMITE_REGIONAL,
            "OB06",
            Level.REGION,
            YEAR,
            Permission.COMMITTEES,
            "DREETS et ARS",
            (Body.ARS, Body.DREETS, Body.AGEFIPH, Body.FIPHFP, *SPE, Body.MDPH),
            "364-391",
            applies_in=_mainland,
        ),
        MeetingRule(
            MeetingKind.INSTANCE_OUTRE_MER,
            "OB08",
            Level.DEPARTEMENT,
            SEMESTER,
            Permission.COMMITTEES,
            "acteurs ultramarins",
            (Body.ARS, Body.DREETS, Body.AGEFIPH, Body.FIPHFP, *SPE, Body.MDPH),
            "412-416",
            applies_in=_overseas,
        ),
        MeetingRule(
            MeetingKind.DIALOGUE_GESTION,
            "OB16",
            Level.DISPOSITIF,
            YEAR,
            Permission.POINTS,
            "financeurs et personne morale gestionnaire",
            (Body.ARS, Body.AGEFIPH, Body.FIPHFP, Body.CHEF_DE_FILE),
            "504-506, 1479-1488",
        ),
    )
}
"""Every kind by its code, in the order of what comes most often."""
