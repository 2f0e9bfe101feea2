"""Telegram's rates on a clock that stands still until told."""

import pytest

from simulator.errors import BotApiError
from simulator.rates import Rates
from tests.simulator.client import ANA, Client, FakeClock, button, keyboard


def _passed(rates: Rates, chat_id: int, *, group: bool = False, tries: int = 100) -> int:
    passed = 0
    for _ in range(tries):
        try:
            rates.admit(chat_id, group=group)
        except BotApiError:
            break
        passed += 1
    return passed


def test_a_private_chat_takes_a_burst_of_20_then_one_a_second(clock: FakeClock) -> None:
    rates = Rates(clock, 1.0)
    assert _passed(rates, 1) == 20
    clock.pass_(1)
    assert _passed(rates, 1) == 1
    clock.pass_(5)
    assert _passed(rates, 1) == 5
    clock.pass_(3600)
    assert _passed(rates, 1) == 20


def test_all_chats_together_take_30_a_second(clock: FakeClock) -> None:
    rates = Rates(clock, 1.0)
    assert sum(_passed(rates, chat, tries=1) for chat in range(100)) == 30
    clock.pass_(0.5)
    assert sum(_passed(rates, chat, tries=1) for chat in range(100, 200)) == 15


def test_a_group_takes_20_a_minute(clock: FakeClock) -> None:
    rates = Rates(clock, 1.0)
    assert _passed(rates, -1, group=True) == 20
    with pytest.raises(BotApiError) as refused:
        rates.admit(-1, group=True)
    assert refused.value.retry_after == 3
    clock.pass_(60)
    assert _passed(rates, -1, group=True) == 20


def test_a_refused_message_costs_nothing(clock: FakeClock) -> None:
    rates = Rates(clock, 1.0)
    assert _passed(rates, 1) == 20
    for _ in range(50):
        assert _passed(rates, 1, tries=1) == 0
    assert _passed(rates, 2) == 10


def test_rates_scale_and_can_be_off(clock: FakeClock) -> None:
    assert _passed(Rates(clock, 2.0), 1) == 40
    assert _passed(Rates(clock, None), 1, tries=1000) == 1000


async def test_edits_count_and_answers_to_taps_do_not(client: Client) -> None:
    sent = await client.message(reply_markup=keyboard([button()]))
    for number in range(19):
        edited = await client.bot(
            "editMessageText",
            chat_id=ANA,
            message_id=sent["message_id"],
            text=str(number),
            reply_markup=keyboard([button()]),
        )
        assert edited.status == 200
    over = await client.bot("editMessageText", chat_id=ANA, message_id=sent["message_id"], text="x")
    assert over.status == 429
    for _ in range(50):
        await client.tap(sent["message_id"], text="Oui")
        query = (await client.updates(offset=-1))[0]["callback_query"]["id"]
        assert (await client.bot("answerCallbackQuery", callback_query_id=query)).status == 200
    client.clock.pass_(over.body["parameters"]["retry_after"])
    again = await client.bot("editMessageText", chat_id=ANA, message_id=sent["message_id"], text="x")
    assert again.status == 200
