"""Twelve persons of one dispositif at three campaigns that have ended: enough for figures that may be published."""

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.tables import Account
from models.events.tables import EventState
from models.reference.nomenclature import Emploi, Niveau, Orientation
from tests.harness import factories
from tests.harness.factories import JUNE, MARCH, SEPTEMBER, USUAL

PERSONS = 12
WITHOUT_A_JOB = 7


async def town(session: AsyncSession, coach: Account | None = None) -> None:
    """Write the dispositif, the persons and their events; seven of twelve are without a job at each campaign."""
    for day in (SEPTEMBER, JUNE, MARCH):
        await factories.campaign(session, day, closed=True)
    await factories.dispositif(session)
    await people(session, coach)


async def people(session: AsyncSession, coach: Account | None) -> None:
    """Write the persons with their events, where dispositif and campaigns are there already."""
    without = USUAL.changed(emploi_date=Emploi.SANS_EMPLOI, emploi_mois=Emploi.SANS_EMPLOI)
    for number in range(PERSONS):
        of = await factories.person(session, 100 + number, coach, orientation=Orientation.MDPH)
        answers = without if number < WITHOUT_A_JOB else USUAL
        level = Niveau.INTENSIF if number % 2 else Niveau.SUIVI
        for day in (SEPTEMBER, JUNE, MARCH):
            await factories.event(session, of, answers.changed(niveau_soutien=level), day, EventState.SENT_UP)


async def village(session: AsyncSession, reference: str) -> None:
    """Write eleven persons of a dispositif in September: six without a job, four with a CDI, one with a CDD."""
    without = USUAL.changed(emploi_date=Emploi.SANS_EMPLOI, emploi_mois=Emploi.SANS_EMPLOI)
    cdd = USUAL.changed(emploi_date=Emploi.CDD, emploi_mois=Emploi.CDD)
    for number, answers in enumerate([without] * 6 + [USUAL] * 4 + [cdd]):
        of = await factories.person(session, 300 + number, None, reference=reference)
        await factories.event(session, of, answers, SEPTEMBER, EventState.SENT_UP)
