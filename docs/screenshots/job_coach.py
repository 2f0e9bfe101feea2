"""The page of the job coach: coming in, a quarter entered person by person, several at once, a new person."""

from docs.screenshots.phone import Phone


def coming_in(phone: Phone) -> None:
    """The invitation, and the welcome."""
    phone.photograph("invitation")
    phone.open_link()
    phone.start()
    phone.photograph("bienvenue")


def one_by_one(phone: Phone) -> None:
    """One tap, one line, a warning, an exit."""
    phone.start()
    phone.photograph_page("accueil")
    phone.tap("Saisir la suivante")
    phone.photograph("fiche")
    phone.tap("Rien n'a changé")
    phone.photograph("enregistre")

    phone.tap("Emploi")
    phone.photograph("choix")
    phone.tap("CDD")
    phone.photograph("changement")
    phone.tap("Enregistrer")

    phone.tap("Formation")
    phone.tap("Sans objet")
    phone.tap("Enregistrer")
    phone.photograph("avertissement")
    phone.tap("Oui, la formation est finie")

    phone.tap("Statut")
    phone.tap("Suivi terminé")
    phone.photograph("sortie")
    phone.tap("15")
    phone.tap("Enregistrer")
    phone.tap("Oui")


def lists_and_several(phone: Phone) -> None:
    """The list, a correction, and nothing changed for several."""
    phone.write("/personnes")
    phone.photograph("liste")
    phone.tap("Saisies")
    phone.tap("…")
    phone.photograph("corriger")

    phone.write("/saisir")
    phone.tap("Rien n'a changé pour")
    phone.photograph("plusieurs")
    phone.tap("En retirer")
    phone.tap("…")
    phone.photograph("retirer")
    phone.tap("Retour")
    phone.tap("Oui, rien n'a changé")
    phone.photograph("plusieurs-enregistrees")


def a_new_person(phone: Phone) -> None:
    """Six questions, left half-way and resumed, answered by tapping and by typing; the end of the quarter."""
    while not phone.has("Suivi par le dispositif"):
        phone.tap("Rien n'a changé" if phone.has("Rien n'a changé") and phone.has("Passer") else "Saisir la suivante")
    phone.photograph("question")
    phone.tap("Suivi par le dispositif")
    phone.tap("Que compte-t-on")
    phone.photograph("definition")
    phone.write("veille")
    phone.photograph("ecrire", messages=2)
    phone.tap("Sans emploi")
    phone.tap("Sans objet")
    phone.write("/saisir")
    phone.photograph("reprendre")
    phone.tap("Saisir la suivante")
    phone.tap("Sans emploi")
    phone.tap("Sans objet")
    phone.photograph("recapitulatif")
    phone.tap("Enregistrer")
    phone.photograph("fini")
    phone.write("/confidentialite")
    phone.photograph("confidentialite")
