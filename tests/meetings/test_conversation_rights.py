"""Who sees what in the chat: buttons that were never theirs change nothing, and show nothing."""

import pytest

from models.meetings.kinds import MeetingKind
from models.meetings.reminders.unplanned import Unplanned
from models.meetings.territories import of_departement
from tests.harness.application import ON_SQLITE
from tests.harness.factories import account
from tests.harness.wired import WIRED, over_http
from tests.meetings.platform import INVITED, NOW, RHONE, point
from tests.meetings.story import MDPH, Platform

LEADING = ("chef", "chef of ABC01", "admin")
NOT_LEADING_THERE = (
    "chef of ABC01",
    "chef of the Isère",
    "chef of La Réunion",
    "coordinator",
    "coach",
    "reader",
    "reader of the Isère",
)

FORGED = (
    "mt:1",
    "mt_report:1",
    "mt_word:1:yes:0",
    "mt_pack:1",
    "mt_next:1",
    "mt_file:1",
    "mt_resend:1:1:0",
    "sr:1",
    "sr_all:1:present",
    "mt_change:1:move",
    "mt_change:1:people",
    "mt_cancel:1:0",
    "mt_cancelled:1:0",
    "mt_answers:1",
    "mt_answer:1:0:present",
    "mt_answer_of:1:1",
    "mt_answer_for:1:1:0:present",
    "points_at:departement:69",
    "points_past:departement:69:0",
    "point_new:departement:69",
    "point_same:departement:69",
    "point_later:departement:69:2027-01-11",
    "pl_begin:departement:69:point",
    "book:departement:69:0",
    "book_one:1",
    "book_off:1",
    "rp_recap:1",
    "rp_there:1:1",
    "rp_more:1:0",
    "rp_came:1:1",
    "rp_signed:1:0",
    "rp_theirs:1",
    "rp_mine:1:0",
    "mt_word_sure:1:no:0",
    "points_next:departement:69:0",
    "rp_addendum:1",
    "pl_flip:1:0",
)

MALFORMED = (
    "mt:x",
    "mt:99999999999",
    "mt_word:1:perhaps:0",
    "mt_change:1:burn",
    "pl_day:20279999",
    "pl_days:2027",
    "pl_hour:9999",
    "pl_rule:7:99",
    "pl_confirm:0:nothing",
    "point_later:departement:69:monday",
    "point_new:departement:999",
    "point_new:country:0",
    "point_in:departement:69:2027",
    "rp_change:1:everything",
    "rp_count:1:nobody",
    "obl_at:village:1",
    "obl_past:departement:69:x",
    "obl_register:departement:69:1850",
)


@pytest.fixture
async def planned(platform: Platform) -> Platform:
    """The platform with a point of the Rhône to come."""
    async with platform.app.database.transaction() as session:
        await point(session, platform.people)
    return platform


@pytest.mark.parametrize("post", NOT_LEADING_THERE)
@ON_SQLITE
async def test_forged_buttons_show_nothing_of_the_rhone_and_change_nothing(planned: Platform, post: str) -> None:
    phone = await planned.phone(post).send("/start")
    before = await planned.app.everything()
    for data in FORGED:
        await phone.tap(data=data)

        assert "MDPH, salle 2" not in phone.text, data
        assert "exemple.fr" not in phone.text, data
        assert "Compte rendu" not in phone.text, data
        assert "Rhône" not in phone.text, data

    assert await planned.app.everything() == before


@ON_SQLITE
async def test_malformed_buttons_are_refused(planned: Platform) -> None:
    phone = await planned.phone().send("/point")
    await phone.tap("Planifier le point de février")
    before = await planned.app.everything()
    for data in MALFORMED:
        await phone.tap(data=data)
        assert phone.toast, data

    assert await planned.app.everything() == before


@pytest.mark.parametrize(
    ("post", "allowed"),
    [
        ("chef", {"point", "obligations"}),
        ("coordinator", {"obligations"}),
        ("reader", {"obligations"}),
        ("admin", {"point", "obligations"}),
        ("coach", set()),
    ],
)
@WIRED
@ON_SQLITE
async def test_the_menu_and_the_commands_follow_the_role(planned: Platform, post: str, allowed: set[str]) -> None:
    phone = await planned.phone(post).send("/start")
    answer = await over_http(planned.app).http.get(f"/sim/users/{phone.user_id}/commands")
    menu = {each["command"] for each in await answer.json()}
    assert menu & {"point", "obligations"} == allowed

    for word in ("point", "obligations"):
        await phone.send(f"/{word}")
        assert ("ne fait pas partie de votre accès" in phone.text) == (word not in allowed), word


async def test_a_participant_sees_their_own_invitation_alone(planned: Platform) -> None:
    async with planned.app.database.transaction() as session:
        await account(session, MDPH, None, email=INVITED[0][2])
    phone = await planned.app.phone(MDPH).send("/start")
    assert phone.labels == ["Point MDPH–SPE, 12 janvier, 14 h"]

    await phone.tap("Point MDPH–SPE")

    assert "Lieu : MDPH, salle 2" in phone.text
    assert "Cap emploi" not in phone.text
    assert phone.labels == ["Présent", "Absent", "Peut-être", "Accueil"]
    await phone.tap(data="mt_report:1")
    assert "Compte rendu" not in phone.text


@pytest.mark.parametrize(
    ("post", "seen", "hidden"),
    [
        ("reader", ("Rhône", "Isère", "La Réunion"), ()),
        ("reader of the region", ("Rhône", "Isère", "Auvergne-Rhône-Alpes"), ("La Réunion",)),
        ("reader of the Isère", ("Isère",), ("· Rhône", "La Réunion")),
        ("chef", ("· Rhône",), ("Isère", "La Réunion")),
        ("chef of the Isère", ("· Isère",), ("· Rhône", "La Réunion")),
        ("coordinator", ("ABC01",), ("GRE02", "La Réunion")),
    ],
)
@ON_SQLITE
async def test_obligations_are_those_of_ones_scope(
    planned: Platform, post: str, seen: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    phone = await planned.phone(post).send("/obligations")
    for name in seen:
        assert name in phone.text
    for name in hidden:
        assert name not in phone.text

    for elsewhere in (
        "obl_at:departement:974",
        "obl_past:departement:974:2027-01",
        "obl_register:departement:974:2027",
    ):
        before = phone.text
        await phone.tap(data=elsewhere)
        assert ("La Réunion" in phone.text) == (post == "reader"), elsewhere
        assert post == "reader" or phone.text == before
    assert "MDPH, salle 2" not in phone.text


@ON_SQLITE
async def test_a_chef_of_a_dispositif_plans_there_only(planned: Platform) -> None:
    phone = await planned.phone("chef of ABC01").send("/point")
    assert phone.text.startswith("Les réunions · Dispositif ABC01")
    await phone.tap("Planifier une autre réunion")

    assert phone.labels == ["Point MDPH–SPE", "Dialogue de gestion", "Retour"]
    await phone.tap(data=f"pl_begin:dispositif:ABC01:{MeetingKind.COMITE_DEPARTEMENTAL}")
    assert phone.text.startswith("Cette réunion ne se tient pas à cet échelon.")


@ON_SQLITE
async def test_an_administrator_chooses_the_place_first(planned: Platform) -> None:
    phone = await planned.phone("admin").send("/point")
    assert {"Rhône", "Isère", "La Réunion", "Dispositif ABC01", "Auvergne-Rhône-Alpes"} <= set(phone.labels)

    await phone.tap("Auvergne-Rhône-Alpes")
    await phone.tap("Planifier une autre réunion")

    assert phone.text.startswith("Comité de pilotage régional · Auvergne-Rhône-Alpes\n\nQuel jour ?")


@ON_SQLITE
async def test_a_chef_de_file_overseas_reads_the_hour_there(platform: Platform) -> None:
    phone = await platform.phone("chef of La Réunion").send("/point")
    assert phone.text.startswith("Les réunions · La Réunion")
    await phone.tap("Planifier le point de janvier")
    await phone.tap("M 12")

    assert "écrivez l'heure (14 h 30), à l'heure locale." in phone.text


@ON_SQLITE
async def test_what_is_at_risk_stands_on_the_first_screen(planned: Platform) -> None:
    phone = await planned.phone().send("/start")
    assert "Prochaine : Point MDPH–SPE, mardi 12 janvier 2027, 14 h." in phone.text
    assert "Planifier le point de février" in phone.labels

    isere = await planned.phone("chef of the Isère").send("/start")
    assert "Aucune réunion n'est fixée." in isere.text
    planned.app.now = planned.app.now.replace(day=20)
    await isere.send("/start")
    assert "À risque : Point MDPH–SPE, janvier 2027, rien n'est encore fixé." in isere.text


@pytest.mark.parametrize(
    ("post", "data", "leads"),
    [
        ("chef", "obl_at:departement:69", True),
        ("chef", "obl_at:dispositif:ABC01", True),
        ("chef", "obl_at:region:84", False),
        ("chef of ABC01", "obl_at:departement:69", False),
        ("chef of ABC01", "obl_at:dispositif:ABC01", True),
        ("coordinator", "obl_at:departement:69", False),
        ("admin", "obl_at:region:84", True),
        ("admin", "obl_at:national:0", False),
    ],
)
@ON_SQLITE
async def test_planning_is_offered_only_where_one_leads(planned: Platform, post: str, data: str, leads: bool) -> None:
    phone = await planned.phone(post).send("/obligations")

    await phone.tap(data=data)

    assert "obligation" in phone.text
    assert ("Planifier, voir les réunions" in phone.labels) == leads
    if leads:
        await phone.tap("Planifier, voir les réunions")
        assert phone.text.startswith("Les réunions · ")


@ON_SQLITE
async def test_the_coordinators_alert_opens_the_point_of_its_departement(planned: Platform) -> None:
    alert = Unplanned(of_departement("69"), RHONE, NOW.date().replace(day=1)).to_coordinator()
    phone = await planned.phone("coordinator").send("/start")

    await phone.tap(data=alert.rows[0][0].action.pack())

    assert phone.text.startswith("Les réunions obligatoires · Rhône")
    assert "Point MDPH–SPE · Rhône, janvier 2027" in phone.text
