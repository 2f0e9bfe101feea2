"""An address stands in the book of the département and in that of a dispositif: it is one person, invited once."""

import pytest

from models.meetings.bodies import Body, Function
from models.meetings.contacts.service import AddressBook
from models.meetings.kinds import MeetingKind
from models.meetings.planning.checks import PlanningRefused
from models.meetings.planning.service import Planning
from models.meetings.texts import PlanningRefusal
from tests.harness.application import ON_SQLITE
from tests.harness.phone import Phone
from tests.meetings.platform import INVITED, NOW, RHONE, SLOT
from tests.meetings.story import Platform


@pytest.fixture
async def choosing(platform: Platform) -> Phone:
    """The chef de file's phone where a point's guests are chosen; the MDPH is in the book of ABC01 too."""
    async with platform.app.database.transaction() as session:
        book = AddressBook(session, platform.people["chef"], NOW)
        await book.add("dispositif:ABC01", Body.MDPH, Function.DIRECTION, INVITED[0][2])
    phone = await platform.phone().send("/point")
    for label in ("Planifier le point de janvier", "M 12", "14 h", "1 h 30"):
        await phone.tap(label)
    return await phone.send("MDPH, salle 2")


def chosen(phone: Phone) -> list[str]:
    return [label.removeprefix("✓ ") for label in phone.labels if label.startswith("✓")]


@ON_SQLITE
async def test_the_whole_book_has_each_address_once(choosing: Phone) -> None:
    assert len([label for label in choosing.labels if label.startswith("MDPH")]) == 2
    await choosing.tap("Inviter tout le carnet")

    assert len(chosen(choosing)) == 3
    assert "Inviter tout le carnet" not in choosing.labels
    await choosing.tap("Continuer avec 3 invités")
    await choosing.tap("Confirmer et inviter")
    assert "3 invités : 3 sans réponse." in choosing.text


@ON_SQLITE
async def test_one_contact_takes_the_place_of_the_other(choosing: Phone) -> None:
    await choosing.tap("MDPH, référent")
    await choosing.tap("MDPH, direction")

    assert chosen(choosing) == ["MDPH, direction"]


@ON_SQLITE
async def test_both_of_them_are_refused(platform: Platform, choosing: Phone) -> None:
    async with platform.app.database.transaction() as session:
        found = await AddressBook(session, platform.people["chef"], NOW).contacts(RHONE)
        everybody = [one.id for one in found]
        refused = await Planning(session, platform.people["chef"], NOW).plan(MeetingKind.POINT, RHONE, SLOT, everybody)

    assert isinstance(refused, PlanningRefused)
    assert refused.refusal is PlanningRefusal.SAME_ADDRESS
    assert INVITED[0][2] in refused.sentence
