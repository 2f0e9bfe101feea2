"""What workers tell people."""


def gave_up(reference: str) -> str:
    """Say that work somebody asked for could not be done."""
    return (
        "Ce que vous aviez demandé n'a pas pu être terminé, malgré plusieurs essais. Vos données sont intactes.\n"
        f"Donnez le code {reference} à votre administratrice ou administrateur, qui peut relancer le travail."
    )
