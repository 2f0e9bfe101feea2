"""The home card: the campaign, how far the caseload is, and the three ways on."""

from handlers.context import Context
from handlers.entry import texts
from models.base.screens import Action, Screen, button
from models.campaigns import texts as campaigns


async def home(context: Context) -> Screen:
    """Return the home card of the open campaign; raises `NoCampaign`."""
    campaign = context.campaign
    able, aside = await context.entering.sorted_out()
    total, done, sent_back = await context.reader.progress()
    text = f"{campaigns.title(campaign)}\n{campaigns.due(campaign, context.today)}\n\n{texts.progress(done, total)}"
    started = [card for card, _ in aside if card.draft is not None]
    if started:
        text += f"\nSaisie commencée, à reprendre : {texts.ends(started)}."
    rows = []
    if sent_back:
        text += f"\n{texts.sent_back(sent_back)}"
        rows.append((button(texts.VERIFY, "asked_first"),))
    if done < total:
        rows.append((button(texts.NEXT, "next"),))
    if able:
        rows.append((button(texts.same_for(len(able)), "bulk"),))
    if total:
        rows.append((button(texts.LIST, "list", "todo" if done < total else "done", 0),))
    if not total:
        rows.append((button("Aide", "help"),))
    return Screen(text, tuple(rows), Action("home"))
