"""Validated is locked until it is unlocked for a reason; the closing of the campaign freezes everything."""

import pytest

from handlers.features import menu
from handlers.texts import LOCKED, STALE
from models.accounts.tables import Account, Role
from models.campaigns.tables import Campaign
from models.events.tables import EventHistory, EventState, Origin
from models.reference.nomenclature import Niveau
from tests.harness.application import Application
from tests.harness.factories import DAY, NOW
from tests.harness.phone import Phone
from tests.review.stories import WARNED, coordinator, entered, event_of, reviewer


async def validated(app: Application, coach: Account) -> Phone:
    """Let the coordinator validate an entry; return their phone, on its card."""
    await entered(app, coach, 1)
    phone = await reviewer(app)
    await phone.tap("Valider la saisie sans remarque")
    await phone.tap("Voir les saisies")
    await phone.tap("Validées")
    return await phone.tap("…0001")


async def test_what_is_validated_is_locked_for_the_coach(app: Application, coach: Account) -> None:
    await entered(app, coach, 1)
    coaching = await app.phone().send("0001")
    await coaching.tap("Soutien")
    await coaching.tap("Régulier")
    phone = await reviewer(app)
    await phone.tap("Valider la saisie sans remarque")
    before = await app.everything()

    await coaching.tap("Enregistrer")

    assert coaching.toast in {LOCKED, STALE}
    assert "Validée par votre coordination" in coaching.text
    assert await app.everything() == before


async def test_unlocking_asks_a_reason_and_is_traced(app: Application, coach: Account) -> None:
    phone = await validated(app, coach)
    assert "Validée le 19 décembre par vous." in phone.text
    await phone.tap("Déverrouiller…")
    assert (await event_of(app, 1)).state == EventState.VALIDATED

    await phone.tap("Information reçue depuis")

    assert phone.text.startswith("Déverrouillée : …0001.")
    assert (await event_of(app, 1)).state == EventState.ENTERED
    line = (await app.rows(EventHistory))[-1]
    assert (line.origin, line.account_id) == (Origin.UNLOCKED, (await coordinator(app)).id)
    assert (line.before["state"], line.after["state"]) == ("validated", "entered")
    assert line.after["reason"] == "new_information"
    coaching = await app.phone().send("0001")
    for label in ("Soutien", "Régulier", "Enregistrer"):
        await coaching.tap(label)
    assert (await event_of(app, 1)).niveau_soutien == Niveau.REGULIER


async def test_unlocking_is_taken_back(app: Application, coach: Account) -> None:
    phone = await validated(app, coach)
    await phone.tap("Déverrouiller…")
    await phone.tap("Validée trop vite")

    await phone.tap("Annuler")

    assert (await event_of(app, 1)).state == EventState.VALIDATED
    assert phone.text.startswith("Annulé : …0001.")


async def test_who_validates_what_they_entered_is_marked_so(app: Application, coach: Account) -> None:
    me = await coordinator(app)
    await entered(app, me, 1, WARNED, W06="prise_de_poste_recente")
    phone = await reviewer(app)
    await phone.tap("Regarder la saisie signalée")
    assert "Saisie par vous : si vous la validez, ce sera noté." in phone.text

    await phone.tap("Valider")

    assert (await app.rows(EventHistory))[-1].after["own_entry"] is True
    await phone.tap("Voir les saisies")
    await phone.tap("Validées")
    await phone.tap("…0001")
    assert "Validée le 19 décembre par vous, que vous aviez saisie." in phone.text


async def test_the_closing_of_the_campaign_freezes_everything(app: Application, coach: Account) -> None:
    phone = await validated(app, coach)
    await entered(app, coach, 2, WARNED, W06="prise_de_poste_recente")
    await phone.send("/valider")
    await phone.tap("Regarder la saisie signalée")
    async with app.database.transaction() as session:
        campaign = next(c for c in await app.rows(Campaign) if c.date == DAY)
        campaign.closed_at = NOW
        await session.merge(campaign)
    before = await app.everything()
    _, person, token = phone.data("Valider").split(":")
    locked = await event_of(app, 1)

    for data in (
        f"rv_ok:{person}:{token}",
        f"rv_send:{person}:3:contract_ended:{token}",
        f"rv_unlock:{locked.person_id}:too_soon:{token}",
        "rv:ABC01",
    ):
        await phone.tap(data=data)
        assert phone.text.startswith("Aucune remontée n'est ouverte")

    assert await app.everything() == before


FORGED = (
    "rv_ok:{person}:zz",
    "rv_ok:{person}:0",
    "rv_ok:999999:{token}",
    "rv_send:{person}:9:contract_ended:{token}",
    "rv_send:{person}:3:unheard:{token}",
    "rv_send:{person}:3:hours:{token}",
    "rv_why:{person}:0:{token}",
    "rv_unlock:{person}:too_soon:{token}",
    "rv_unlock:{person}:whim:{token}",
    "rv_all:ABC01:000000000000",
    "rv_all:XYZ02:000000000000",
    "rv_undo:ABC01:{token}:000000000000",
    "rv_undo:ABC01:!:000000000000",
    "rv_undo:ABC01:zzzzzzzzzzzzzzzz:000000000000",
    "rv_list:ABC01:whatever:0",
    "rv_list:XYZ02:done:0",
    "rv_coaches:XYZ02:0",
    "rv:XYZ02",
    "rv_look:XYZ02",
    "rv_look",
)


@pytest.mark.parametrize("who", ["coordinator", "coach"])
async def test_forged_buttons_change_nothing(app: Application, coach: Account, who: str) -> None:
    person = await entered(app, coach, 1, WARNED, W06="prise_de_poste_recente")
    phone = await reviewer(app)
    await phone.tap("Regarder la saisie signalée")
    token = phone.data("Valider").split(":")[2]
    forging = phone if who == "coordinator" else await app.phone().send("/start")
    before = await app.everything()

    own = () if who == "coordinator" else ("rv_ok:{person}:{token}", "rv_send:{person}:3:contract_ended:{token}")
    for data in (*FORGED, *own):
        await forging.tap(data=data.format(person=person.id, token=token))
        assert forging.toast, data

    assert await app.everything() == before


def test_the_menu_names_the_review_to_coordinators_only() -> None:
    named = {role for role in Role if "valider" in {command.word for command in menu(frozenset({role}))}}

    assert named == {Role.COORDINATOR}
