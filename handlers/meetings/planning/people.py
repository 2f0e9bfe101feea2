"""Who is invited: the contacts of the platform, in or out by a tap."""

from handlers.context import Context
from handlers.meetings import texts
from handlers.meetings.feature import elsewhere_nothing, feature, place_led
from handlers.meetings.planning.draft import PLANNING
from handlers.meetings.planning.steps import back_of
from models.base.paging import page_of, turning
from models.base.screens import Action, Row, Screen, button, one_a_row
from models.base.texts import THOSE
from models.meetings.contacts.repository import Listed
from models.meetings.contacts.service import AddressBook
from models.meetings.planning.checks import people_refused

PAGE = 12


def contacts_of(context: Context) -> AddressBook:
    """Return the address books in the name of who speaks."""
    return AddressBook(context.session, context.actor, context.now)


async def contacts(context: Context, scope: str) -> list[Listed]:
    """Return the contacts that may be invited in a scope that who speaks leads; raises `Forged`."""
    with elsewhere_nothing():
        return await contacts_of(context).contacts(scope)


@PLANNING.step("people")
@feature.action("pl_people")
async def show_people(context: Context, page: int = 0) -> Screen:
    """Show the contacts of the platform, those invited marked."""
    draft = PLANNING.of(context)
    there = await place_led(context, draft.scope)
    known = await contacts(context, draft.scope)
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
async def flip(context: Context, contact: int, page: int) -> Screen:
    """Invite a contact, or no more."""
    draft = PLANNING.of(context)
    if contact in draft.people:
        people = [one for one in draft.people if one != contact]
    else:
        with elsewhere_nothing():
            people = await contacts_of(context).with_one(draft.people, contact)
    PLANNING.keep(context, draft, people=tuple(people))
    return await show_people(context, page)


@feature.action("pl_everybody")
async def everybody(context: Context) -> Screen:
    """Invite the whole book, each address once; who was invited already stays."""
    draft = PLANNING.of(context)
    invited = {one.email for one in await contacts_of(context).chosen(draft.people)}
    missing = {one.email: one.id for one in reversed(await contacts(context, draft.scope)) if one.email not in invited}
    PLANNING.keep(context, draft, people=(*draft.people, *sorted(missing.values())))
    return await show_people(context)


@feature.action("pl_people_done")
async def people_done(context: Context) -> Screen:
    """Go on with those invited; too many of them are refused at once."""
    draft = PLANNING.of(context)
    chosen = await contacts_of(context).chosen(draft.people)
    refused = people_refused(draft.people, {one.id: one.email for one in chosen})
    if refused:
        return (await show_people(context)).headed(refused.sentence).noticed(refused.sentence)
    return await PLANNING.go_on(draft, context)
