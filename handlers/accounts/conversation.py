"""Coming in by an invitation, help, and what Jalon does with the data."""

from collections.abc import Sequence

from handlers.context import Context, NoCampaign
from handlers.entry.home import home
from handlers.feature import Command, Feature
from handlers.meetings.home import guest_home, lead_home, own_invitations
from models.accounts.permissions import Grant, Permission
from models.accounts.repository import asker_of
from models.accounts.service import InvitationRefused, accept
from models.accounts.tables import Account
from models.accounts.texts import ROLES
from models.base.screens import Action, Row, Screen, bold, button
from models.reference.scopes import Scope

INVITED_ONLY = (
    f"{bold('Jalon')} s'ouvre sur invitation.\n\n"
    "Demandez un lien à la coordination de votre dispositif, puis ouvrez-le depuis ce téléphone."
)
REVOKED = "Votre accès à Jalon a été retiré. Adressez-vous à la coordination de votre dispositif."

WELCOME = f"{bold('Bienvenue dans Jalon')}, l'assistant de terrain de l'emploi accompagné."

NOTHING_ASKED = "Rien ne vous est demandé pour l'instant."

HELP_ENTRY = (
    f"{bold('La remontée du trimestre')}\n"
    "/saisir ouvre la remontée. Si rien n'a changé pour une personne, un seul appui suffit ; sinon touchez la ligne "
    "qui a changé, choisissez, puis « Enregistrer ».\n"
    "« Annuler » défait la dernière saisie. Une saisie se corrige tant qu'elle n'est pas validée.\n"
    "Vous pouvez vous arrêter à tout moment : Jalon reprend où vous en étiez.\n"
    "Au lieu de toucher un bouton, vous pouvez écrire son libellé.\n\n"
    "/personnes : la liste de vos personnes\n"
    "/trimestre : où vous en êtes, ce qui a changé, les contrats terminés\n"
    "/annuler : abandonner la saisie en cours"
)
HELP_REVIEW = (
    f"{bold('La relecture')}\n"
    "/valider montre où en est votre dispositif. Regardez d'abord les saisies signalées, puis validez d'un appui "
    "celles qui n'appellent pas de remarque. « Renvoyer… » prévient aussitôt le job coach. Une saisie validée est "
    "verrouillée.\n"
    "/chiffres : les chiffres du dispositif, à chaque remontée\n"
    "/personnes : les fiches ; confier une personne, noter une sortie, en ajouter une"
)
HELP_EXCHANGE = (
    f"{bold('Les classeurs')}\n"
    "/export : le classeur national de ce qui est validé\n"
    "/import : charger un classeur ; rien n'est écrit sans votre accord"
)
HELP_REMINDERS = "/rappels : votre prochain rappel, le reporter, choisir l'heure, indiquer une absence"
HELP_FORECAST = "/rappels donne aussi la prévision de votre dispositif, et dit qui a reporté ses rappels"
HELP_ANNOUNCE = (
    "/annonce : écrire à un rôle, dans un périmètre\n/rappels apercu : ce qui partirait maintenant, à qui et pourquoi"
)
HELP_MEETINGS = (
    f"{bold('Les réunions')}\n"
    "/point : planifier, déplacer, annuler ; les réponses, le compte rendu, le carnet d'adresses"
)
HELP_OBLIGATIONS = "/obligations : les réunions obligatoires, tenues ou non, et leur registre"
HELP_INVITED = "Invité à une réunion, vous la retrouvez par « Mes invitations à venir », à l'accueil (/start)"
HELP_FIGURES = "/stats : les chiffres, en images et en une page à imprimer"
HELP_JOBS = "/taches : les travaux et les messages de Jalon"
HELP_ALL = (
    "/aide : cette page\n"
    "/confidentialite : ce que Jalon fait des données\n\n"
    "N'écrivez jamais ici de nom ni d'information sur une personne : seuls les codes et les choix proposés."
)
PRIVACY = (
    f"{bold('Confidentialité')}\n"
    "Cette conversation ne contient que des codes et des choix de listes fermées : ni nom, ni date de naissance, ni "
    "handicap. Ce que vous écrivez est comparé aux libellés des boutons, puis oublié par Jalon (sauf le "
    "texte d'une annonce de l'administration, le lieu d'une réunion et l'adresse d'un contact) ; Telegram, lui, garde "
    "la conversation.\n\n"
    "Jalon garde votre adresse e-mail, votre identifiant Telegram, vos rôles, ce que vous souhaitez de vos rappels "
    "(heure, report, absence), et l'historique de vos saisies : qui, "
    "quand, avant, après. La date de naissance, le sexe et le handicap des personnes sont chiffrés et n'apparaissent "
    "jamais ici.\n\n"
    "Votre accès peut être retiré à tout moment par la coordination de votre dispositif, à qui vous pouvez aussi "
    "demander accès, rectification ou effacement."
)

feature = Feature(
    "account",
    Command("start", "Ouvrir Jalon", Action.of("start", ""), takes="start"),
    Command("aide", "Comment faire", Action("help")),
    Command("confidentialite", "Ce que Jalon fait des données", Action("privacy")),
)

_FIGURES_ROW = (button("Les chiffres", "stats"),)
_HELP_ROW = (button("Aide", "help"), button("Confidentialité", "privacy"))


@feature.action("start")
async def start(context: Context, token: str) -> Screen:
    """Come in by an invitation, or open the home card."""
    if token:
        try:
            account = await accept(context.session, context.now, token, context.sender)
        except InvitationRefused as refused:
            return Screen(str(refused))
        return await _welcome(context, account)
    if context.visit is None:
        return Screen(INVITED_ONLY)
    if not context.actor.roles:
        guest = None if context.visit.revoked else await guest_home(context)
        return guest or Screen(REVOKED, menu=frozenset())
    roles, invited = context.actor.roles, own_invitations(context)
    if not context.actor.may_enter:
        about, ways = await lead_home(context)
        told = f"\n{about}" if about else NOTHING_ASKED
        text = f"{WELCOME}\n\n{_roles(context.actor.grants)}\n{told}"
        return Screen(text, (*ways, *invited, _FIGURES_ROW, _HELP_ROW), Action.of("start", ""), menu=roles)
    try:
        screen = await home(context)
    except NoCampaign:
        screen = no_campaign()
    return Screen(screen.text, (*screen.rows, *invited), screen.view, menu=roles)


@feature.action("help")
async def show_help(context: Context) -> Screen:
    """Say what may be done here, by role."""
    if context.visit is None:
        return Screen(f"{INVITED_ONLY}\n\n{HELP_ALL}")
    entry = [HELP_ENTRY] if context.actor.may_enter else []
    review = [HELP_REVIEW] if context.actor.may(Permission.EVENT_REVIEW) else []
    exchange = [HELP_EXCHANGE] if context.actor.may(Permission.EXPORT) else []
    reminders = [HELP_REMINDERS] if context.actor.may(Permission.REMINDERS) else []
    reminders += [HELP_FORECAST] if context.actor.may(Permission.REMINDERS_FORECAST) else []
    jobs = [f"{HELP_ANNOUNCE}\n{HELP_JOBS}"] if context.actor.may(Permission.JOBS) else []
    meetings = [HELP_MEETINGS] if context.actor.may(Permission.POINTS) else []
    meetings += [HELP_OBLIGATIONS] if context.actor.may(Permission.REGISTER) else []
    meetings += [HELP_INVITED]
    known = [*entry, *review, *exchange, "\n".join(meetings), "\n".join(reminders), *jobs]
    parts = [bold("Aide"), *known, HELP_FIGURES, HELP_ALL]
    return Screen("\n\n".join(part for part in parts if part), (_way_back(context),), Action("help"))


@feature.action("privacy")
async def privacy(context: Context) -> Screen:
    """Say what is kept, and what never passes through the chat."""
    return Screen(PRIVACY, () if context.visit is None else (_way_back(context),), Action("privacy"))


def _way_back(context: Context) -> Row:
    return (button("Accueil", "home"),) if context.actor.may_enter else (button("Accueil", "start", ""),)


def no_campaign() -> Screen:
    """Say that there is nothing to enter at the moment."""
    return Screen(
        "Aucune remontée n'est ouverte en ce moment. Il n'y a rien à saisir.",
        (_HELP_ROW,),
        view=Action.of("start", ""),
    )


async def _welcome(context: Context, account: Account) -> Screen:
    assert account.id is not None
    actor = await asker_of(context.session, account.id)
    rows = ((button("Saisir la remontée", "home"),),) if actor.may_enter else (_FIGURES_ROW, _HELP_ROW)
    begin = "Touchez « Saisir la remontée » pour commencer." if actor.may_enter else NOTHING_ASKED
    return Screen(f"{WELCOME}\n\n{_roles(actor.grants)}\n\n{HELP_ALL}\n\n{begin}", rows, menu=actor.roles)


def _roles(grants: Sequence[Grant]) -> str:
    lines = [f"{ROLES[grant.role]}, {Scope.parse(grant.scope).called}" for grant in grants]
    return "Votre accès : " + " ; ".join(lines) + "."
