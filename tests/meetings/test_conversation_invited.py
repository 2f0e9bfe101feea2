"""What somebody without any role finds in the chat: the meetings to which their address is invited."""

from datetime import date, timedelta

import pytest

from tests.conversation.house import ON_SQLITE
from tests.conversation.phone import Phone
from tests.factories import account
from tests.meetings.platform import INVITED, point
from tests.meetings.story import Platform

GUEST = 2900
FIRST = date(2027, 1, 12)


async def guest_of(platform: Platform, meetings: int) -> Phone:
    """Return the phone of the MDPH's contact, invited to so many meetings, a week between two."""
    async with platform.house.database.transaction() as session:
        for number in range(meetings):
            await point(session, platform.people, FIRST + number * timedelta(days=7))
        await account(session, GUEST, None, email=INVITED[0][2])
    return await platform.house.phone(GUEST).send("/start")


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
    async with platform.house.database.transaction() as session:
        await point(session, platform.people, date(2028, 1, 11))
    guest = await guest_of(platform, 1)

    assert guest.labels == ["Point MDPH–SPE, 12 janvier, 14 h", "Point MDPH–SPE, 11 janvier 2028, 14 h"]
    chief = await platform.phone().send("/point")
    assert {"mardi 12 janvier, 14 h · Point MDPH–SPE", "mardi 11 janvier 2028, 14 h · Point MDPH–SPE"} <= set(
        chief.labels
    )
