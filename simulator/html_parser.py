"""Telegram's HTML: the tags it knows, and its refusals with the byte offset where it stopped.

One pass over the source, jumping from one `<` or `&` to the next.
"""

import re
from dataclasses import dataclass

from simulator.errors import BotApiError, bad_request
from simulator.formatted import Entity, FormattedText, cleaned, finished, utf16_length

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_KNOWN = {*_SIMPLE, "a", "pre", "code", "blockquote"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ESCAPED = re.compile(r"&(?:#(?:x(?P<hex>[0-9a-fA-F]{1,8})|(?P<dec>[0-9]{1,8}))|(?P<name>lt|gt|amp|quot));?")
_SPECIAL = re.compile(r"[<&]")
_TAG_NAME = re.compile(r"[^\s>]*")
_END_TAG = re.compile(r"</(?P<name>[^\s>]*)\s*(?P<closed>>?)")
_SPACES = re.compile(r"\s*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")
_LINK_SCHEMES = ("http:", "https:", "tg:", "ton:", "tonsite:", "mailto:", "tel:")


@dataclass(slots=True)
class _OpenTag:
    name: str
    argument: str
    offset: int
    start: int  # where its text begins in the parts already read


def parse_html(source: str) -> FormattedText:
    """The text and the entities of `source`; raises `BotApiError` as Telegram words it."""
    source = cleaned(source)
    if not _SPECIAL.search(source):
        return finished(source, [])
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.length = 0
        self.open_tags: list[_OpenTag] = []
        self.entities: list[Entity] = []

    def parse(self) -> FormattedText:
        source, position = self.source, 0
        while (found := _SPECIAL.search(source, position)) is not None:
            start = found.start()
            self._add(source[position:start])
            if source[start] == "&":
                position = self._character(start)
            elif source.startswith("/", start + 1):
                position = self._end_tag(start)
            else:
                position = self._start_tag(start)
        self._add(source[position:])
        if self.open_tags:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self.open_tags[-1].name}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return finished("".join(self.parts), self.entities)

    def _add(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += utf16_length(text)

    def _refused_at(self, reason: str, position: int, rest: str = "") -> BotApiError:
        return _refused(f"{reason} at byte offset {len(self.source[:position].encode())}{rest}")

    def _character(self, start: int) -> int:
        found = _ESCAPED.match(self.source, start)
        decoded = _decode(found) if found else None
        if found is None or decoded is None:
            self._add("&")
            return start + 1
        self._add(decoded)
        return found.end()

    def _start_tag(self, start: int) -> int:
        source = self.source
        position = _end(_TAG_NAME, source, start + 1)
        if position >= len(source):
            raise self._refused_at("Unclosed start tag", start)
        name = source[start + 1 : position].lower()
        if name not in _KNOWN:
            raise self._refused_at(f'Unsupported start tag "{name}"', start)
        argument = ""
        while True:
            position = _end(_SPACES, source, position)
            if source.startswith(">", position):
                break
            if position >= len(source):
                raise self._refused_at("Unclosed start tag", start)
            attribute, value, position = self._attribute(name, start, position)
            argument = _argument(name, attribute, value) or argument
        if name == "span" and argument != "spoiler":
            raise self._refused_at('Tag "span" must have class "tg-spoiler"', start)
        self.open_tags.append(_OpenTag(name, argument, self.length, len(self.parts)))
        return position + 1

    def _attribute(self, tag: str, start: int, position: int) -> tuple[str, str | None, int]:
        source = self.source
        end = _end(_ATTRIBUTE_NAME, source, position)
        attribute = source[position:end].lower()
        if not attribute:
            raise self._refused_at(f'Empty attribute name in the tag "{tag}"', start)
        position = _end(_SPACES, source, end)
        if not source.startswith("=", position):
            return attribute, None, position
        position = _end(_SPACES, source, position + 1)
        if position >= len(source):
            raise self._refused_at("Unclosed start tag", start)
        quote = source[position]
        if quote in "\"'":
            end = source.find(quote, position + 1)
            if end < 0:
                raise self._refused_at("Unclosed start tag", start)
            value = _ESCAPED.sub(lambda found: _decode(found) or found[0], source[position + 1 : end])
            return attribute, value, end + 1
        end = _end(_NAME_TOKEN, source, position)
        if end < len(source) and not source[end].isspace() and source[end] != ">":
            raise self._refused_at("Unexpected end of name token", position)
        return attribute, source[position:end].lower(), end

    def _end_tag(self, start: int) -> int:
        if not self.open_tags:
            raise self._refused_at("Unexpected end tag", start)
        found = _END_TAG.match(self.source, start)
        if found is None or not found["closed"]:
            raise self._refused_at("Unclosed end tag", start)
        tag = self.open_tags[-1]
        name = found["name"].lower()
        if name and name != tag.name:
            raise self._refused_at("Unmatched end tag", start, f', expected "</{tag.name}>", found "</{name}>"')
        self.open_tags.pop()
        if self.length > tag.offset:
            self._close(tag)
        return found.end()

    def _close(self, tag: _OpenTag) -> None:
        entity: Entity = {"offset": tag.offset, "length": self.length - tag.offset}
        if simple := _SIMPLE.get(tag.name):
            entity["type"] = simple
        elif tag.name == "blockquote":
            entity["type"] = "expandable_blockquote" if tag.argument else "blockquote"
        elif tag.name == "a":
            url = _checked_link(tag.argument or "".join(self.parts[tag.start :]))
            if not url:
                return
            entity |= {"type": "text_link", "url": url}
        else:
            self._close_code(tag, entity)
            return
        self.entities.append(entity)

    def _close_code(self, tag: _OpenTag, entity: Entity) -> None:
        """`<pre><code class="language-x">` is one entity, a `pre` with its language."""
        inner = self.entities[-1] if self.entities else None
        other = "code" if tag.name == "pre" else "pre"
        same_place = inner is not None and (inner["offset"], inner["length"]) == (
            tag.offset,
            entity["length"],
        )
        if inner is not None and same_place and inner["type"] == other:
            language = inner.get("language") or tag.argument
            if language:
                inner["type"], inner["language"] = "pre", language
                return
        entity["type"] = tag.name
        if tag.argument and tag.name == "code":
            entity["language"] = tag.argument
        self.entities.append(entity)


def _refused(reason: str) -> BotApiError:
    return bad_request(f"can't parse entities: {reason}")


def _end(pattern: re.Pattern[str], source: str, position: int) -> int:
    found = pattern.match(source, position)
    return position if found is None else found.end()


def _decode(found: re.Match[str]) -> str | None:
    if found["name"]:
        return _NAMED[found["name"]]
    code = int(found["hex"], 16) if found["hex"] else int(found["dec"])
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return None
    return chr(code)


def _argument(tag: str, attribute: str, value: str | None) -> str:
    if tag == "blockquote" and attribute == "expandable":
        return "expandable"
    if value is None:
        return ""
    if tag == "a" and attribute == "href":
        return value
    if tag == "code" and attribute == "class" and value.startswith("language-"):
        return value.removeprefix("language-")
    if tag == "span" and attribute == "class" and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return ""


def _checked_link(url: str) -> str:
    """The address as Telegram keeps it; empty when it is none, and then the text stays without a link."""
    url = url.strip()
    if _SCHEME.match(url) and not re.match(r"[^:/]+\.[^:/]+:\d", url):
        return url if url.lower().startswith(_LINK_SCHEMES) else ""
    if not re.fullmatch(r"[\w.\-]+\.\w{2,}(?:[:/?#]\S*)?", url):
        return ""
    return f"http://{url}"
