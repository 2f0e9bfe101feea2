"""The page of the figures of a dispositif, of the persons' files, of the workbooks and of the work under way."""

from docs.screenshots.phone import Phone


def keeping(phone: Phone) -> None:
    """The figures of the dispositif, and the persons' files."""
    phone.write("/chiffres")
    phone.photograph("chiffres")
    phone.tap("Liste d'attente")
    phone.photograph("chiffre")
    phone.write("/personnes")
    phone.photograph("fiches")
    phone.tap("…")
    phone.photograph("fiche-coordination")


def exchanging(phone: Phone) -> None:
    """An export rehearsed; its links, drawn anew each time, are not photographed."""
    phone.write("/export")
    phone.tap("31")
    phone.told("Répétition")
    phone.photograph("repetition")


def administering(phone: Phone) -> None:
    """The work of the workers."""
    phone.start()
    phone.write("/taches")
    phone.photograph("taches")
