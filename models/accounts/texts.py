"""What Jalon says in French about invitations, accounts and scopes."""

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

ROLES = {
    "job_coach": "job coach",
    "coordinator": "responsable du dispositif",
    "chef_de_file": "chef de file",
    "reader": "lecture des agrégats",
    "admin": "administration",
}

SCOPE_EXPECTED = {
    "job_coach": "Un job coach est invité dans un dispositif : --dispositif ABC01.",
    "coordinator": "Un responsable est invité dans un dispositif : --dispositif ABC01.",
    "chef_de_file": "Un chef de file a un périmètre departement:69 ou dispositif:ABC01.",
    "reader": "Une lecture a un périmètre national, region:84 ou departement:69.",
    "admin": "L’administration est nationale : sans --scope, ou avec --scope national.",
}
UNKNOWN = {
    "dispositif": "Le dispositif {code} n’existe pas dans Jalon.",
    "region": "La région {code} n’existe pas.",
    "departement": "Le département {code} n’existe pas.",
}
"""By the level of the scope."""
