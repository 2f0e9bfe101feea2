"""What the rules of an event say in French, and the reasons by which a warning may be confirmed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """A reason for confirming a warning: the code that is kept, the label of its button."""

    code: str
    label: str


@dataclass(frozen=True)
class Caution:
    """A warning as a person reads it, with the closed list of reasons that confirm it.

    In a sentence, `{soutien}` stands for the level of support answered.
    """

    sentence: str
    hint: str
    reasons: tuple[Reason, ...]


EXIT_UNKNOWN = "date_inconnue"

ERRORS = {
    "E01": "il manque une réponse obligatoire",
    "E05": "la date n'est pas celle d'une campagne ouverte",
    "E06": "la valeur n'est pas dans la liste fermée",
    "E10": "le dispositif de l'évènement n'est pas celui de la personne",
    "E11": "la personne n'existe pas dans Jalon",
    "E12": "cette personne n'est pas dans votre périmètre",
    "E14": "les dates d'entrée, de sortie et de remontée ne se suivent pas",
    "E15": "la personne est sortie avant cette date : elle ne peut plus être « suivie par le dispositif »",
    "E17": "cette personne a déjà un évènement pour cette campagne",
    "E19": "cet évènement est déjà remonté : la correction se fait à la main dans l'outil national",
}

WARNINGS = {
    "W01": Caution(
        "suivi terminé, mais sans date de sortie.",
        "La date de sortie est attendue quand la personne quitte les effectifs.",
        (Reason(EXIT_UNKNOWN, "La date n'est pas encore connue"),),
    ),
    "W02": Caution(
        "veille totale, mais une date de sortie est notée.",
        "En veille totale, la personne n'est pas sortie des effectifs.",
        (Reason("sortie_a_venir", "Oui, la sortie est à venir"),),
    ),
    "W03": Caution(
        "la date de sortie est après la date de la remontée.",
        "C'est possible si la sortie est déjà fixée.",
        (Reason("sortie_fixee", "Oui, la sortie est déjà fixée"),),
    ),
    "W04": Caution(
        "veille totale, mais avec un soutien de plus de 2 h.",
        "En veille totale, il n'y a plus de contact ; des démarches sans la personne peuvent l'expliquer.",
        (Reason("demarches_sans_contact", "Oui, démarches sans contact direct"),),
    ),
    "W05": Caution(
        "suivi terminé, avec un soutien « {soutien} ».",
        "Est-ce bien le niveau du dernier mois d'accompagnement, et non celui du mois de la remontée ?",
        (Reason("dernier_mois_accompagnement", "Oui, le dernier mois d'accompagnement"),),
    ),
    "W06": Caution(
        "en emploi à la date, mais « sans emploi » dans le dernier mois.",
        "C'est possible si la prise de poste est très récente.",
        (Reason("prise_de_poste_recente", "Oui, prise de poste récente"),),
    ),
    "W07": Caution(
        "en CDI à la date, mais un autre contrat dans le dernier mois.",
        "C'est possible si le changement est très récent.",
        (Reason("changement_recent", "Oui, changement récent"),),
    ),
    "W08": Caution(
        "en alternance, mais sans formation en cours.",
        "Une alternance comprend d'ordinaire une formation.",
        (
            Reason("formation_pas_commencee", "Oui, la formation n'a pas commencé"),
            Reason("formation_finie", "Oui, la formation est finie"),
        ),
    ),
    "W09": Caution(
        "une PMSMP et un stage en même temps.",
        "La même situation est peut-être comptée deux fois.",
        (Reason("deux_situations", "Oui, ce sont deux situations"),),
    ),
    "W16": Caution(
        "« Suivi terminé » était déjà indiqué à la remontée précédente.",
        "Une sortie ne se déclare qu'une fois.",
        (Reason("nouvelle_sortie", "Oui, c'est une nouvelle sortie"),),
    ),
    "W17": Caution(
        "de retour après un « Suivi terminé ».",
        "L'accompagnement peut reprendre à tout moment ; vérifiez les dates d'entrée et de sortie.",
        (Reason("reprise", "Oui, l'accompagnement a repris"),),
    ),
    "W20": Caution(
        "de nouveau suivie après une veille totale.",
        "Le contact a-t-il repris ?",
        (Reason("contact_repris", "Oui, le contact a repris"),),
    ),
    "W21": Caution(
        "le soutien change de plus d'une tranche depuis la dernière remontée.",
        "Vérifiez les heures du dernier mois.",
        (
            Reason("besoin_change", "Oui, le besoin a changé"),
            Reason("periode_particuliere", "Oui, mois particulier"),
        ),
    ),
}
