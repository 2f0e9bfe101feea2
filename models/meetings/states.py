"""The closed lists of meetings: what becomes of one, what an invited one answers, what is done to it."""

from enum import StrEnum


class MeetingState(StrEnum):
    """What has become of a meeting; `reported`: its report is signed, the proof of the obligation (OB05)."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"
    HELD = "held"
    NOT_HELD = "not_held"
    REPORTED = "reported"

    @classmethod
    def live(cls) -> tuple["MeetingState", ...]:
        """Return the states of a meeting that is to take place."""
        return cls.PLANNED, cls.MOVED


class Answer(StrEnum):
    """What somebody invited says."""

    PRESENT = "present"
    ABSENT = "absent"
    MAYBE = "maybe"


class Gesture(StrEnum):
    """What was done to a meeting: a line of its history."""

    PLANNED = "planned"
    MOVED = "moved"
    CHANGED = "changed"
    RESENT = "resent"
    CANCELLED = "cancelled"
    REPLACED = "replaced"
    HELD = "held"
    NOT_HELD = "not_held"
    REPORT_WRITTEN = "report_written"
    SIGNED = "signed"
    ADDENDUM = "addendum"


class Prescriber(StrEnum):
    """Who prescribes emploi accompagné; the national tool does not tell the operators of the SPE apart (A25)."""

    MDPH = "mdph"
    FRANCE_TRAVAIL = "france_travail"
    CAP_EMPLOI = "cap_emploi"
    MISSION_LOCALE = "mission_locale"


class Ground(StrEnum):
    """Why Cap emploi prescribed towards a structure run by the same body (OB24, W19); the list is ours."""

    MAINTIEN = "maintien"
    AUCUN_AUTRE = "aucun_autre"
    DEJA_SUIVIE = "deja_suivie"
    CHOIX = "choix"
    DECISION_COMMUNE = "decision_commune"


class Decision(StrEnum):
    """What a meeting decides; a closed list, so that nothing is told of anybody."""

    PRESCRIPTION_CONFIRMEE = "prescription_confirmee"
    DROIT_COMMUN = "droit_commun"
    COMPLEMENT = "complement"
    AUTRE_PRESCRIPTEUR = "autre_prescripteur"
    LISTE_ATTENTE = "liste_attente"
    CRITERES = "criteres"
    CIRCUIT = "circuit"
    INFORMATION = "information"
    PROCHAIN_POINT = "prochain_point"


class Outcome(StrEnum):
    """What became of a decision, told at the next meeting."""

    DONE = "done"
    GOING_ON = "going_on"
    DROPPED = "dropped"


class Reason(StrEnum):
    """Why a signed report is corrected."""

    ERREUR = "erreur"
    INFORMATION_TARDIVE = "information_tardive"
    CONTROLE = "controle"
