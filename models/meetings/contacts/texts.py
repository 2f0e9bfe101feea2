"""What Jalon says in French about the contacts of a platform."""

from enum import StrEnum

from models.base.refusals import sentences_of
from models.meetings.bodies import Body, Function

BODIES = {
    Body.MDPH: "MDPH",
    Body.FRANCE_TRAVAIL: "France Travail",
    Body.CAP_EMPLOI: "Cap emploi",
    Body.MISSION_LOCALE: "Mission locale",
    Body.CHEF_DE_FILE: "Chef de file",
    Body.DISPOSITIF: "Dispositif d'emploi accompagné",
    Body.ARS: "ARS",
    Body.DDETS: "DDETS",
    Body.DREETS: "DREETS ou DEETS",
    Body.AGEFIPH: "Agefiph",
    Body.FIPHFP: "FIPHFP",
    Body.AUTRE: "Autre organisme",
}

FUNCTIONS = {
    Function.DIRECTION: "direction",
    Function.RESPONSABLE: "responsable",
    Function.REFERENT: "référent emploi accompagné",
    Function.CHARGE_DE_MISSION: "chargé de mission",
    Function.CONSEILLER: "conseiller",
    Function.ASSISTANCE: "assistance",
    Function.AUTRE: "autre fonction",
}


class ContactRefusal(StrEnum):
    """Why a contact is not added."""

    BAD_EMAIL = "bad_email"
    KNOWN_ALREADY = "known_already"


REFUSALS = sentences_of(
    ContactRefusal,
    {
        ContactRefusal.BAD_EMAIL: (
            "Ce n'est pas une adresse e-mail : il y faut un @ et un nom de domaine, comme « accueil@mdph.fr »."
        ),
        ContactRefusal.KNOWN_ALREADY: "Cette adresse est déjà dans le carnet.",
    },
)


def named(body: Body, function: Function) -> str:
    """Return « Cap emploi, conseiller »: a contact as everybody reads it."""
    return f"{BODIES[body]}, {FUNCTIONS[function]}"
