"""What a coordinator sees of the reminders: the forecast of a dispositif, and who put theirs off."""

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.reminders import texts
from handlers.reminders.feature import feature
from handlers.reminders.wishes import back
from models.accounts.permissions import Permission
from models.base.clock import local_day
from models.base.screens import Action, Row, Screen, button, one_a_row
from models.campaigns import texts as campaigns
from models.reference.working_days import place_of
from models.reminders import repository
from models.reminders.repository import Coordinated
from reminders.forecast import Load, forecast, measured_since, window


@feature.action("forecast")
async def choose(context: Context) -> Screen:
    """Open the forecast of the dispositif, or ask which one."""
    dispositifs = await _coordinated(context)
    if len(dispositifs) == 1:
        return await _forecast(context, dispositifs[0], several=False)
    text = texts.WHICH_DISPOSITIF if dispositifs else texts.NO_DISPOSITIF
    choices = one_a_row([button(f"Dispositif {one.reference}", "forecast_of", one.id) for one in dispositifs])
    return Screen(text, (*choices, back()), Action("forecast"))


@feature.action("forecast_of")
async def of_one(context: Context, number: int) -> Screen:
    """Open the forecast of a dispositif; one that the actor does not coordinate does not exist."""
    dispositifs = await _coordinated(context)
    found = next((one for one in dispositifs if one.id == number), None)
    if found is None:
        raise InvalidAction
    return await _forecast(context, found, several=len(dispositifs) > 1)


@feature.action("put_off")
async def put_off(context: Context) -> Screen:
    """Show which job coaches put their reminders off, or are absent."""
    _check(context)
    assert context.visit is not None
    found = await repository.put_off(context.session, context.actor, context.visit.campaign, context.today)
    several = len(context.actor.dispositifs(Permission.REMINDERS_FORECAST)) > 1
    lines = texts.within_a_message([texts.who_put_off(one, context.today, named=several) for one in found])
    more = len(found) - len(lines)
    if more:
        lines.append(texts.others(more))
    text = f"{texts.WHO_PUT_OFF_TITLE}\n\n" + ("\n".join(lines) or texts.NOBODY_PUT_OFF)
    return Screen(text, (back(),), Action("put_off"))


async def _forecast(context: Context, of: Coordinated, *, several: bool) -> Screen:
    campaign, place = context.campaign, place_of(of.departement)
    today = local_day(context.now, place.zone)
    days = window(today, campaign.opens, place)
    since = measured_since(days, today, place)
    rows = await repository.loads(context.session, context.actor, campaign, of.id, since)
    found = forecast([Load(*row) for row in rows], days, today, campaign.date, campaign.closes, place)
    ways: list[Row] = [(button(texts.WHO_IS_MISSING, "rv_coaches", of.reference, 0),)] if found.missing else []
    ways.append((button(texts.WHO_PUT_OFF, "put_off"),))
    if several:
        ways.append((button(texts.OTHER, "forecast"),))
    heading = f"{campaigns.title(campaign)} · Dispositif {of.reference}"
    return Screen(
        f"{heading}\n\n{texts.forecast(found, today, campaign.date)}",
        (*ways, back()),
        Action.of("forecast_of", of.id),
    )


async def _coordinated(context: Context) -> list[Coordinated]:
    _check(context)
    return await repository.coordinated(context.session, context.actor)


def _check(context: Context) -> None:
    if not context.actor.may(Permission.REMINDERS_FORECAST):
        raise InvalidAction
