"""The pages of the assistant's own address, where a workbook that must not pass through the chat is fetched or sent.

A link opens once, within half an hour, with the six digits read in the chat (design, point 7). The pages are plain
forms, usable on a phone, with nothing to run in the browser.
"""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from datetime import datetime
from html import escape
from pathlib import Path

from aiohttp import BodyPartReader, MultipartReader, web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.workbook import texts
from models.base.clock import Clock
from models.base.database import FAILURES, Database
from models.jobs.signals import Enqueue, noted
from models.workbook.links.files import new_name
from models.workbook.links.service import Gone, Opened, Wrong, purpose_of, use
from models.workbook.links.tables import ExchangeLink, Purpose

log = logging.getLogger(__name__)

PATH = "/classeurs/{token:[A-Za-z0-9_-]{20,24}}"
LARGEST_WORKBOOK = 50 * 1024 * 1024
CHUNK = 256 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DIGITS_BYTES = 1024
_DIGITS_READ = 16
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Received = Callable[[AsyncSession, datetime, ExchangeLink, str], Awaitable[None]]
"""Told of a workbook that came in, by the name of its file, in the transaction that uses its link up."""


class TooLarge(Exception):
    """What is sent is larger than any workbook of ours."""


class Pages:
    """Serves the links; `folder` holds the workbooks on their way."""

    def __init__(self, database: Database, clock: Clock, folder: Path, received: Received, enqueue: Enqueue) -> None:
        self._database = database
        self._clock = clock
        self._folder = folder
        self._received = received
        self._enqueue = enqueue

    def routes(self) -> list[web.RouteDef]:
        """Return what the application serves."""
        return [web.get(PATH, self._shown), web.post(PATH, self._answered)]

    async def _shown(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        try:
            async with self._database.transaction() as session:
                purpose = await purpose_of(session, self._clock(), token)
        except FAILURES as error:
            return _unavailable(error)
        return _page(texts.GONE, status=404) if purpose is None else _page(_form(purpose))

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"]
        try:
            if request.content_type == "multipart/form-data":
                return await self._take(token, await request.multipart())
            form = await request.post()
            return await self._give(request, token, str(form.get("digits", "")))
        except TooLarge:
            return _page(texts.TOO_LARGE, status=413)
        except FAILURES as error:
            return _unavailable(error)

    async def _give(self, request: web.Request, token: str, digits: str) -> web.StreamResponse:
        """Stream the workbook of a link, and remove it: the link has served."""
        async with self._database.transaction() as session:
            outcome = await use(session, self._clock(), token, _only_digits(digits), Purpose.FETCH)
        if not isinstance(outcome, Opened):
            return _refused(outcome, Purpose.FETCH)
        name = outcome.link.file
        file = self._folder / name if name else None
        if file is None or not file.is_file():
            return _page(texts.GONE, status=404)
        answer = web.StreamResponse(headers=_HEADERS)
        answer.content_type = XLSX
        answer.headers["Content-Disposition"] = f'attachment; filename="{texts.FILE_NAME}"'
        answer.content_length = file.stat().st_size
        with file.open("rb") as opened:
            file.unlink()
            await answer.prepare(request)
            while chunk := await asyncio.to_thread(opened.read, CHUNK):
                await answer.write(chunk)
        await answer.write_eof()
        return answer

    async def _take(self, token: str, parts: MultipartReader) -> web.Response:
        """Keep the workbook sent with the right digits, which come first in the form."""
        async with self._database.transaction() as session:
            if await purpose_of(session, self._clock(), token) != Purpose.SEND:
                return _page(texts.GONE, status=404)  # before anything of it is read
        digits = await parts.next()
        if not isinstance(digits, BodyPartReader) or digits.name != "digits":
            return _page(_form(Purpose.SEND, texts.NO_FILE), status=400)
        typed = _only_digits((await digits.read_chunk(_DIGITS_BYTES)).decode("ascii", "replace"))
        await digits.release()
        sent = await parts.next()
        if not isinstance(sent, BodyPartReader) or sent.name != "workbook" or not sent.filename:
            return _page(_form(Purpose.SEND, texts.NO_FILE), status=400)
        file = self._folder / new_name()
        try:
            await self._written(sent, file)
            async with self._database.transaction() as session:
                outcome = await use(session, self._clock(), token, typed, Purpose.SEND)
                if isinstance(outcome, Opened):
                    await self._received(session, self._clock(), outcome.link, file.name)
            await self._enqueue(noted(session))
        except BaseException:
            file.unlink(missing_ok=True)
            raise
        if not isinstance(outcome, Opened):
            file.unlink()
            return _refused(outcome, Purpose.SEND)
        return _page(texts.RECEIVED)

    async def _written(self, sent: BodyPartReader, file: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        size = 0
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            while chunk := await sent.read_chunk(CHUNK):
                size += len(chunk)
                if size > LARGEST_WORKBOOK:
                    raise TooLarge
                await asyncio.to_thread(opened.write, chunk)


def _only_digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())[:_DIGITS_READ]


def _refused(outcome: Wrong | Gone, purpose: Purpose) -> web.Response:
    if isinstance(outcome, Gone):
        return _page(texts.GONE, status=404)
    return _page(_form(purpose, texts.wrong(outcome.left)), status=403)


def _unavailable(error: BaseException) -> web.Response:
    log.error("database unavailable", extra={"cause": type(error).__name__})
    return _page(texts.UNAVAILABLE, status=503)


def _form(purpose: Purpose, problem: str = "") -> str:
    sending = purpose == Purpose.SEND
    return texts.FORM.format(
        problem=f'<p role="alert"><strong>{escape(problem)}</strong></p>' if problem else "",
        encoding=' enctype="multipart/form-data"' if sending else "",
        file=texts.FILE_FIELD if sending else "",
        lead=texts.SEND_LEAD if sending else texts.FETCH_LEAD,
        submit=texts.SEND if sending else texts.FETCH,
    )


def _page(body: str, status: int = 200) -> web.Response:
    text = texts.PAGE.replace("{body}", body)
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=_HEADERS)
