"""Who is invited: the contacts of the platform, in or out by a tap."""

from handlers.meetings import texts
from handlers.meetings.draft import Draft
from handlers.meetings.feature import elsewhere_nothing, feature, place_led
from handlers.meetings.steps import back_of, next_step, step
from handlers.pages import THOSE, page_of, turning
from handlers.turn import Turn
from models.contacts.repository import Listed
from models.contacts.service import AddressBook
from models.meetings.checks import people_refused
from models.screens import Action, Row, Screen, button, one_a_row

PAGE = 12


def book_of(turn: Turn) -> AddressBook:
    """Return the address books in the name of who speaks."""
    return AddressBook(turn.session, turn.asker, turn.now)


async def contacts(turn: Turn, scope: str) -> list[Listed]:
    """Return the contacts that may be invited in a scope that who speaks leads; raises `Forged`."""
    with elsewhere_nothing():
        return await book_of(turn).contacts(scope)


@step("people")
@feature.action("pl_people")
async def show_people(turn: Turn, page: int = 0) -> Screen:
    """Show the contacts of the platform, those invited marked."""
    draft = Draft.of(turn)
    there = await place_led(turn, draft.scope)
    known = await contacts(turn, draft.scope)
    labels = texts.labels(known)
    choices = [
        button(texts.chosen(labels[one.id], of=one.id in draft.people), "pl_flip", one.id, page)
        for one in page_of(known, page, PAGE)
    ]
    ways = [button(texts.ADD_CONTACT, "book_add", "people")]
    chosen = {one.email for one in known if one.id in draft.people}
    if len(known) > 1 and not {one.email for one in known} <= chosen:
        ways.append(button(texts.INVITE_ALL, "pl_everybody"))
    ready = [(button(texts.invited(len(draft.people)), "pl_people_done"),)] if draft.people else []
    text = f"{texts.heading(draft, there)}\n\n{texts.WHO if known else texts.NOBODY_KNOWN}"
    turned = turning(page, len(known), lambda other: Action.of("pl_people", other), size=PAGE, ways=THOSE)
    rows: tuple[Row, ...] = (
        *ready,
        *one_a_row(choices),
        *turned,
        *one_a_row(ways),
        back_of(draft, "people"),
    )
    return Screen(text, rows, Action.of("pl_people", page))


@feature.action("pl_flip")
async def flip(turn: Turn, contact: int, page: int) -> Screen:
    """Invite a contact, or no more."""
    draft = Draft.of(turn)
    if contact in draft.people:
        draft.people.remove(contact)
    else:
        with elsewhere_nothing():
            draft.people = await book_of(turn).with_one(draft.people, contact)
    draft.keep(turn)
    return await show_people(turn, page)


@feature.action("pl_everybody")
async def everybody(turn: Turn) -> Screen:
    """Invite the whole book, each address once; who was invited already stays."""
    draft = Draft.of(turn)
    invited = {one.email for one in await book_of(turn).chosen(draft.people)}
    missing = {one.email: one.id for one in reversed(await contacts(turn, draft.scope)) if one.email not in invited}
    draft.people += sorted(missing.values())
    draft.keep(turn)
    return await show_people(turn)


@feature.action("pl_people_done")
async def people_done(turn: Turn) -> Screen:
    """Go on with those invited; too many of them are refused at once."""
    draft = Draft.of(turn)
    refused = people_refused(draft.people, {one.id: one.email for one in await book_of(turn).chosen(draft.people)})
    if refused:
        return (await show_people(turn)).headed(refused.sentence).noticed(refused.sentence)
    return await next_step(turn, draft)
