"""A coordinator's quarter: the dispositif's own figures, confirmed or changed, over the chat."""

import pytest
from sqlmodel import SQLModel

from models.accounts.tables import Account, Role
from models.audit.tables import Audit
from models.dispositifs.tables import Dispositif
from models.figures.tables import DispositifFigures
from tests import factories
from tests.conversation.house import COORDINATOR, House
from tests.conversation.phone import Phone

KNOWN = {
    "capacite": 60,
    "etp_total": 6.0,
    "etp_hors_admin": 5.0,
    "professionnels_hors_admin": 7,
    "liste_attente": 4,
    "sans_suite": 3,
}
FIELDS = tuple(KNOWN)


async def known(house: House, **figures: float | None) -> None:
    """Give the dispositif the figures of last quarter."""
    async with house.database.transaction() as session:
        dispositif = await session.get_one(Dispositif, 1)
        for field, value in (KNOWN | figures).items():
            setattr(dispositif, field, value)


async def figures(house: House, table: type[SQLModel] = Dispositif) -> dict[str, float]:
    """Return the figures of the one row there is."""
    (row,) = await house.rows(table)
    return {field: getattr(row, field) for field in FIELDS}


async def opened(house: House) -> Phone:
    return await house.phone(COORDINATOR).send("/chiffres")


async def test_one_tap_when_nothing_changed(house: House, coach: Account) -> None:
    await known(house)
    phone = await opened(house)
    assert phone.text.startswith("Chiffres du dispositif ABC01 · remontée du 31 décembre 2026\nÀ confirmer")
    assert "Capacité : 60\nETP : 6\n" in phone.text

    await phone.tap("Rien n'a changé")

    assert phone.text.startswith("Chiffres enregistrés.")
    assert "Rien n'a changé" not in phone.labels
    assert await figures(house, DispositifFigures) == KNOWN
    assert phone.taps == 1


async def test_a_figure_is_typed_seen_and_recorded_with_its_history(house: House, coach: Account) -> None:
    await known(house)
    phone = await opened(house)

    await phone.tap("ETP")
    assert "Valeur actuelle : 6." in phone.text
    assert "5" in phone.labels
    assert "7" in phone.labels
    await phone.send("6,5")
    assert "ETP : 6 → 6,5" in phone.text
    await phone.tap("Liste d'attente")
    await phone.tap("5")
    assert (await figures(house))["etp_total"] == 6, "nothing is recorded before it is asked for"
    await phone.tap("Enregistrer")

    changed = KNOWN | {"etp_total": 6.5, "liste_attente": 5}
    assert await figures(house) == changed
    assert await figures(house, DispositifFigures) == changed
    (line,) = [row for row in await house.rows(Audit) if row.action == "figures"]
    assert '"etp_total": 6.0' in line.before
    assert '"etp_total": 6.5' in line.after
    assert line.subject == "dispositif:ABC01"


async def test_a_dispositif_without_figures_is_asked_all_six_in_order(house: House, coach: Account) -> None:
    phone = await opened(house)
    assert "Rien n'a changé" not in phone.labels

    await phone.tap("Répondre : Capacité")
    for number in ("60", "6", "5", "7", "4", "3"):
        await phone.send(number)
    await phone.tap("Enregistrer")

    assert await figures(house) == KNOWN


async def test_what_was_changed_waits_through_a_restart_and_can_be_thrown_away(house: House, coach: Account) -> None:
    await known(house)
    phone = await opened(house)
    await phone.tap("Capacité")
    await phone.send("62")
    await house.restart()
    await phone.send("/chiffres")
    assert "Capacité : 60 → 62" in phone.text

    await phone.tap("Annuler les modifications")

    assert "Capacité : 60\n" in phone.text
    assert await figures(house) == KNOWN


@pytest.mark.parametrize("text", ["12,5", "5 000 000", "-3", "beaucoup"])
async def test_what_is_no_number_is_said_and_changes_nothing(house: House, coach: Account, text: str) -> None:
    await known(house)
    phone = await opened(house)
    await phone.tap("Capacité")

    await phone.send(text)

    assert "Combien de places" in phone.text
    await phone.send("/chiffres")
    assert "Capacité : 60\n" in phone.text


async def test_an_error_refuses_and_opens_what_is_to_be_corrected(house: House, coach: Account) -> None:
    await known(house)
    phone = await opened(house)
    await phone.tap("ETP hors administratifs")
    await phone.send("8")

    await phone.tap("Enregistrer")

    assert "dépassent le total" in phone.text
    assert await figures(house) == KNOWN
    await phone.tap("Corriger : ETP hors administratifs")
    await phone.send("5,5")
    await phone.tap("Enregistrer")
    assert (await figures(house))["etp_hors_admin"] == 5.5


async def test_a_warning_is_recorded_with_its_reason(house: House, coach: Account) -> None:
    await known(house)
    phone = await opened(house)
    await phone.tap("Professionnels")
    await phone.send("4")
    await phone.tap("Enregistrer")
    assert "moins de professionnels" in phone.text

    await phone.tap("Oui, c'est vérifié")

    (row,) = await house.rows(DispositifFigures)
    assert row.professionnels_hors_admin == 4
    assert row.confirmations == {"W13": "verifie"}


async def test_an_old_card_and_a_forged_one_change_nothing(house: House, coach: Account) -> None:
    await known(house)
    phone = await opened(house)
    old = phone.data("Rien n'a changé")
    await phone.tap("Rien n'a changé")
    (recorded,) = await house.rows(DispositifFigures)

    await phone.tap(data=old)
    assert (await house.rows(DispositifFigures)) == [recorded]
    for data in ("figures_of:99", "figure_set:99:1:5", "figure_set:1:9:5", "figures_sure:W13:verifie:1:zzz"):
        await phone.tap(data=data)
        assert phone.toast, data
    assert (await house.rows(DispositifFigures)) == [recorded]


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.CHEF_DE_FILE, Role.READER, Role.ADMIN])
async def test_nobody_else_sees_or_writes_them(house: House, coach: Account, role: Role) -> None:
    await known(house)
    async with house.database.transaction() as session:
        await factories.account(session, 1077, role, "national" if role == Role.ADMIN else "dispositif:ABC01")
    phone = await house.phone(1077).send("/start")

    for data in ("figures", "figures_of:1", "figure_set:1:1:5", "figures_save:1:0"):
        await phone.tap(data=data)
        assert "Capacité" not in phone.text

    assert await house.rows(DispositifFigures) == []
    assert await figures(house) == KNOWN


async def test_another_dispositifs_figures_do_not_exist(house: House, coach: Account) -> None:
    async with house.database.transaction() as session:
        other = await factories.dispositif(session, "XYZ02")
    phone = await opened(house)

    for data in (f"figures_of:{other.id}", f"figure:{other.id}:1", f"figures_save:{other.id}:0"):
        await phone.tap(data=data)
        assert "XYZ02" not in phone.text

    assert await house.rows(DispositifFigures) == []
