"""A signed report stays readable under its addenda; two who write the same report do not undo each other's."""

from models.meetings.tables import MeetingReport
from tests.harness.application import ON_SQLITE
from tests.harness.phone import Phone
from tests.meetings.story import Platform
from tests.meetings.test_conversation_report import held, signed, write_all_plain


@ON_SQLITE
async def test_what_was_signed_is_read_above_its_addenda(platform: Platform, invited: Phone) -> None:
    phone = await signed(await write_all_plain(await held(platform)))
    for label in ("Corriger par un additif", "Présents", "✓ France Travail", "Cap emploi", "Continuer avec 2 présents"):
        await phone.tap(label)
    await phone.tap("Enregistrer l'additif")
    await phone.tap("Erreur dans le compte rendu")

    assert "2 présents : MDPH, référent emploi accompagné ; France Travail, conseiller." in phone.text
    said = "Cap emploi, responsable était là ; France Travail, conseiller n'était pas là."
    assert f"Additif du 12 janvier 2027 (erreur dans le compte rendu) : {said}" in phone.text


async def two_drafts(platform: Platform) -> tuple[Phone, Phone]:
    """Two who lead there write the report: the chef de file's draft is ready, the administrator has saved another."""
    chief = await write_all_plain(await held(platform))
    admin = await platform.phone("admin").send("/start")
    await admin.tap(data="mt_report:1")
    for label in ("MDPH", "Cap emploi", "Continuer avec 2 présents", "5", "0", "0", "0", "Oui, examiné avant"):
        await admin.tap(label)
    await admin.tap("Aucune décision : continuer")
    await admin.tap("Enregistrer sans signer")
    return chief, admin


@ON_SQLITE
async def test_a_colleagues_report_is_taken_up(platform: Platform, invited: Phone) -> None:
    chief, _ = await two_drafts(platform)
    await chief.tap("Enregistrer sans signer")

    assert "Un autre compte rendu de cette réunion a été enregistré depuis votre brouillon." in chief.text
    assert "5 prescriptions examinées : MDPH 5" in chief.text
    await chief.tap("Reprendre le compte rendu enregistré")
    await chief.tap("Aucune décision : continuer")
    await chief.tap("Enregistrer sans signer")

    assert [row.examined["mdph"] for row in await platform.app.rows(MeetingReport)] == [5]


@ON_SQLITE
async def test_ones_own_report_is_kept_knowingly(platform: Platform, invited: Phone) -> None:
    chief, _ = await two_drafts(platform)
    await chief.tap(data="mt_report:1")
    assert chief.labels == ["Reprendre le compte rendu enregistré", "Garder le mien", "Retour"]

    await chief.tap("Garder le mien")
    await signed(chief)

    assert "1 prescription examinée : MDPH 1" in chief.text
    assert [row.examined["mdph"] for row in await platform.app.rows(MeetingReport)] == [1]


@ON_SQLITE
async def test_a_report_signed_meanwhile_is_read(platform: Platform, invited: Phone) -> None:
    chief, admin = await two_drafts(platform)
    await admin.tap(data="mt_report:1")
    await signed(admin)

    await chief.tap("Signer le compte rendu")
    await chief.tap("Oui, signer")

    assert "Signé le 12 janvier 2027 par l'administration." in chief.text
    assert "5 prescriptions examinées : MDPH 5" in chief.text
