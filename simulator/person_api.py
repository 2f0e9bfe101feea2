"""The person's side: `/sim/`, in JSON."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import aiohttp
from aiohttp import web

from simulator.errors import BotApiError, PersonError
from simulator.faults import read_fault
from simulator.files import Upload
from simulator.phones import Phones
from simulator.requests import read_parts
from simulator.state import State

MAX_PERSON_UPLOAD = 2000 * 1024 * 1024
_PING_S = 15.0

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PersonApi:
    """The phones over HTTP, and the controls of a test: faults and the log of calls."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._phones = Phones(state)

    def routes(self) -> list[web.RouteDef]:
        user = "/sim/users/{id:-?\\d+}"
        return [
            web.get("/sim/bot", _plainly(self._bot)),
            web.get("/sim/users", _plainly(self._users)),
            web.post("/sim/users", _plainly(self._add_user)),
            web.post(f"{user}/send", _plainly(self._send)),
            web.post(f"{user}/press", _plainly(self._press)),
            web.get(f"{user}/chat", _plainly(self._chat)),
            web.post(f"{user}/block", _plainly(self._block)),
            web.post(f"{user}/unblock", _plainly(self._unblock)),
            web.post(f"{user}/deactivate", _plainly(self._deactivate)),
            web.post(f"{user}/note", _plainly(self._note)),
            web.get(f"{user}/commands", _plainly(self._commands)),
            web.get(f"{user}/events", _plainly(self._events)),
            web.get("/sim/files/{file_id}", _plainly(self._file)),
            web.post("/sim/faults", _plainly(self._ask_fault)),
            web.delete("/sim/faults", _plainly(self._clear_faults)),
            web.get("/sim/calls", _plainly(self._calls)),
            web.delete("/sim/calls", _plainly(self._clear_calls)),
        ]

    async def _bot(self, request: web.Request) -> web.StreamResponse:
        bot = self._state.bot
        return _json({"name": bot.name, "username": bot.username, "description": bot.description})

    async def _users(self, request: web.Request) -> web.StreamResponse:
        return _json([person.as_phone() for person in self._state.people.values()])

    async def _add_user(self, request: web.Request) -> web.StreamResponse:
        given = await _body(request, id=int, first_name=str, username=str)
        person_id = given.get("id")
        if person_id is not None and person_id <= 0:
            raise PersonError(400, "id must be positive")
        person = self._state.add_person(person_id, given.get("first_name") or "", given.get("username"))
        return _json(person.as_phone())

    async def _send(self, request: web.Request) -> web.StreamResponse:
        if request.content_type == "multipart/form-data":
            message = await self._send_file(request)
        else:
            given = await _body(request, text=str, chat_id=int)
            if "text" not in given:
                raise PersonError(400, "text is missing")
            message = self._phones.write(_person_id(request), given["text"], given.get("chat_id"))
        return _json(message.as_seen())

    async def _send_file(self, request: web.Request) -> Any:
        reader = aiohttp.MultipartReader(request.headers, request.content)
        parts = await read_parts(reader, MAX_PERSON_UPLOAD)
        photo = "photo" in parts
        upload = parts.get("photo" if photo else "document")
        if not isinstance(upload, Upload):
            raise PersonError(400, "document is missing")
        try:
            chat_id = int(parts["chat_id"]) if "chat_id" in parts else None
        except ValueError:
            raise PersonError(400, "chat_id must be a number") from None
        return self._phones.send_file(
            _person_id(request), upload, parts.get("caption", ""), photo=photo, chat_id=chat_id
        )

    async def _press(self, request: web.Request) -> web.StreamResponse:
        given = await _body(request, message_id=int, text=str, data=str, wait_s=float, chat_id=int)
        if "message_id" not in given:
            raise PersonError(400, "message_id is missing")
        if ("text" in given) == ("data" in given):
            raise PersonError(400, "either text or data is needed")
        answer = await self._phones.press(
            _person_id(request),
            given["message_id"],
            label=given.get("text"),
            data=given.get("data"),
            wait_s=given.get("wait_s"),
            chat_id=given.get("chat_id"),
        )
        return _json(answer.as_seen())

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        person_id = _person_id(request)
        self._state.person(person_id)
        chat_id = _query_number(request, "chat_id")
        chat = self._state.chats.get(person_id if chat_id is None else chat_id)
        if chat is None:
            raise PersonError(404, f"no chat has the number {chat_id}")
        return _json([message.as_seen() for message in chat.messages.values()])

    async def _block(self, request: web.Request) -> web.StreamResponse:
        self._phones.block(_person_id(request), blocked=True)
        return _json({"blocked": True})

    async def _unblock(self, request: web.Request) -> web.StreamResponse:
        self._phones.block(_person_id(request), blocked=False)
        return _json({"blocked": False})

    async def _deactivate(self, request: web.Request) -> web.StreamResponse:
        self._phones.deactivate(_person_id(request))
        return _json({"deactivated": True})

    async def _note(self, request: web.Request) -> web.StreamResponse:
        given = await _body(request, text=str, url=str)
        if not given.get("text"):
            raise PersonError(400, "text is missing")
        message = self._phones.note(_person_id(request), given["text"], given.get("url"))
        return _json(message.as_seen())

    async def _commands(self, request: web.Request) -> web.StreamResponse:
        person = self._state.person(_person_id(request))
        return _json(self._state.commands.seen_by(person.id))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: every message that comes, changes or goes."""
        person = self._state.person(_person_id(request))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        with suppress(ConnectionError), self._state.feed.watch(person.id) as changes:  # the page is closed
            await response.write(b"retry: 1000\n\n")
            while True:
                try:
                    async with asyncio.timeout(_PING_S):
                        change = await changes.get()
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if change is None:
                    break
                await response.write(f"data: {json.dumps(change, ensure_ascii=False)}\n\n".encode())
        return response

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self._state.files.find(request.match_info["file_id"])
        if file is None:
            raise PersonError(404, "no such file")
        # Only a picture is shown in the page; the rest is saved, so that no file runs in the page's name.
        kind = file.mime_type if file.measures else "application/octet-stream"
        response = web.Response(body=file.content, content_type=kind)
        response.headers["X-Content-Type-Options"] = "nosniff"
        disposition = "inline" if file.measures else "attachment"
        response.headers["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(file.name)}"
        return response

    async def _ask_fault(self, request: web.Request) -> web.StreamResponse:
        self._state.faults.ask(read_fault(await _object(request)))
        return _json({"asked": True})

    async def _clear_faults(self, request: web.Request) -> web.StreamResponse:
        self._state.faults.clear()
        return _json({"cleared": True})

    async def _calls(self, request: web.Request) -> web.StreamResponse:
        return _json(self._state.calls.listed(request.query.get("method")))

    async def _clear_calls(self, request: web.Request) -> web.StreamResponse:
        self._state.calls.clear()
        return _json({"cleared": True})


def _plainly(handler: _Handler) -> _Handler:
    """Refusals become `{"error": …}`."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except PersonError as error:
            return _json({"error": error.message}, error.status)
        except BotApiError as error:  # a file that Telegram does not take, from whichever side
            return _json({"error": error.description}, 400)

    return answer


def _json(value: object, status: int = 200) -> web.Response:
    return web.Response(
        body=json.dumps(value, ensure_ascii=False).encode(), status=status, content_type="application/json"
    )


def _person_id(request: web.Request) -> int:
    return int(request.match_info["id"])


def _query_number(request: web.Request, name: str) -> int | None:
    value = request.query.get(name)
    try:
        return None if value is None else int(value)
    except ValueError:
        raise PersonError(400, f"{name} must be a number") from None


async def _object(request: web.Request) -> dict[str, Any]:
    body = await request.read()
    try:
        given = json.loads(body) if body else {}
    except ValueError:
        raise PersonError(400, "the body is not JSON") from None
    if not isinstance(given, dict):
        raise PersonError(400, "the body must be a JSON object")
    return given


async def _body(request: web.Request, **fields: type) -> dict[str, Any]:
    """The body's fields, each of its type; an unknown one is refused rather than passed over."""
    given = await _object(request)
    for name, value in list(given.items()):
        wanted = fields.get(name)
        if wanted is None:
            raise PersonError(400, f"unknown field {name}")
        if value is None:
            del given[name]
        elif isinstance(value, bool) or not isinstance(value, (int, float) if wanted is float else wanted):
            raise PersonError(400, f"{name} must be of type {wanted.__name__}")
    return given
