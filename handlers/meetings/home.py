"""What a chef de file finds on /start: the next meeting, what is at risk; and what whoever is invited finds there."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.context import Context
from handlers.meetings import month_texts, texts
from handlers.meetings.feature import answering, today_there
from handlers.meetings.listing import AHEAD_TO, BACK_TO, awaits, homes_of, month_actions
from models.accounts.permissions import Extent, Permission
from models.base.paging import SIZE, turning
from models.base.screens import Action, Button, Row, Screen, button, one_a_row
from models.meetings.agenda import dated
from models.meetings.invitations.service import Invitations
from models.meetings.invitations.texts import MY_INVITATIONS
from models.meetings.obligations.service import Due, obligations
from models.meetings.obligations.states import DueState
from models.meetings.permissions import meeting_permissions
from models.meetings.repository import Meeting
from models.meetings.territories import Territory
from models.reference.scopes import NATIONAL

WAYS = (texts.BEFORE_HER, texts.AFTER_HER)


async def guest_home(context: Context) -> Screen | None:
    """Return the next meetings to which somebody without any role is invited; nothing where there are none."""
    found, total = await Invitations(context.session, context.actor, context.now).coming(0, SIZE)
    return _invitations(context, found, 0, total, Action.of("start", "")) if total else None


@answering.action("mt_mine")
async def mine(context: Context, page: int) -> Screen:
    """Show a page of the meetings to come to which who speaks is invited, whatever their roles."""
    found, total = await Invitations(context.session, context.actor, context.now).coming(page * SIZE, SIZE)
    shown = _invitations(context, found, page, total, Action.of("mt_mine", page))
    return replace(shown, rows=(*shown.rows, (button(texts.HOME, "start", ""),)))


def own_invitations(context: Context) -> tuple[Row, ...]:
    """Return the way to the meetings to come to which who speaks is invited, where there is one."""
    invited = context.visit is not None and context.visit.invited
    return ((button(MY_INVITATIONS, "mt_mine", 0),),) if invited else ()


async def lead_home(context: Context) -> tuple[str, tuple[Row, ...]]:
    """Return the text and the buttons of whoever plans meetings; nothing for anybody else."""
    ways: list[Button] = [button(texts.MEETINGS, "points"), button(month_texts.OBLIGATIONS, "obligations")]
    if not context.actor.may(Permission.POINTS):
        return "", ()
    homes = [] if context.actor.may(Permission.POINTS, Extent.NATIONAL) else await homes_of(context)
    if not homes:
        return "", one_a_row(ways)
    today = today_there(context, homes[0])
    dues = await obligations(context.session, context.actor, today, NATIONAL)
    at_risk = [one for one in dues if one.state is DueState.AT_RISK and _led(one, homes)]
    if len(homes) > 1:
        return month_texts.homes(at_risk), one_a_row(ways)
    there = homes[0]
    rights = await meeting_permissions(context.session, context.actor)
    found = await dated(context.session, rights, there, today - BACK_TO, today + AHEAD_TO)
    coming = next((one for one in found if one.is_live and one.starts_at > context.now), None)
    waiting = [
        button(month_texts.waiting(one, today), "mt", one.id)
        for one in found
        if one.starts_at <= context.now and awaits(one)
    ]
    first = waiting[:1] or month_actions(there, found, context.now, today)[:1]
    return month_texts.home(there, coming, at_risk), one_a_row([*first, *ways])


def _invitations(context: Context, found: Sequence[Meeting], page: int, total: int, view: Action) -> Screen:
    ways = one_a_row([button(month_texts.invited_to(one, context.today), "mt", one.id) for one in found])
    beside = turning(page, total, lambda other: Action.of("mt_mine", other), ways=WAYS)
    text = month_texts.YOU_ARE_INVITED if total else month_texts.NOT_INVITED
    return Screen(text, (*ways, *beside), view)


def _led(due: Due, homes: Sequence[Territory]) -> bool:
    """Whether an obligation is that of one of these places, or of a dispositif in one of them."""
    return bool(due.where.led_from & {one.scope for one in homes})
