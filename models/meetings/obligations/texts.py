"""What Jalon says in French about the meetings the texts require."""

from models.meetings.kinds import MeetingKind
from models.meetings.obligations.states import DueState

FREQUENCIES = {
    MeetingKind.POINT: "au moins une fois par mois",
    MeetingKind.COMITE_DEPARTEMENTAL: "deux fois par an, une par semestre",
    MeetingKind.COMITE_REGIONAL: "une fois par an",
    MeetingKind.INSTANCE_OUTRE_MER: "deux fois par an, par prudence",
    MeetingKind.DIALOGUE_GESTION: "une fois par an",
}

STATES = {
    DueState.KEPT: "tenu, compte rendu signé",
    DueState.PLANNED: "planifié",
    DueState.AT_RISK: "à risque",
    DueState.MISSED: "manqué",
    DueState.TO_COME: "à venir",
    DueState.BEFORE: "avant Jalon",
}
