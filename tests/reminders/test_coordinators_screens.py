"""What a coordinator is shown beside their own reminders: who put off, a forecast, a digest that pauses."""

from models.accounts.tables import Account, Role, RoleGrant
from tests.harness import factories
from tests.harness.application import COORDINATOR, ON_SQLITE, Application
from tests.harness.factories import USUAL
from tests.reminders.monday import MONDAY, history, opened, wish


async def test_the_coordinator_pauses_the_digest_and_has_it_again(busy: Application) -> None:
    phone = await opened(busy, COORDINATOR)
    assert "Prochain bilan : lundi 21 décembre, 9 h (dans 7 jours)" in phone.text

    await phone.tap("Suspendre le bilan du lundi")

    assert "Prochain bilan" not in phone.text
    assert (await wish(busy))["digests_paused"] is True
    await phone.tap("Reprendre le bilan du lundi")
    assert (await wish(busy))["digests_paused"] is False
    assert await history(busy) == ["reminder_digests", "reminder_digests"]


async def test_the_coordinator_sees_who_put_off_and_who_is_absent(busy: Application) -> None:
    phone = await opened(busy)
    await phone.tap("Me le rappeler demain")
    for label in ("Vos rappels", "Indiquer une absence", "16", "22"):
        await phone.tap(label)

    theirs = await opened(busy, COORDINATOR)
    await theirs.tap("Qui a reporté ?")

    assert (
        "coach@exemple.fr : rappels reportés au mardi 15 décembre ; "
        "absence prévue : du 16 décembre au 22 décembre 2026." in theirs.text
    )


async def test_the_coordinator_has_a_forecast(busy: Application, coach: Account) -> None:
    phone = await opened(busy, COORDINATOR)

    await phone.tap("Prévision")

    assert phone.text.startswith(
        "Remontée du 31 décembre 2026 · Dispositif ABC01\n\n14 personnes sur 20 saisies (70 %)."
    )
    assert "coach@exemple.fr : 6" in phone.text
    await phone.tap("Qui manque ?")
    assert "coach@exemple.fr" in phone.text


@ON_SQLITE
async def test_another_dispositif_does_not_exist(busy: Application) -> None:
    async with busy.database.transaction() as session:
        other = await factories.dispositif(session, "XYZ02", "Ailleurs")
        colleague = await factories.account(session, 1011, scope="dispositif:XYZ02", email="ailleurs@exemple.fr")
        await factories.person(session, 5000, colleague, reference="XYZ02", past=USUAL)
    elsewhere = await opened(busy, 1011)
    await elsewhere.tap("Me le rappeler demain")

    phone = await opened(busy, COORDINATOR)
    await phone.tap("Qui a reporté ?")
    assert "Personne n'a reporté" in phone.text
    await phone.tap(data=f"forecast_of:{other.id}")
    assert "XYZ02" not in phone.text
    assert phone.toast


@ON_SQLITE
async def test_who_coordinates_several_dispositifs_chooses_one(busy: Application) -> None:
    accounts = {row.channel_address: row.id for row in await busy.rows(Account)}
    async with busy.database.transaction() as session:
        await factories.dispositif(session, "XYZ02", "Ailleurs")
        scope = "dispositif:XYZ02"
        await factories.write(
            session,
            RoleGrant(account_id=accounts[COORDINATOR], role=Role.COORDINATOR, scope=scope, granted_at=MONDAY),
        )
    phone = await opened(busy, COORDINATOR)

    await phone.tap("Prévision")
    assert phone.labels == ["Dispositif ABC01", "Dispositif XYZ02", "Retour"]
    await phone.tap("Dispositif XYZ02")
    assert phone.text.endswith("Aucune personne n'est attendue pour cette remontée.")
    await phone.tap("Un autre dispositif")
    await phone.tap("Dispositif ABC01")

    assert "14 personnes sur 20 saisies (70 %)." in phone.text
