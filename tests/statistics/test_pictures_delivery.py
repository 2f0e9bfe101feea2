"""A picture goes out as a photo, and a tap under it brings the next screen as a new message."""

from models.notifications.tables import Delivery
from tasks.statistics.pictures.drawing import png
from tests.harness.worker import WorkerHarness
from tests.notifications.conftest import redis_url, workers
from tests.statistics import sample_pictures as gallery

__all__ = ["redis_url", "workers"]


async def test_a_document_named_png_is_sent_as_a_photo(workers: WorkerHarness) -> None:
    (workers.settings.data_dir / "emploi.png").write_bytes(png(gallery.picture("bars")))
    workers.start()
    await workers.tell(document="emploi.png")
    await workers.all_are(Delivery.SENT)
    (shown,) = await workers.told()
    assert shown["document"] is None
    assert (shown["photo"]["width"], shown["photo"]["file_name"]) == (800, "emploi.png")
    assert "…4217" in shown["text"]
    assert [row[0]["data"] for row in shown["buttons"]] == ["person:4:77", "home"]


async def test_what_is_no_picture_is_refused_as_telegram_does(workers: WorkerHarness) -> None:
    (workers.settings.data_dir / "emploi.png").write_bytes(b"classeur")
    workers.start()
    await workers.tell(document="emploi.png")
    (message,) = await workers.all_are(Delivery.REFUSED)
    assert message.cause == "BadRequest"
