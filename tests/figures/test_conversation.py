"""A coordinator's quarter: the dispositif's own figures, confirmed or changed, over the chat."""

import pytest
from sqlmodel import SQLModel

from models.accounts.tables import Account, Role
from models.audit.tables import Audit
from models.dispositifs.tables import Dispositif
from models.figures.tables import DispositifFigures
from tests.harness import factories
from tests.harness.application import COORDINATOR, Application
from tests.harness.phone import Phone

KNOWN = {
    "capacite": 60,
    "etp_total": 6.0,
    "etp_hors_admin": 5.0,
    "professionnels_hors_admin": 7,
    "liste_attente": 4,
    "sans_suite": 3,
}
FIELDS = tuple(KNOWN)


async def known(app: Application, **figures: float | None) -> None:
    """Give the dispositif the figures of last quarter."""
    async with app.database.transaction() as session:
        dispositif = await session.get_one(Dispositif, 1)
        for field, value in (KNOWN | figures).items():
            setattr(dispositif, field, value)


async def figures(app: Application, table: type[SQLModel] = Dispositif) -> dict[str, float]:
    """Return the figures of the one row there is."""
    (row,) = await app.rows(table)
    return {field: getattr(row, field) for field in FIELDS}


async def opened(app: Application) -> Phone:
    return await app.phone(COORDINATOR).send("/chiffres")


async def test_one_tap_when_nothing_changed(app: Application, coach: Account) -> None:
    await known(app)
    phone = await opened(app)
    assert phone.text.startswith("Chiffres du dispositif ABC01 · remontée du 31 décembre 2026\nÀ confirmer")
    assert "Capacité : 60\nETP : 6\n" in phone.text

    await phone.tap("Rien n'a changé")

    assert phone.text.startswith("Chiffres enregistrés.")
    assert "Rien n'a changé" not in phone.labels
    assert await figures(app, DispositifFigures) == KNOWN
    assert phone.taps == 1


async def test_a_figure_is_typed_seen_and_recorded_with_its_history(app: Application, coach: Account) -> None:
    await known(app)
    phone = await opened(app)

    await phone.tap("ETP")
    assert "Valeur actuelle : 6." in phone.text
    assert "5" in phone.labels
    assert "7" in phone.labels
    await phone.send("6,5")
    assert "ETP : 6 → 6,5" in phone.text
    await phone.tap("Liste d'attente")
    await phone.tap("5")
    assert (await figures(app))["etp_total"] == 6, "nothing is recorded before it is asked for"
    await phone.tap("Enregistrer")

    changed = KNOWN | {"etp_total": 6.5, "liste_attente": 5}
    assert await figures(app) == changed
    assert await figures(app, DispositifFigures) == changed
    (line,) = [row for row in await app.rows(Audit) if row.action == "figures"]
    assert '"etp_total": 6.0' in line.before
    assert '"etp_total": 6.5' in line.after
    assert line.subject == "dispositif:ABC01"


async def test_a_dispositif_without_figures_is_asked_all_six_in_order(app: Application, coach: Account) -> None:
    phone = await opened(app)
    assert "Rien n'a changé" not in phone.labels

    await phone.tap("Répondre : Capacité")
    for number in ("60", "6", "5", "7", "4", "3"):
        await phone.send(number)
    await phone.tap("Enregistrer")

    assert await figures(app) == KNOWN


async def test_what_was_changed_waits_through_a_restart_and_can_be_thrown_away(
    app: Application, coach: Account
) -> None:
    await known(app)
    phone = await opened(app)
    await phone.tap("Capacité")
    await phone.send("62")
    await app.restart()
    await phone.send("/chiffres")
    assert "Capacité : 60 → 62" in phone.text

    await phone.tap("Annuler les modifications")

    assert "Capacité : 60\n" in phone.text
    assert await figures(app) == KNOWN


@pytest.mark.parametrize("text", ["12,5", "5 000 000", "-3", "beaucoup"])
async def test_what_is_no_number_is_said_and_changes_nothing(app: Application, coach: Account, text: str) -> None:
    await known(app)
    phone = await opened(app)
    await phone.tap("Capacité")

    await phone.send(text)

    assert "Combien de places" in phone.text
    await phone.send("/chiffres")
    assert "Capacité : 60\n" in phone.text


async def test_an_error_refuses_and_opens_what_is_to_be_corrected(app: Application, coach: Account) -> None:
    await known(app)
    phone = await opened(app)
    await phone.tap("ETP hors administratifs")
    await phone.send("8")

    await phone.tap("Enregistrer")

    assert "dépassent le total" in phone.text
    assert await figures(app) == KNOWN
    await phone.tap("Corriger : ETP hors administratifs")
    await phone.send("5,5")
    await phone.tap("Enregistrer")
    assert (await figures(app))["etp_hors_admin"] == 5.5


async def test_a_warning_is_recorded_with_its_reason(app: Application, coach: Account) -> None:
    await known(app)
    phone = await opened(app)
    await phone.tap("Professionnels")
    await phone.send("4")
    await phone.tap("Enregistrer")
    assert "moins de professionnels" in phone.text

    await phone.tap("Oui, c'est vérifié")

    (row,) = await app.rows(DispositifFigures)
    assert row.professionnels_hors_admin == 4
    assert row.confirmations == {"W13": "verifie"}


async def test_an_old_card_and_a_forged_one_change_nothing(app: Application, coach: Account) -> None:
    await known(app)
    phone = await opened(app)
    old = phone.data("Rien n'a changé")
    await phone.tap("Rien n'a changé")
    (recorded,) = await app.rows(DispositifFigures)

    await phone.tap(data=old)
    assert (await app.rows(DispositifFigures)) == [recorded]
    for data in ("figures_of:99", "figure_set:99:1:5", "figure_set:1:9:5", "figures_sure:W13:verifie:1:zzz"):
        await phone.tap(data=data)
        assert phone.toast, data
    assert (await app.rows(DispositifFigures)) == [recorded]


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.CHEF_DE_FILE, Role.READER, Role.ADMIN])
async def test_nobody_else_sees_or_writes_them(app: Application, coach: Account, role: Role) -> None:
    await known(app)
    async with app.database.transaction() as session:
        await factories.account(session, 1077, role, "national" if role == Role.ADMIN else "dispositif:ABC01")
    phone = await app.phone(1077).send("/start")

    for data in ("figures", "figures_of:1", "figure_set:1:1:5", "figures_save:1:0"):
        await phone.tap(data=data)
        assert "Capacité" not in phone.text

    assert await app.rows(DispositifFigures) == []
    assert await figures(app) == KNOWN


async def test_another_dispositifs_figures_do_not_exist(app: Application, coach: Account) -> None:
    async with app.database.transaction() as session:
        other = await factories.dispositif(session, "XYZ02")
    phone = await opened(app)

    for data in (f"figures_of:{other.id}", f"figure:{other.id}:1", f"figures_save:{other.id}:0"):
        await phone.tap(data=data)
        assert "XYZ02" not in phone.text

    assert await app.rows(DispositifFigures) == []
