"""The address book: a contact is a body and a function from closed lists, and an e-mail address."""

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.meetings import texts
from handlers.meetings.contacts import texts as contact_texts
from handlers.meetings.feature import elsewhere_nothing, feature, led, place_led, points_of
from handlers.meetings.planning.draft import PLANNING
from handlers.meetings.planning.people import contacts, contacts_of, show_people
from handlers.meetings.reports.people import OF_REPORT, came
from models.base.paging import page_of, turning
from models.base.revision import Stale
from models.base.screens import Action, Button, Screen, button, one_a_row
from models.base.texts import THOSE
from models.meetings.bodies import Body, Function
from models.meetings.contacts.repository import Listed
from models.meetings.contacts.service import ContactRefused
from models.meetings.contacts.texts import BODIES, FUNCTIONS, named
from models.reference.scopes import Level, Scope

PAGE = 12
_SCOPE = "book"
"""Where the conversation keeps of which place the contacts are shown."""
_PLANNING = "people"
_HERE = "book"


@feature.action("book")
async def show_contacts(context: Context, level: Level, code: str, page: int) -> Screen:
    """Show the contacts of a place."""
    there = await place_led(context, level.scope(code))
    known = await contacts(context, there.scope)
    context.memo[_SCOPE] = there.scope
    labels = texts.labels(known)
    choices = [button(labels[one.id], "book_one", one.id) for one in page_of(known, page, PAGE)]

    def at(number: int) -> Action:
        return Action.of("book", level, code, number)

    turned = turning(page, len(known), at, size=PAGE, ways=THOSE)
    text = contact_texts.book(there, len(known))
    ways = one_a_row([button(texts.ADD_CONTACT, "book_add", _HERE), points_of(there.scope, texts.BACK)])
    return Screen(text, (*one_a_row(choices), *turned, *ways), at(page))


@feature.action("book_one")
async def show_contact(context: Context, number: int) -> Screen:
    """Show a contact, and the way to take it off the book."""
    one = await _contact(context, number)
    off = [] if one.archived else [(button(contact_texts.TAKE_OFF, "book_off", number),)]
    rows = (*off, (button(texts.BACK, "book", *Scope.parse(one.scope), 0),))
    return Screen(contact_texts.contact(one), rows, Action.of("book_one", number))


@feature.action("book_off")
async def take_off(context: Context, number: int) -> Screen:
    """Take a contact off the book; it is put back by a tap, and past meetings still name it."""
    one = await _contact(context, number)
    with elsewhere_nothing():
        await contacts_of(context).archive(number)
    back = (
        button(contact_texts.PUT_BACK, "book_back", number),
        button(texts.CONTACTS, "book", *Scope.parse(one.scope), 0),
    )
    return Screen(contact_texts.taken_off(one), one_a_row(back), Action.of("book_one", number))


@feature.action("book_back")
async def put_back(context: Context, number: int) -> Screen:
    """Put a contact back into the book, unless its address came back there otherwise."""
    one = await _contact(context, number)
    told = contact_texts.PUT_BACK_DONE
    if one.archived:
        try:
            with elsewhere_nothing():
                await contacts_of(context).add(one.scope, one.body, one.function, one.email)
        except ContactRefused as refused:
            told = str(refused)
    return (await show_contacts(context, *Scope.parse(one.scope), 0)).headed(told).noticed(told)


@feature.action("book_add")
async def choose_body(context: Context, back_to: str) -> Screen:
    """Choose the body of a new contact."""
    if back_to not in {_PLANNING, _HERE, OF_REPORT}:
        raise InvalidAction
    choices = [button(label, "book_body", body, back_to) for body, label in BODIES.items()]
    rows = (*one_a_row(choices), (_back(context, back_to),))
    return Screen(f"{contact_texts.NEW_CONTACT}\n{contact_texts.WHICH_BODY}", rows, Action.of("book_add", back_to))


@feature.action("book_body")
async def choose_function(context: Context, body: Body, back_to: str) -> Screen:
    """Choose the function of a new contact."""
    choices = [button(label.capitalize(), "book_fn", body, one, back_to) for one, label in FUNCTIONS.items()]
    rows = (*one_a_row(choices), (button(texts.BACK, "book_add", back_to),))
    text = f"{contact_texts.NEW_CONTACT} · {BODIES[body]}\n{contact_texts.WHICH_FUNCTION}"
    return Screen(text, rows, Action.of("book_body", body, back_to))


@feature.action("book_fn")
async def ask_address(context: Context, body: Body, function: Function, back_to: str) -> Screen:
    """Ask for the e-mail address, which is written."""
    used = "" if back_to == OF_REPORT else f"\n{contact_texts.WHAT_FOR}"
    text = f"{contact_texts.NEW_CONTACT} · {named(body, function)}\n{contact_texts.WHICH_ADDRESS}{used}"
    back = (button(texts.BACK, "book_mail_unwritten", body, function, back_to),)
    return Screen(text, (back,), Action.of("book_fn", body, function, back_to))


@feature.action("book_mail_unwritten")
async def leave_address(context: Context, body: Body, _function: Function, back_to: str) -> Screen:
    """Write no address; choose the function again."""
    return await choose_function(context, body, back_to)


@feature.action("book_mail_text")
async def keep_address(context: Context, body: Body, function: Function, back_to: str, written: str) -> Screen:
    """Add the contact of the address that was written; in a planning they are invited, in a report they were there."""
    draft = PLANNING.of(context) if back_to == _PLANNING else None
    of_report = _meeting(context) if back_to == OF_REPORT else None
    scope = draft.scope if draft else (await led(context, of_report)).scope if of_report else _scope(context)
    try:
        with elsewhere_nothing():
            added = await contacts_of(context).add(scope, body, function, written.strip())
    except ContactRefused as refused:
        return (await ask_address(context, body, function, back_to)).headed(str(refused))
    told = contact_texts.added(added)
    if of_report is not None:
        return (await came(context, of_report, added.id)).headed(told)
    if draft is None:
        return (await show_contacts(context, *Scope.parse(scope), 0)).headed(told)
    PLANNING.keep(context, draft, people=tuple(await contacts_of(context).with_one(draft.people, added.id)))
    return (await show_people(context)).headed(told)


async def _contact(context: Context, number: int) -> Listed:
    with elsewhere_nothing():
        return await contacts_of(context).contact(number)


def _scope(context: Context) -> str:
    scope: str | None = context.memo.get(_SCOPE)
    if scope is None:
        raise Stale
    return scope


def _meeting(context: Context) -> int:
    number: int | None = context.memo.get(OF_REPORT)
    if number is None:
        raise Stale
    return number


def _back(context: Context, back_to: str) -> Button:
    if back_to == _PLANNING:
        return button(texts.BACK, "pl_people", 0)
    if back_to == OF_REPORT:
        return button(texts.BACK, "rp_more", _meeting(context), 0)
    return button(texts.BACK, "book", *Scope.parse(_scope(context)), 0)
