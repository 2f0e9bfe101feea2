"""A button that is not one of ours, or not for the one who taps, changes nothing."""

import pytest

from tests.harness.application import ON_SQLITE, Application
from tests.reminders.monday import opened, wish

FORGED = ("forecast", "forecast_of:1", "put_off", "digests:1", "reminders_preview:0", "reminders_previewed")


@ON_SQLITE
@pytest.mark.parametrize("data", FORGED)
async def test_a_coach_has_no_coordinators_nor_administrators_screens(busy: Application, data: str) -> None:
    phone = await opened(busy)

    await phone.tap(data=data)

    assert phone.toast
    assert phone.text.startswith("Vos rappels")
    assert await wish(busy) == {}


@ON_SQLITE
@pytest.mark.parametrize(
    "data",
    ["snooze:hier", "snooze:", "snooze", "remind_at:7", "remind_at:19", "absent:2026-13", "absent_from:0", "digests:2"],
)
async def test_a_forged_button_changes_nothing(busy: Application, data: str) -> None:
    phone = await opened(busy)

    await phone.tap(data=data)

    assert phone.toast
    assert await wish(busy) == {}
