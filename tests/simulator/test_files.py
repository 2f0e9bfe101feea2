"""Files both ways: what people send, what the bot sends, and what is no file."""

import struct
from typing import Any

import aiohttp
import pytest

from simulator.files import image_measures
from tests.simulator.client import ANA, Client, form_with_file, keyboard

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\x00\x00\x00"
GIF = b"GIF89a" + struct.pack("<HH", 3, 2)
JPEG = b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 480, 640) + b"\x03\x00"


def png(width: int, height: int) -> bytes:
    return PNG[:16] + struct.pack(">II", width, height) + PNG[24:]


@pytest.mark.parametrize(
    ("content", "measures"),
    [
        (PNG, (640, 480)),
        (GIF, (3, 2)),
        (JPEG, (640, 480)),
        (b"", None),
        (b"%PDF", None),
        (PNG[:20], None),
        (b"\xff\xd8\xff", None),
        (png(0, 5), None),
    ],
)
def test_images_are_measured(content: bytes, measures: tuple[int, int] | None) -> None:
    assert image_measures(content) == measures


async def test_a_person_sends_a_document(client: Client) -> None:
    form = form_with_file("document", b"contenu", "évènements.xlsx", {"caption": "Voici"})
    async with client.http.post(f"/sim/users/{ANA}/send", data=form) as answer:
        seen = await answer.json()
    assert (seen["from"], seen["text"], seen["document"]["file_name"]) == ("user", "Voici", "évènements.xlsx")
    message = (await client.updates())[0]["message"]
    assert message["caption"] == "Voici"
    assert message["document"]["file_name"] == "évènements.xlsx"
    assert message["document"]["file_size"] == 7
    file = (await client.bot("getFile", file_id=message["document"]["file_id"])).result
    async with client.http.get(f"/file/bot42:TEST/{file['file_path']}") as answer:
        assert await answer.read() == b"contenu"
    async with client.http.get("/file/bot42:TEST/documents/none") as answer:
        assert answer.status == 404


async def test_a_person_sends_a_photo(client: Client) -> None:
    async with client.http.post(f"/sim/users/{ANA}/send", data=form_with_file("photo", JPEG, "a.jpg")) as answer:
        assert (await answer.json())["photo"]["width"] == 640
    message = (await client.updates())[0]["message"]
    assert (message["photo"][0]["width"], message["photo"][0]["height"]) == (640, 480)


def _attached(content: bytes) -> aiohttp.FormData:
    """As aiogram sends it."""
    return form_with_file("f1", content, "liste.csv", {"chat_id": str(ANA), "document": "attach://f1"})


def _in_the_field(content: bytes) -> aiohttp.FormData:
    """As python-telegram-bot sends it."""
    return form_with_file("document", content, "liste.csv", {"chat_id": str(ANA)})


@pytest.mark.parametrize("form", [_attached, _in_the_field])
async def test_the_bot_sends_a_document(client: Client, form: Any) -> None:
    sent = (await client.bot_multipart("sendDocument", form(b"a;b"))).result
    assert sent["document"]["file_name"] == "liste.csv"
    assert sent["document"]["mime_type"] == "text/csv"
    assert "caption" not in sent
    seen = (await client.chat())[-1]
    assert seen["document"] == {
        "file_id": sent["document"]["file_id"],
        "file_name": "liste.csv",
        "size": 3,
    }
    async with client.http.get(f"/sim/files/{seen['document']['file_id']}") as answer:
        assert await answer.read() == b"a;b"
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''liste.csv"


async def test_the_bot_sends_a_photo_and_edits_its_caption(client: Client) -> None:
    form = form_with_file("photo", PNG, "c.png", {"chat_id": str(ANA), "caption": "<b>Un</b>", "parse_mode": "HTML"})
    sent = (await client.bot_multipart("sendPhoto", form)).result
    assert sent["caption_entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    edited = await client.bot("editMessageCaption", chat_id=ANA, message_id=sent["message_id"], caption="Deux")
    assert edited.result["caption"] == "Deux"
    as_text = await client.bot("editMessageText", chat_id=ANA, message_id=sent["message_id"], text="x")
    assert as_text.refusal == (400, "Bad Request: there is no text in the message to edit")
    seen = (await client.chat())[-1]
    assert (seen["text"], seen["photo"]["width"], seen["edited"]) == ("Deux", 640, True)
    async with client.http.get(f"/sim/files/{seen['photo']['file_id']}") as answer:
        assert answer.content_type == "image/png"


async def test_a_known_file_is_sent_again_by_its_identifier(client: Client) -> None:
    first = (await client.bot_multipart("sendDocument", _in_the_field(b"a"))).result["document"]
    again = await client.bot("sendDocument", chat_id=ANA, document=first["file_id"])
    assert again.result["document"] == first
    as_photo = await client.bot("sendPhoto", chat_id=ANA, photo=first["file_id"])
    assert as_photo.refusal == (400, "Bad Request: can't use file of type Document as Photo")


@pytest.mark.parametrize(
    ("method", "field", "content", "reason"),
    [
        ("sendDocument", "document", b"", "file must be non-empty"),
        ("sendPhoto", "photo", b"%PDF", "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", "photo", png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", "photo", png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (
            "sendPhoto",
            "photo",
            PNG + b"x" * 10 * 1024 * 1024,
            "file of size 10485789 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
)
async def test_what_is_no_file(client: Client, method: str, field: str, content: bytes, reason: str) -> None:
    form = form_with_file(field, content, "a.png", {"chat_id": str(ANA)})
    assert (await client.bot_multipart(method, form)).refusal == (400, f"Bad Request: {reason}")


async def test_unknown_identifiers(client: Client) -> None:
    unknown = await client.bot("sendDocument", chat_id=ANA, document="BQnone")
    assert unknown.refusal == (400, "Bad Request: wrong file identifier/HTTP URL specified")
    form = aiohttp.FormData({"chat_id": str(ANA), "document": "attach://none"}, default_to_multipart=True)
    missing = await client.bot_multipart("sendDocument", form)
    assert missing.refusal == (400, "Bad Request: wrong file identifier/HTTP URL specified")
    assert (await client.bot("getFile", file_id="x")).refusal == (400, "Bad Request: invalid file_id")
    async with client.http.get("/sim/files/none") as answer:
        assert answer.status == 404


async def test_text_is_no_caption(client: Client) -> None:
    sent = await client.message(reply_markup=keyboard())
    refused = await client.bot("editMessageCaption", chat_id=ANA, message_id=sent["message_id"], caption="x")
    assert refused.refusal == (400, "Bad Request: there is no caption in the message to edit")
