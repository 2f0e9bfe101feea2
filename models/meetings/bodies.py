"""The bodies that meet, and the functions their people hold: closed lists, since a chat carries no names."""

from enum import StrEnum


class Body(StrEnum):
    """A body of the platform or around it (`obligations.yaml`, participants)."""

    MDPH = "mdph"
    FRANCE_TRAVAIL = "france_travail"
    CAP_EMPLOI = "cap_emploi"
    MISSION_LOCALE = "mission_locale"
    CHEF_DE_FILE = "chef_de_file"
    DISPOSITIF = "dispositif"
    ARS = "ars"
    DDETS = "ddets"
    DREETS = "dreets"
    AGEFIPH = "agefiph"
    FIPHFP = "fiphfp"
    AUTRE = "autre"


SPE = (Body.FRANCE_TRAVAIL, Body.CAP_EMPLOI, Body.MISSION_LOCALE)
"""The public employment service: its operators prescribe, as the MDPH orients."""


class Function(StrEnum):
    """What somebody does in their body."""

    DIRECTION = "direction"
    RESPONSABLE = "responsable"
    REFERENT = "referent"
    CHARGE_DE_MISSION = "charge_de_mission"
    CONSEILLER = "conseiller"
    ASSISTANCE = "assistance"
    AUTRE = "autre"
