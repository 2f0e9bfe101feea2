"""The polling loop's rules: what is confirmed, what must come again, who waits for whom."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvloop

from bot.service import BotService
from bot.telegram import polling
from bot.telegram.client import Telegram
from bot.telegram.incoming import Update
from bot.telegram.polling import Polling, Window
from handlers.conversation import Unavailable
from simulator import SimulatorSettings, running
from simulator.faults import read_fault
from tests.harness.application import ON_SQLITE, TOKEN
from tests.harness.wired import WIRED, WiredApplication

pytestmark = WIRED

ANA, BEN, CHLOE = 1, 2, 3

MANY_POLLS = 1_100
"""More than a pause doubled at each can be counted: it would be infinite."""


def test_nothing_is_confirmed_before_it_is_handled() -> None:
    assert Window().offset is None
    window = Window()

    assert window.take([10, 11, 12]) == {10, 11, 12}
    assert window.offset == 10
    window.done(11)
    assert window.offset == 10
    window.done(10)
    assert window.offset == 12
    window.done(12)

    assert window.offset == 13
    assert window.idle.is_set()


def test_what_is_under_way_or_done_is_not_begun_again() -> None:
    window = Window()
    window.take([10, 11])
    window.done(11)

    assert window.take([10, 11, 12]) == {12}
    window.done(10)
    assert window.take([10, 11, 12]) == set(), "told again while the fetch was on its way"


def test_what_could_not_be_committed_holds_the_offset_until_it_is() -> None:
    window = Window()
    window.take([10, 11, 12])
    window.ask_again(10)
    window.done(11)
    window.done(12)
    assert (window.offset, window.must_come_again) == (10, True)

    assert window.take([10, 11, 12, 13]) == {10, 13}
    assert (window.offset, window.must_come_again) == (10, False)
    window.done(10)
    window.done(13)
    assert window.offset == 14


def test_what_was_to_come_again_and_expired_holds_nothing_up() -> None:
    window = Window()
    window.take([10, 11])
    window.ask_again(10)
    window.done(11)

    assert window.take([12]) == {12}
    window.done(12)

    assert window.offset == 13


def test_a_lower_number_is_another_numbering_to_be_handled_once_and_confirmed() -> None:
    window = Window()
    window.take([5_000])
    window.done(5_000)
    window.take([])
    assert window.offset == 5_001

    assert window.take([300]) == {300}
    assert window.offset == 300, "not confirmed before it is handled"
    assert window.take([300, 301]) == {301}
    window.done(300)
    window.done(301)

    assert window.take([300, 301]) == set(), "told again while the fetch was on its way"
    assert window.offset == 302


def test_what_was_to_come_again_and_expired_does_not_hold_up_another_numbering() -> None:
    window = Window()
    window.take([5_000])
    window.ask_again(5_000)

    assert window.take([300]) == {300}
    window.done(300)

    assert (window.offset, window.must_come_again) == (301, False)


class Unforeseen(Exception):
    """What no part of the bot is known to raise."""


class Handling:
    """Handles updates as a test wants it, and remembers in what order they ended."""

    def __init__(self, act: Callable[[Update], Any]) -> None:
        self.act = act
        self.ended: list[int] = []
        self.begun: list[int] = []
        self._moved = asyncio.Condition()
        self.showing = asyncio.Lock()
        """Held by a test while Telegram is slow to show."""

    async def __call__(self, update: Update, committed: Callable[[], None]) -> None:
        self.begun.append(update.incoming.number)
        await self.act(update)
        committed()
        async with self.showing, self._moved:
            self.ended.append(update.incoming.number)
            self._moved.notify_all()

    async def until(self, number: int) -> None:
        """Wait until so many updates have ended."""
        async with asyncio.timeout(10), self._moved:
            await self._moved.wait_for(lambda: len(self.ended) >= number)


@asynccontextmanager
async def polled(app: WiredApplication, handling: Handling) -> AsyncIterator[asyncio.Event]:
    """Poll the local Telegram with that handling instead of the bot's."""
    stop = asyncio.Event()

    async def ours() -> bool:
        return True

    loop = asyncio.create_task(Polling(app.service.bot, handling, ours).run(stop))
    try:
        yield stop
    finally:
        stop.set()
        await loop


async def say(app: WiredApplication, *texts: tuple[int, str]) -> list[int]:
    """Let people write while nobody polls; return the numbers of the updates, in order."""
    for person, text in texts:
        app.local.state.add_person(person, f"Téléphone {person}")
        async with app.http.post(f"/sim/users/{person}/send", json={"text": text}) as answer:
            assert answer.status == 200
    return [update.update_id for update in app.local.state.updates.pending()]


@pytest.fixture
async def idle(app: WiredApplication, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WiredApplication]:
    """The application whose bot is there and does not poll, with short pauses."""
    monkeypatch.setattr(polling, "FIRST_PAUSE_S", 0.02)
    monkeypatch.setattr(polling, "LONGEST_PAUSE_S", 0.02)

    async def wait(_self: BotService, stop: asyncio.Event) -> None:
        await stop.wait()

    with monkeypatch.context() as patched:
        patched.setattr(BotService, "run", wait)
        await app.restart()
        yield app


async def nothing(_update: Update) -> None:
    """Handle what need only have come."""
    await asyncio.sleep(0)


def sender(update: Update) -> int:
    return update.incoming.sender


@ON_SQLITE
async def test_one_persons_updates_keep_their_order_and_nobody_waits_for_somebody_elses(idle: WiredApplication) -> None:
    gate = asyncio.Event()

    async def act(update: Update) -> None:
        if sender(update) == ANA:
            await gate.wait()

    first, second, third, fourth = await say(idle, (ANA, "1"), (BEN, "2"), (ANA, "3"), (BEN, "4"))
    handling = Handling(act)
    async with polled(idle, handling):
        await handling.until(2)
        assert handling.ended == [second, fourth]
        *_, fifth = await say(idle, (CHLOE, "5"))
        await handling.until(3)
        assert handling.ended[-1] == fifth, "an update that comes later does not wait for a slow one either"
        waiting = [update.update_id for update in idle.local.state.updates.pending()]
        assert waiting[0] == first, "what is under way is not confirmed"
        gate.set()
        await handling.until(5)

    assert handling.ended[3:] == [first, third]
    assert idle.local.state.updates.pending() == [], "what was handled is confirmed before leaving"


@ON_SQLITE
async def test_what_is_committed_is_confirmed_though_telegram_is_slow_to_show_it(idle: WiredApplication) -> None:
    arrived = asyncio.Event()

    async def act(update: Update) -> None:
        if sender(update) == BEN:
            arrived.set()

    first, second = await say(idle, (ANA, "1"), (ANA, "2"))
    handling = Handling(act)
    async with polled(idle, handling):
        async with handling.showing:
            await say(idle, (BEN, "3"))
            await asyncio.wait_for(arrived.wait(), 10)
            while first in [update.update_id for update in idle.local.state.updates.pending()]:
                await asyncio.sleep(0)
            assert second in [update.update_id for update in idle.local.state.updates.pending()], "one after the other"
        await handling.until(3)

    assert handling.ended.index(first) < handling.ended.index(second)


@ON_SQLITE
async def test_a_chain_that_fails_comes_again_in_order_and_the_others_once_only(idle: WiredApplication) -> None:
    tried: list[int] = []

    async def act(update: Update) -> None:
        tried.append(update.incoming.number)
        if sender(update) == ANA and len(tried) < 4:
            raise Unavailable from OSError("away")

    first, second, third = await say(idle, (ANA, "1"), (BEN, "2"), (ANA, "3"))
    handling = Handling(act)
    async with polled(idle, handling):
        await handling.until(3)

    assert handling.ended == [second, first, third]
    assert tried.count(second) == 1
    assert tried.index(third) > len(tried) - 2, "the later one is not even tried before the earlier one"
    assert idle.local.state.updates.pending() == []


@ON_SQLITE
async def test_a_fetch_that_fails_loses_nothing_of_what_must_come_again(idle: WiredApplication) -> None:
    handling = Handling(nothing)

    async def act(_update: Update) -> None:
        if len(handling.begun) == 1:
            idle.local.state.faults.ask(read_fault({"method": "getUpdates", "error_code": 502}))
            raise Unavailable from OSError("away")

    handling.act = act
    sent = await say(idle, (ANA, "1"))
    async with polled(idle, handling):
        await handling.until(1)

    assert handling.begun == [*sent, *sent]


@ON_SQLITE
async def test_a_fetch_that_fails_has_nothing_handled_twice(idle: WiredApplication) -> None:
    gate = asyncio.Event()

    async def act(update: Update) -> None:
        if sender(update) == ANA:
            await gate.wait()
        else:
            idle.local.state.faults.ask(read_fault({"method": "getUpdates", "error_code": 502}))

    sent = await say(idle, (ANA, "1"), (BEN, "2"))
    handling = Handling(act)
    async with polled(idle, handling):
        await handling.until(1)
        while not [call for call in idle.calls("getUpdates") if not call["ok"]]:
            await asyncio.sleep(0)
        asked = len(idle.calls("getUpdates"))
        while len(idle.calls("getUpdates")) < asked + 2:
            await asyncio.sleep(0)
        gate.set()
        await handling.until(2)

    assert handling.begun == sent


@ON_SQLITE
async def test_a_burst_larger_than_one_fetch_is_all_handled_once(idle: WiredApplication) -> None:
    sent = await say(idle, *((ANA + number % 50, str(number)) for number in range(250)))
    handling = Handling(nothing)
    async with polled(idle, handling):
        await handling.until(250)

    assert sorted(handling.ended) == sent
    of_ana: Sequence[int] = [update_id for update_id in handling.ended if (update_id - sent[0]) % 50 == 0]
    assert of_ana == sorted(of_ana)


@ON_SQLITE
async def test_faults_of_telegram_end_no_polling(idle: WiredApplication) -> None:
    await idle.fault(method="getUpdates", error_code=502, times=1)
    await idle.fault(method="getUpdates", error_code=409, times=1)
    await idle.fault(method="getUpdates", error_code=401, times=1)
    await idle.fault(method="getUpdates", drop="before", times=1)
    await idle.fault(method="getUpdates", drop="after", times=1)
    sent = await say(idle, (ANA, "1"))
    handling = Handling(nothing)

    async with polled(idle, handling):
        await handling.until(1)

    assert handling.ended == sent


def test_many_quiet_hours_end_no_polling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "LONG_POLL_S", 0)
    handling = Handling(nothing)

    async def ours() -> bool:
        return True

    async def quiet_hours() -> int:
        async with running(settings=SimulatorSettings(token=TOKEN)) as local:
            bot, stop = Telegram(TOKEN, local.url), asyncio.Event()
            loop = asyncio.create_task(Polling(bot, handling, ours).run(stop))
            while len(local.state.calls.listed("getUpdates")) < MANY_POLLS and not loop.done():
                await asyncio.sleep(0.05)
            stop.set()
            try:
                await loop
            finally:
                await bot.session.close()
            return len(local.state.calls.listed("getUpdates"))

    # The loop that the program runs on: the standard one puts up with a pause that is no number.
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert runner.run(quiet_hours()) >= MANY_POLLS


NOT_TELEGRAM: dict[str, dict[str, Any]] = {
    "a gateway's page": {"html": "<html><h1>nginx</h1></html>", "error_code": 502},
    "a page that says it is well": {"html": "<html>Connexion au réseau</html>"},
    "nothing": {"html": ""},
    "JSON of somebody else": {"html": "[]"},
    "a refusal that says it is well": {"html": '{"ok":false,"error_code":500,"description":"Internal"}'},
    "a refusal without a word": {"html": '{"ok":false}', "error_code": 502},
    "no updates": {"html": '{"ok":true,"result":true}'},
    "updates without a number": {"html": '{"ok":true,"result":[{}]}'},
}


@ON_SQLITE
@pytest.mark.parametrize("answer", NOT_TELEGRAM.values(), ids=NOT_TELEGRAM)
async def test_whatever_answers_in_telegrams_place_ends_no_polling(
    idle: WiredApplication, answer: dict[str, Any]
) -> None:
    await idle.fault(method="getUpdates", **answer)
    sent = await say(idle, (ANA, "1"))
    handling = Handling(nothing)

    async with polled(idle, handling):
        await handling.until(1)

    assert handling.ended == sent


@ON_SQLITE
async def test_after_a_week_of_silence_telegram_numbers_from_a_lower_place(idle: WiredApplication) -> None:
    before = await say(idle, (ANA, "1"))
    handling = Handling(nothing)
    async with polled(idle, handling):
        await handling.until(1)
        while idle.local.state.updates.pending():
            await asyncio.sleep(0)
        idle.local.state.updates.number_from(1_000)
        await say(idle, (ANA, "2"), (BEN, "3"))
        await handling.until(3)
        while idle.local.state.updates.pending():
            await asyncio.sleep(0)

    assert handling.begun == [*before, 1_000, 1_001]


@ON_SQLITE
async def test_a_long_silence_asked_for_keeps_no_bot_from_stopping(idle: WiredApplication) -> None:
    await idle.fault(method="getUpdates", retry_after=3_600)
    handling = Handling(nothing)

    async with asyncio.timeout(10), polled(idle, handling):
        while not [call for call in idle.calls("getUpdates") if call["error_code"] == 429]:
            await asyncio.sleep(0)


@ON_SQLITE
async def test_an_update_that_fails_as_nobody_foresaw_stops_no_other(
    idle: WiredApplication, caplog: pytest.LogCaptureFixture
) -> None:
    async def act(update: Update) -> None:
        if sender(update) == ANA:
            raise Unforeseen

    _, *others = await say(idle, (ANA, "1"), (BEN, "2"))
    handling = Handling(act)
    async with polled(idle, handling):
        await handling.until(1)
        others += (await say(idle, (BEN, "3")))[-1:]
        await handling.until(2)

    assert handling.ended == others
    assert len(handling.begun) == 3, "it does not come round for ever"
    assert [record.message for record in caplog.records if record.exc_info] == [polling.UNFORESEEN]
    assert idle.local.state.updates.pending() == []


@ON_SQLITE
async def test_an_update_nobody_can_read_is_let_go(idle: WiredApplication, caplog: pytest.LogCaptureFixture) -> None:
    idle.local.state.updates.add("message", {"text": "sans auteur ni date"}, ANA)
    broken, sound = await say(idle, (ANA, "1"))
    handling = Handling(nothing)
    async with polled(idle, handling):
        await handling.until(1)

    assert handling.ended == [sound]
    assert "sans auteur" not in caplog.text
    assert broken not in [update.update_id for update in idle.local.state.updates.pending()]


@ON_SQLITE
async def test_a_poller_that_was_replaced_leaves_without_confirming(idle: WiredApplication) -> None:
    async def act(_update: Update, _committed: Callable[[], None]) -> None:
        raise AssertionError("not ours any more")

    async def not_ours() -> bool:
        return False

    sent = await say(idle, (ANA, "1"))

    await Polling(idle.service.bot, act, not_ours).run(asyncio.Event())

    assert [update.update_id for update in idle.local.state.updates.pending()] == sent
