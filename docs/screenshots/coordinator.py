"""The page of whoever reviews and validates."""

from docs.screenshots.phone import Phone


def reviewing(phone: Phone) -> None:
    """Where the dispositif stands, an entry to look at, a question sent back, the rest validated in one tap."""
    phone.write("/valider")
    phone.photograph("relecture")
    phone.tap("Regarder")
    phone.photograph("regarder")
    phone.tap("Renvoyer")
    phone.tap("Emploi")
    phone.photograph("renvoyer")
    phone.write("/valider")
    phone.tap("Valider les")
    phone.photograph("validees")
