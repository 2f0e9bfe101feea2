"""The bot's side: `/bot<TOKEN>/METHOD` and `/file/bot<TOKEN>/PATH`."""

import asyncio
import inspect
import json
import re
from typing import Any

from aiohttp import web

import simulator.methods
from simulator.errors import BotApiError
from simulator.faults import Page
from simulator.methods.registry import Result, find_simulated
from simulator.requests import read_params
from simulator.schema import find_method
from simulator.state import State

assert simulator.methods  # imported for what it declares

_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_\-]+")


class _ConnectionDroppedError(Exception):
    """A fault asked for the connection to be cut."""


class _PageAnsweredError(Exception):
    """A fault asked for a gateway's page in place of the answer."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page


class BotApi:
    """Takes calls, in this order: token, method, faults, parameters, and then the method itself."""

    def __init__(self, state: State) -> None:
        self._state = state
        state.webhook.reply = self.call

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token:[^/]*}/{method:[^/]+}", self._answer),
            web.get("/file/bot{token:[^/]*}/{path:.+}", self._file),
        ]

    async def call(self, name: str, given: dict[str, Any]) -> Result:
        """One call, noted in the log however it ends."""
        state = self._state
        received, error = state.clock(), None
        try:
            method = find_method(name)
            name = method.name
            fault = state.faults.strike(name, given.get("chat_id"))
            if fault is None:
                return await self._perform(name, given)
            if fault.delay_s:
                await asyncio.sleep(fault.delay_s)
            if fault.drop == "before":
                raise _ConnectionDroppedError
            if fault.page is not None:
                raise _PageAnsweredError(fault.page)
            if fault.error is not None:
                raise fault.error
            result = await self._perform(name, given)
            if fault.drop == "after":
                raise _ConnectionDroppedError
            return result
        except BotApiError as refused:
            error = refused
            raise
        except _ConnectionDroppedError:
            error = BotApiError(0, "the connection was dropped")
            raise
        except _PageAnsweredError as answered:
            error = BotApiError(answered.page.status, "a gateway answered")
            raise
        finally:
            state.calls.note(received, name, given, error)

    async def _perform(self, name: str, given: dict[str, Any]) -> Result:
        method = find_method(name)
        params = method.parameters(given)
        simulated = find_simulated(method)
        simulated.check(params)
        result = simulated.handler(self._state, params)
        if inspect.isawaitable(result):
            return await result
        return result

    def _admit(self, token: str) -> None:
        bot = self._state.bot
        if bot.token is None and _TOKEN.fullmatch(token):
            bot.token = token
        if token != bot.token:
            raise BotApiError(401, "Unauthorized: invalid token specified")

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        try:
            self._admit(request.match_info["token"])
            result = await self.call(request.match_info["method"], await read_params(request))
        except BotApiError as error:
            return web.Response(
                body=json.dumps(error.envelope(), ensure_ascii=False).encode(),
                status=error.error_code,
                content_type="application/json",
            )
        except _ConnectionDroppedError:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        except _PageAnsweredError as error:
            return web.Response(text=error.page.html, status=error.page.status, content_type="text/html")
        value = result.json or json.dumps(result.value, ensure_ascii=False, separators=(",", ":"))
        remark = f',"description":{json.dumps(result.description)}' if result.description else ""
        return web.Response(body=f'{{"ok":true,"result":{value}{remark}}}'.encode(), content_type="application/json")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        try:
            self._admit(request.match_info["token"])
        except BotApiError as error:
            return web.json_response(error.envelope(), status=error.error_code)
        file = self._state.files.at(request.match_info["path"])
        if file is None:
            missing = BotApiError(404, "Not Found")
            return web.json_response(missing.envelope(), status=404)
        return web.Response(body=file.content, content_type="application/octet-stream")
