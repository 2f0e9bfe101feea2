"""Two coordinators at the same entry at the same moment: one decides, the other is shown what stands."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest

from handlers.texts import STALE
from models.accounts.permissions import Actor, Grant
from models.accounts.tables import Account, Role
from models.base.revision import Stale, short
from models.campaigns.repository import campaign_of
from models.events.form import Doubt, question
from models.events.tables import EventHistory, EventState, Origin
from models.notifications.tables import OutboxMessage
from models.review.queries import ReviewReader
from models.review.service import Reviewing
from tests.harness import factories
from tests.harness.application import Application
from tests.harness.factories import DAY, NOW
from tests.review.stories import WARNED, coordinator, entered, event_of, reviewer

COLLEAGUE = 1012
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
async def colleague(app: Application) -> Account:
    """A second coordinator of the dispositif."""
    async with app.database.transaction() as session:
        return await factories.account(session, COLLEAGUE, Role.COORDINATOR, email="adjointe@exemple.fr")


@pytest.mark.parametrize("one_by_one", [True, False], ids=["one entry", "all without remark"])
async def test_both_tap_valider_and_one_of_them_has(
    app: Application, coach: Account, colleague: Account, one_by_one: bool
) -> None:
    await entered(app, coach, 1, WARNED, W06="prise_de_poste_recente")
    await entered(app, coach, 2)
    mine = await reviewer(app)
    theirs = await app.phone(COLLEAGUE).send("/valider")
    label = "Valider" if one_by_one else "Valider la saisie sans remarque"
    number = 1 if one_by_one else 2
    if one_by_one:
        for phone in (mine, theirs):
            await phone.tap("Regarder la saisie signalée")

    await asyncio.gather(mine.tap_without_waiting(mine.data(label)), theirs.tap_without_waiting(theirs.data(label)))
    for phone in (mine, theirs):
        await phone.answered()

    assert (await event_of(app, number)).state == EventState.VALIDATED
    (line,) = await app.rows(EventHistory)
    assert line.origin == Origin.VALIDATED
    won, lost = (mine, theirs) if line.account_id != colleague.id else (theirs, mine)
    assert "Annuler" in won.labels
    assert "Annuler" not in lost.labels
    if one_by_one:
        winner = "coordination@exemple.fr" if won is mine else "adjointe@exemple.fr"
        assert f"Validée le 19 décembre par {winner}." in lost.text
    else:
        assert "1 validée" in lost.text


async def test_the_second_tap_is_told_that_it_came_too_late(
    app: Application, coach: Account, colleague: Account
) -> None:
    await entered(app, coach, 1, WARNED, W06="prise_de_poste_recente")
    mine = await reviewer(app)
    theirs = await app.phone(COLLEAGUE).send("/valider")
    for phone in (mine, theirs):
        await phone.tap("Regarder la saisie signalée")
    await mine.tap("Valider")
    before = await app.everything()

    await theirs.tap("Renvoyer…")

    assert theirs.toast == STALE
    assert "Validée le 19 décembre par coordination@exemple.fr." in theirs.text
    assert await app.everything() == before


@asynccontextmanager
async def asking(app: Application, account: Account) -> AsyncIterator[Reviewing]:
    """Ask in a coordinator's name, in a transaction of their own."""
    async with app.database.transaction() as session:
        campaign = await campaign_of(session, DAY)
        assert campaign is not None
        actor = Actor(account.id, (Grant(Role.COORDINATOR, "dispositif:ABC01"),))
        yield Reviewing(ReviewReader(session, actor, campaign), NOW)


Gesture = Callable[[Reviewing, int, str], Coroutine[Any, Any, Any]]


async def validate(review: Reviewing, person: int, token: str) -> Any:
    """Validate one."""
    return await review.validate(person, token)


async def validate_all(review: Reviewing, _person: int, token: str) -> Any:
    """Validate all without remark."""
    return await review.validate_plain("ABC01", (await review.board("ABC01")).stamp)


async def send_back(review: Reviewing, person: int, token: str) -> Any:
    """Send one back."""
    return await review.send_back(person, question("emploi_date"), Doubt.CONTRACT_ENDED, token)


@pytest.mark.parametrize("first", [validate, validate_all, send_back])
@pytest.mark.parametrize("second", [validate, validate_all, send_back])
@ON_POSTGRESQL
async def test_the_second_waits_for_the_first_and_finds_that_it_was_there(
    app: Application, coach: Account, colleague: Account, first: Gesture, second: Gesture
) -> None:
    person = await entered(app, coach, 1)
    token = short((await event_of(app, 1)).revision)
    me = await coordinator(app)
    assert person.id is not None

    async with asking(app, colleague) as late:
        shown = (await late.board("ABC01")).stamp
        async with asking(app, me) as early:
            await first(early, person.id, token)
            second_try = asyncio.create_task(
                late.validate_plain("ABC01", shown) if second is validate_all else second(late, person.id, token)
            )
            while not await _waits(app):
                await asyncio.sleep(0)
        with pytest.raises(Stale):
            await second_try
        await late.reader.session.rollback()

    (line,) = await app.rows(EventHistory)
    assert line.account_id == me.id
    assert len(await app.rows(OutboxMessage)) == (first is send_back)


async def _waits(app: Application) -> bool:
    """Whether somebody waits for somebody else's lock."""
    async with app.database.transaction() as session:
        connection = await session.connection()
        found = await connection.exec_driver_sql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(found.scalar())
