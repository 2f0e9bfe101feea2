"""What Jalon says in French about invitations, accounts, roles and scopes."""

from collections.abc import Mapping
from typing import NamedTuple

from models.accounts.permissions import Permission, Role, holders, missing_from

NOT_ALLOWED = "Seul un administrateur invite ou révoque."
BAD_EMAIL = "« {email} » n’est pas une adresse e-mail."
UNKNOWN_ACCOUNT = "Aucun compte pour {email}."

INVITATION_REFUSALS = {
    "unknown": "Ce lien d’invitation n’est pas valable. Demandez-en un nouveau à votre responsable.",
    "used": "Ce lien d’invitation a déjà servi. Demandez-en un nouveau à votre responsable.",
    "expired": "Ce lien d’invitation a expiré. Demandez-en un nouveau à votre responsable.",
    "revoked": "Cette invitation a été annulée. Adressez-vous à votre responsable.",
    "other_email": (
        "Votre compte Telegram est déjà lié à une autre adresse e-mail. Adressez-vous à votre responsable."
    ),
    "other_telegram": (
        "Cette adresse e-mail est déjà liée à un autre compte Telegram. Adressez-vous à votre responsable."
    ),
}


class RoleTexts(NamedTuple):
    """How a role is said: whoever holds it, those it is written to, what its scope is; as what it signs a report."""

    name: str
    plural: str
    scope_expected: str
    signs_as: str = ""


_ROLES: Mapping[Role, RoleTexts] = {
    Role.JOB_COACH: RoleTexts(
        "job coach", "Job coachs", "Un job coach est invité dans un dispositif : --dispositif ABC01."
    ),
    Role.COORDINATOR: RoleTexts(
        "responsable du dispositif",
        "Responsables de dispositif",
        "Un responsable est invité dans un dispositif : --dispositif ABC01.",
    ),
    Role.CHEF_DE_FILE: RoleTexts(
        "chef de file",
        "Chefs de file",
        "Un chef de file a un périmètre departement:69 ou dispositif:ABC01.",
        "le chef de file",
    ),
    Role.READER: RoleTexts(
        "lecture des agrégats",
        "Lecture des agrégats",
        "Une lecture a un périmètre national, region:84 ou departement:69.",
    ),
    Role.ADMIN: RoleTexts(
        "administration",
        "Administration",
        "L’administration est nationale : sans --scope, ou avec --scope national.",
        "l'administration",
    ),
}
missing_from(_ROLES, "models/accounts/texts.py has no texts")
missing_from(
    {role for role in Role if role not in holders(Permission.POINTS) or _ROLES[role].signs_as},
    "models/accounts/texts.py does not say as what a report is signed",
)

ROLES: Mapping[str, str] = {role: texts.name for role, texts in _ROLES.items()}
ROLES_IN_PLURAL = {role: texts.plural for role, texts in _ROLES.items()}
SCOPE_EXPECTED = {role: texts.scope_expected for role, texts in _ROLES.items()}
SIGNERS = {role: texts.signs_as for role, texts in _ROLES.items() if texts.signs_as}

UNKNOWN = {
    "dispositif": "Le dispositif {code} n’existe pas dans Jalon.",
    "region": "La région {code} n’existe pas.",
    "departement": "Le département {code} n’existe pas.",
}
"""By the level of the scope."""
