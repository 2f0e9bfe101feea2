"""What a chef de file finds on /start: the next meeting, what is at risk; and what somebody invited finds there."""

from handlers.meetings import month_texts, texts
from handlers.meetings.feature import today_there
from handlers.meetings.listing import AHEAD_TO, BACK_TO, awaits, homes_of, month_ways
from handlers.turn import Turn
from models.accounts.tables import Role
from models.meetings import repository
from models.meetings.agenda import dated
from models.meetings.invitations import Invitations
from models.meetings.kinds import KINDS
from models.obligations.states import DueState, state_of
from models.screens import Action, Button, Row, Screen, button, one_a_row


async def guest_home(turn: Turn) -> Screen | None:
    """Return the meetings to come to which somebody without any role is invited; nothing where there are none."""
    numbers = await Invitations(turn.session, turn.asker, turn.now).coming()
    if not numbers:
        return None
    found = await repository.counted(turn.session, repository.numbered(numbers))
    ways = one_a_row([button(month_texts.invited_to(one), "mt", one.id) for one in found])
    return Screen(month_texts.YOU_ARE_INVITED, ways, Action.of("start", ""))


async def lead_home(turn: Turn) -> tuple[str, tuple[Row, ...]]:
    """Return the text and the buttons of whoever plans meetings; nothing for anybody else."""
    ways: list[Button] = [button(texts.MEETINGS, "points"), button(month_texts.OBLIGATIONS, "obligations")]
    if Role.CHEF_DE_FILE not in turn.asker.roles:
        return "", one_a_row(ways) if Role.ADMIN in turn.asker.roles else ()
    homes = await homes_of(turn) if Role.ADMIN not in turn.asker.roles else []
    if len(homes) != 1:
        return "", one_a_row(ways)
    there = homes[0]
    today = today_there(turn, there)
    found = await dated(turn.session, turn.asker, there, today - BACK_TO, today + AHEAD_TO)
    at_risk = []
    for kind in KINDS.values():
        if kind.level is not there.level or not kind.applies_in(there.region):
            continue
        period = kind.frequency.period(today)
        of_period = [(one.day, one.state) for one in found if one.kind is kind.code and one.day in period]
        if state_of(period, today, of_period) is DueState.AT_RISK:
            at_risk.append((kind.code, period))
    coming = next((one for one in found if one.is_live and one.starts_at > turn.now), None)
    waiting = [
        button(month_texts.waiting(one), "mt", one.id) for one in found if one.starts_at <= turn.now and awaits(one)
    ]
    first = waiting[:1] or month_ways(there, found, today)[:1]
    return month_texts.home(there, coming, at_risk), one_a_row([*first, *ways])
