"""The page of the figures: for a reader, for whoever holds the data, for a job coach."""

from docs.screenshots.phone import Phone


def reading_figures(phone: Phone) -> None:
    """What there is to see, and a picture of which small numbers are masked."""
    phone.start()
    phone.tap("Les chiffres")
    phone.photograph("chiffres-stats")
    phone.tap("Emploi dans le dernier mois")
    phone.shown()
    phone.photograph("chiffres-masques")


def reading_ones_own(phone: Phone) -> None:
    """The same, for whoever holds the data."""
    phone.write("/stats")
    phone.tap("Emploi dans le dernier mois")
    phone.shown()
    phone.photograph("chiffres-image")


def own_quarter(phone: Phone) -> None:
    """Where a job coach stands, and what changed."""
    phone.write("/trimestre")
    phone.photograph("trimestre")
