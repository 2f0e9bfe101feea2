"""What the coordinator sent back: exactly the answer to look at again, with what was answered."""

from handlers.context import Context
from handlers.entry import screens, texts
from handlers.entry.conversation import feature
from handlers.entry.home import home
from models.base.screens import Action, Screen, button, one_a_row
from models.entry.card import Card
from models.events.form import question
from models.review.entry import AskedQuestion
from models.review.queries import open_question
from models.review.texts import request


@feature.action("asked_first")
async def first(context: Context) -> Screen:
    """Open the first answer to look at again."""
    person = await context.reader.first_sent_back()
    if person is None:
        return await home(context)
    return await asked(context, person)


@feature.action("asked")
async def asked(context: Context, person: int) -> Screen:
    """Open the answer to look at again of a person; their card where nothing is asked any more."""
    card = await context.entering.card(person)
    found = await open_question(context.reader, person)
    if found is None:
        return screens.person(card, context.today).noticed(f"Plus rien n'est à vérifier pour {texts.end(card)}.")
    return _screen(card, found)


def _screen(card: Card, found: AskedQuestion) -> Screen:
    looked_at = question(found.field)
    choices = [
        button(
            f"{choice.label} (actuel)" if choice.code == found.answer else choice.label,
            "fix",
            card.person_id,
            looked_at.number,
            choice.code,
            card.revision,
        )
        for choice in looked_at.choices
    ]
    leave = (button("Voir la fiche", "card", card.person_id), button(texts.HOME, "home"))
    return Screen(request(card.end, found), (*one_a_row(choices), leave), Action.of("asked", card.person_id))
