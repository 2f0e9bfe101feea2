"""Reading a request: the query, a form, JSON or a multipart body, with the files it carries."""

import json
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web
from aiohttp.multipart import MultipartResponseWrapper

from simulator.errors import BotApiError, bad_request
from simulator.files import MAX_BOT_UPLOAD, Upload

_CHUNK = 1 << 18


async def read_params(request: web.Request) -> dict[str, Any]:
    """All parameters, as they came; a file is an `Upload`, in its field or where `attach://` points to it."""
    params: dict[str, Any] = {}
    if request.query_string:
        params.update(request.rel_url.query)
    if not request.can_read_body:
        return params
    kind = request.content_type
    if kind == "multipart/form-data":
        try:
            params.update(await read_parts(aiohttp.MultipartReader(request.headers, request.content)))
        except ValueError:
            raise bad_request("can't parse multipart body") from None
        return params
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise BotApiError(413, "Request Entity Too Large") from None
    if kind == "application/json":
        params.update(_read_json(body))
    elif body:
        try:
            params.update(parse_qsl(body.decode(), keep_blank_values=True))
        except UnicodeDecodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
    return params


def _read_json(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body) if body else {}
    except ValueError:
        raise bad_request("can't parse request body as JSON") from None
    if not isinstance(given, dict):
        raise bad_request("object expected as request body")
    return given


async def read_parts(
    reader: aiohttp.MultipartReader | MultipartResponseWrapper, max_upload: int = MAX_BOT_UPLOAD
) -> dict[str, Any]:
    """The fields of a multipart body. One that is too large is read to its end all the same, then refused."""
    params: dict[str, Any] = {}
    too_large = False
    async for part in reader:
        if not isinstance(part, aiohttp.BodyPartReader):
            raise bad_request("nested multipart bodies are not understood")
        content = bytearray()
        while chunk := await part.read_chunk(_CHUNK):
            if len(content) <= max_upload:
                content += chunk
        too_large = too_large or len(content) > max_upload
        name = part.name or ""
        if part.filename is not None:
            params[name] = Upload(part.filename, bytes(content))
        else:
            try:
                params[name] = content.decode()
            except UnicodeDecodeError:
                raise bad_request("strings must be encoded in UTF-8") from None
    if too_large:
        raise BotApiError(413, "Request Entity Too Large")
    return _attached(params)


def _attached(params: dict[str, Any]) -> dict[str, Any]:
    """`attach://name` becomes the file of that name."""
    for field, value in list(params.items()):
        if isinstance(value, str) and value.startswith("attach://"):
            upload = params.get(value.removeprefix("attach://"))
            if not isinstance(upload, Upload):
                raise bad_request("wrong file identifier/HTTP URL specified")
            params[field] = upload
            if value.removeprefix("attach://") != field:
                params.pop(value.removeprefix("attach://"))
    return params
