"""The page of the reminders: a job coach's own, a coordinator's, an announcement to many."""

from docs.screenshots.phone import Phone


def reminding(phone: Phone) -> None:
    """The next reminder, put off and taken back; its hour, an absence."""
    phone.write("/rappels")
    phone.photograph("rappels")
    phone.tap("Me le rappeler")
    phone.photograph("rappel-reporte")
    phone.tap("Vos rappels")
    phone.tap("Changer l'heure")
    phone.photograph("rappel-heure")
    phone.tap("Retour")
    phone.tap("Indiquer une absence")
    phone.photograph("absence")
    phone.tap("Retour")


def foreseeing(phone: Phone) -> None:
    """A coordinator's reminders, the forecast, who put theirs off."""
    phone.write("/rappels")
    phone.photograph("rappels-coordination")
    phone.tap("Prévision")
    phone.photograph("prevision")
    phone.tap("Qui a reporté")
    phone.photograph("reports")


def announcing(phone: Phone) -> None:
    """What would go out now; an announcement seen before it leaves, and how it arrives."""
    phone.write("/rappels apercu")
    phone.told("à envoyer maintenant")
    phone.photograph("rappels-apercu")
    phone.write("/annonce")
    phone.tap("Job coachs")
    phone.tap("France entière")
    phone.write("Bonjour,\nla date de la remontée est confirmée : le 31 décembre. Merci de votre travail.")
    phone.photograph("annonce")
    phone.tap("Envoyer à")
    phone.photograph("annonces")
