"""What somebody without any role finds in the chat: the meetings to which their address is invited."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models.meetings.bodies import Body, Function
from models.meetings.contacts.service import AddressBook
from tests.entry.test_queries import counted
from tests.harness.application import ON_SQLITE
from tests.harness.factories import account, campaign
from tests.harness.phone import Phone
from tests.meetings.platform import INVITED, NOW, RHONE, point
from tests.meetings.story import PHONES, Platform

GUEST = 2900
FIRST = date(2027, 1, 12)
MINE = "Mes invitations à venir"


async def guest_of(platform: Platform, meetings: int) -> Phone:
    """Return the phone of the MDPH's contact, invited to so many meetings, a week between two."""
    async with platform.app.database.transaction() as session:
        for number in range(meetings):
            await point(session, platform.people, FIRST + number * timedelta(days=7))
        await account(session, GUEST, None, email=INVITED[0][2])
    return await platform.app.phone(GUEST).send("/start")


@ON_SQLITE
async def test_many_invitations_are_shown_a_page_at_a_time(platform: Platform) -> None:
    guest = await guest_of(platform, 19)
    assert len([label for label in guest.labels if label.startswith("Point MDPH–SPE")]) == 8

    await guest.tap("Suivantes")
    assert guest.labels[0].startswith("Point MDPH–SPE, 9 mars")
    await guest.tap("Suivantes")
    assert guest.labels == [
        "Point MDPH–SPE, 4 mai, 14 h",
        "Point MDPH–SPE, 11 mai, 14 h",
        "Point MDPH–SPE, 18 mai, 14 h",
        "Précédentes",
        "Accueil",
    ]
    await guest.tap("Point MDPH–SPE, 11 mai")
    assert "mardi 11 mai 2027" in guest.text


@pytest.mark.parametrize("post", ["coach", "reader"])
@ON_SQLITE
async def test_who_is_invited_to_nothing_is_told_so(platform: Platform, post: str) -> None:
    phone = await platform.phone(post).send("/start")

    await phone.tap(data="mt_mine:0")

    assert phone.text == "Vos invitations\nVous n'êtes invité à aucune réunion à venir."
    assert phone.labels == ["Accueil"]


@ON_SQLITE
async def test_a_date_of_another_year_says_its_year(platform: Platform) -> None:
    async with platform.app.database.transaction() as session:
        await point(session, platform.people, date(2028, 1, 11))
    guest = await guest_of(platform, 1)

    assert guest.labels == ["Point MDPH–SPE, 12 janvier, 14 h", "Point MDPH–SPE, 11 janvier 2028, 14 h"]
    chief = await platform.phone().send("/point")
    assert {"mardi 12 janvier, 14 h · Point MDPH–SPE", "mardi 11 janvier 2028, 14 h · Point MDPH–SPE"} <= set(
        chief.labels
    )


async def is_invited(platform: Platform, post: str) -> None:
    """Invite a post to a point of the Rhône, beside the usual ones."""
    async with platform.app.database.transaction() as session:
        people = platform.people
        address = f"poste{PHONES[post]}@exemple.fr"
        added = await AddressBook(session, people["chef"], NOW).add(RHONE, Body.AUTRE, Function.AUTRE, address)
        await point(session, replace(people, contacts=(*people.contacts, added.id)), FIRST)


@pytest.mark.parametrize("under_way", [False, True])
@pytest.mark.parametrize("post", ["coordinator", "coach", "chef", "chef of the Isère", "reader", "admin"])
@ON_SQLITE
async def test_who_has_a_role_finds_their_invitations_again_on_the_home(
    platform: Platform, post: str, under_way: bool
) -> None:
    if under_way:
        async with platform.app.database.transaction() as session:
            await campaign(session, FIRST)
    phone = platform.phone(post)
    with counted(platform.app.served) as before:
        await phone.send("/start")
    assert MINE not in phone.labels
    await is_invited(platform, post)

    with counted(platform.app.served) as after:
        await phone.send("/start")
    assert after.selects == before.selects
    await phone.tap(MINE)
    await phone.tap("Point MDPH–SPE, 12 janvier")
    assert "mardi 12 janvier 2027" in phone.text
    await phone.tap(data="start:")
    assert MINE in phone.labels
    await phone.send("/aide")
    assert f"« {MINE} »" in phone.text

    platform.app.now = datetime(2027, 1, 12, 17, tzinfo=UTC)
    await phone.send("/start")
    assert MINE not in phone.labels
