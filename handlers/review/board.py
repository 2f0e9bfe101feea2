"""The board of a dispositif in the open campaign: how far it is, and the ways on."""

from handlers.context import Context
from handlers.feature import Command, Feature
from handlers.review import texts
from models.accounts.permissions import Permission, holders
from models.base.screens import Action, Row, Screen, button, one_a_row
from models.campaigns import texts as campaigns
from models.review.queries import ReviewReader
from models.review.service import Board, Reviewing

REVIEWERS = holders(Permission.EVENT_REVIEW)

feature = Feature(
    "review",
    Command("valider", "Relire et valider la remontée", Action("review"), REVIEWERS),
    roles=REVIEWERS,
)


def reviewing(context: Context) -> Reviewing:
    """Return the review of the actor in the open campaign; raises `NoCampaign`."""
    return Reviewing(ReviewReader(context.session, context.actor, context.campaign), context.now)


@feature.action("review")
async def review(context: Context) -> Screen:
    """Open the board of the dispositif, or ask which one."""
    dispositifs = context.actor.dispositifs(Permission.EVENT_REVIEW)
    if len(dispositifs) == 1:
        return await board(context, dispositifs[0])
    text = texts.WHICH_DISPOSITIF if dispositifs else texts.NO_DISPOSITIF
    choices = one_a_row([button(f"Dispositif {reference}", "rv", reference) for reference in dispositifs])
    return Screen(f"{campaigns.title(context.campaign)}\n{text}", choices, Action("review"))


@feature.action("rv")
async def board(context: Context, dispositif: str) -> Screen:
    """Open the board of a dispositif."""
    return board_screen(context, dispositif, await reviewing(context).board(dispositif))


def board_screen(context: Context, dispositif: str, shown: Board) -> Screen:
    """Return the board as a screen."""
    rows: list[Row] = []
    if shown.plain:
        rows.append((button(texts.validate_plain(len(shown.plain)), "rv_all", dispositif, shown.stamp),))
    if shown.to_look:
        rows.append((button(texts.look_at(len(shown.to_look)), "rv_look", dispositif),))
    by_coach = texts.WHO_IS_MISSING if shown.number(None) else texts.BY_COACH
    rows.append((button(by_coach, "rv_coaches", dispositif, 0),))
    rows.append((button(texts.SEE, "rv_list", dispositif, "plain", 0),))
    rows.append((button(texts.FIGURES, "figures"),))
    if len(context.actor.dispositifs(Permission.EVENT_REVIEW)) > 1:
        rows.append((button(texts.OTHER_DISPOSITIF, "review"),))
    text = f"{texts.title(context.campaign, dispositif)}\n\n{texts.board(shown)}"
    return Screen(text, tuple(rows), Action.of("rv", dispositif))
