"""What Jalon says in French about reports: their closed lists, and why one is refused."""

from enum import StrEnum

from models.base.refusals import sentences_of
from models.meetings.states import Decision, Ground, Outcome, Prescriber, Reason

PRESCRIBERS = {
    Prescriber.MDPH: "MDPH",
    Prescriber.FRANCE_TRAVAIL: "France Travail",
    Prescriber.CAP_EMPLOI: "Cap emploi",
    Prescriber.MISSION_LOCALE: "Mission locale",
}

GROUNDS = {
    Ground.MAINTIEN: "Maintien dans l'emploi : hors du principe",
    Ground.AUCUN_AUTRE: "Aucun autre opérateur disponible",
    Ground.DEJA_SUIVIE: "Personne déjà suivie par ce Cap emploi",
    Ground.CHOIX: "Choix de la personne",
    Ground.DECISION_COMMUNE: "Décision commune au point",
}

DECISIONS = {
    Decision.PRESCRIPTION_CONFIRMEE: "Confirmer une prescription",
    Decision.DROIT_COMMUN: "Revenir au droit commun",
    Decision.COMPLEMENT: "Compléter un dossier",
    Decision.AUTRE_PRESCRIPTEUR: "Passer par un autre prescripteur",
    Decision.LISTE_ATTENTE: "Revoir la liste d'attente",
    Decision.CRITERES: "Préciser les critères d'orientation",
    Decision.CIRCUIT: "Revoir le circuit de prescription",
    Decision.INFORMATION: "Informer les prescripteurs",
    Decision.PROCHAIN_POINT: "Reprendre au prochain point",
}

OUTCOMES = {Outcome.DONE: "Faite", Outcome.GOING_ON: "En cours", Outcome.DROPPED: "Abandonnée"}

REASONS = {
    Reason.ERREUR: "Erreur dans le compte rendu",
    Reason.INFORMATION_TARDIVE: "Information arrivée après",
    Reason.CONTROLE: "Suite d'un contrôle",
}


class ReportRefusal(StrEnum):
    """Why a report is not written, signed or corrected."""

    NOT_HELD = "not_held"
    SIGNED = "signed"
    NOT_SIGNED = "not_signed"
    NO_REPORT = "no_report"
    SAME = "same"
    NOT_INVITED = "not_invited"
    NUMBER = "number"
    MORE_THAN_EXAMINED = "more_than_examined"
    OWNER = "owner"
    DUE_BEFORE = "due_before"
    TOO_MANY = "too_many"
    TOO_MANY_PEOPLE = "too_many_people"
    SAME_ADDRESS = "same_address"
    NOT_TO_FOLLOW = "not_to_follow"
    NOBODY = "nobody"
    WITHOUT_MDPH = "without_mdph"
    WITHOUT_SPE = "without_spe"
    NOT_COUNTED = "not_counted"
    SUBSIDIARITY = "subsidiarity"
    TO_FOLLOW = "to_follow"


REFUSALS = sentences_of(
    ReportRefusal,
    {
        ReportRefusal.NOT_HELD: "Dites d'abord si la réunion a eu lieu.",
        ReportRefusal.SIGNED: "Ce compte rendu est signé : il se corrige par un additif daté.",
        ReportRefusal.NOT_SIGNED: "Ce compte rendu n'est pas encore signé : il se corrige directement.",
        ReportRefusal.NO_REPORT: "Cette réunion n'a pas encore de compte rendu.",
        ReportRefusal.SAME: "Cet additif ne change rien au compte rendu.",
        ReportRefusal.NOT_INVITED: (
            "Un des présents n'est pas parmi les participants : ajoutez-le d'abord à la réunion."
        ),
        ReportRefusal.NUMBER: "Ce nombre de prescriptions n'est pas possible.",
        ReportRefusal.MORE_THAN_EXAMINED: (
            "Cap emploi a plus de prescriptions vers sa propre structure que de prescriptions examinées."
        ),
        ReportRefusal.OWNER: "Une décision revient à l'un des participants.",
        ReportRefusal.DUE_BEFORE: "L'échéance d'une décision ne précède pas la réunion.",
        ReportRefusal.TOO_MANY_PEOPLE: "Une réunion compte 50 participants au plus.",
        ReportRefusal.SAME_ADDRESS: "Cette adresse est celle d'un invité : notez-le présent.",
        ReportRefusal.TOO_MANY: "Un compte rendu porte 20 décisions au plus.",
        ReportRefusal.NOT_TO_FOLLOW: "Une de ces décisions n'est pas à suivre ici.",
        ReportRefusal.NOBODY: "Il manque les présents.",
        ReportRefusal.WITHOUT_MDPH: ("Sans la MDPH parmi les présents, la réunion ne vaut pas comme point MDPH–SPE."),
        ReportRefusal.WITHOUT_SPE: (
            "Sans France Travail, Cap emploi ni Mission locale parmi les présents, "
            "la réunion ne vaut pas comme point MDPH–SPE."
        ),
        ReportRefusal.NOT_COUNTED: (
            "Il manque le nombre de prescriptions examinées d'un prescripteur ; zéro se dit aussi."
        ),
        ReportRefusal.SUBSIDIARITY: "Il manque une réponse : le droit commun a-t-il été examiné avant ?",
        ReportRefusal.TO_FOLLOW: "Il reste à dire ce que sont devenues les décisions précédentes.",
    },
)
