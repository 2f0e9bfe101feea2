"""Coming in by an invitation, help, and what Jalon does with the data."""

from handlers.accounts import texts
from handlers.context import Context, NoCampaign
from handlers.entry.home import home
from handlers.feature import Command, Feature
from handlers.meetings.home import guest_home, lead_home, own_invitations
from models.accounts.permissions import Permission
from models.accounts.repository import asker_of
from models.accounts.service import InvitationRefused, accept
from models.accounts.tables import Account
from models.base.screens import Action, Row, Screen, bold, button

feature = Feature(
    "account",
    Command("start", texts.OPEN, Action.of("start", ""), takes="start"),
    Command("aide", texts.HOW, Action("help")),
    Command("confidentialite", texts.PRIVACY_SAID, Action("privacy")),
)

_FIGURES_ROW = (button(texts.FIGURES, "stats"),)
_HELP_ROW = (button(texts.HELP, "help"), button(texts.PRIVACY_TITLE, "privacy"))


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
        return Screen(texts.INVITED_ONLY)
    if not context.actor.roles:
        guest = None if context.visit.revoked else await guest_home(context)
        return guest or Screen(texts.REVOKED, menu=frozenset())
    roles, invited = context.actor.roles, own_invitations(context)
    if not context.actor.may_enter:
        about, ways = await lead_home(context)
        told = f"\n{about}" if about else texts.NOTHING_ASKED
        text = f"{texts.WELCOME}\n\n{texts.roles(context.actor.grants)}\n{told}"
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
        return Screen(f"{texts.INVITED_ONLY}\n\n{texts.HELP_ALL}")
    entry = [texts.HELP_ENTRY] if context.actor.may_enter else []
    review = [texts.HELP_REVIEW] if context.actor.may(Permission.EVENT_REVIEW) else []
    exchange = [texts.HELP_EXCHANGE] if context.actor.may(Permission.EXPORT) else []
    reminders = [texts.HELP_REMINDERS] if context.actor.may(Permission.REMINDERS) else []
    reminders += [texts.HELP_FORECAST] if context.actor.may(Permission.REMINDERS_FORECAST) else []
    jobs = [f"{texts.HELP_ANNOUNCE}\n{texts.HELP_JOBS}"] if context.actor.may(Permission.JOBS) else []
    meetings = [texts.HELP_MEETINGS] if context.actor.may(Permission.POINTS) else []
    meetings += [texts.HELP_OBLIGATIONS] if context.actor.may(Permission.REGISTER) else []
    meetings += [texts.HELP_INVITED]
    known = [*entry, *review, *exchange, "\n".join(meetings), "\n".join(reminders), *jobs]
    parts = [bold(texts.HELP), *known, texts.HELP_FIGURES, texts.HELP_ALL]
    return Screen("\n\n".join(part for part in parts if part), (_way_back(context),), Action("help"))


@feature.action("privacy")
async def privacy(context: Context) -> Screen:
    """Say what is kept, and what never passes through the chat."""
    return Screen(texts.PRIVACY, () if context.visit is None else (_way_back(context),), Action("privacy"))


def _way_back(context: Context) -> Row:
    return (button(texts.HOME, "home"),) if context.actor.may_enter else (button(texts.HOME, "start", ""),)


def no_campaign() -> Screen:
    """Say that there is nothing to enter at the moment."""
    return Screen(
        texts.NO_CAMPAIGN,
        (_HELP_ROW,),
        view=Action.of("start", ""),
    )


async def _welcome(context: Context, account: Account) -> Screen:
    assert account.id is not None
    actor = await asker_of(context.session, account.id)
    rows = ((button(texts.ENTER, "home"),),) if actor.may_enter else (_FIGURES_ROW, _HELP_ROW)
    begin = texts.TO_BEGIN if actor.may_enter else texts.NOTHING_ASKED
    return Screen(
        f"{texts.WELCOME}\n\n{texts.roles(actor.grants)}\n\n{texts.HELP_ALL}\n\n{begin}", rows, menu=actor.roles
    )
