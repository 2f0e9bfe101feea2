"""Text with its entities, as Telegram keeps it: plain text beside marks whose offsets count UTF-16 units."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

Entity = dict[str, Any]

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")
_URL = re.compile(r"\bhttps?://[^\s<>«»\"]*[^\s<>«»\".,;:!?)]")
_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ('<span class="tg-spoiler">', "</span>"),
    "code": ("<code>", "</code>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}


class FormattedText(NamedTuple):
    """A text and its entities, in the order of their offsets, the outer before the inner."""

    text: str
    entities: list[Entity]

    def as_html(self) -> str:
        """The text as HTML that is safe to show: every character escaped, tags from the entities alone."""
        if not self.entities:
            return escape(self.text, quote=False)
        return "".join(_html_parts(self))


def utf16_length(text: str) -> int:
    """The length as Telegram counts it: an emoji counts for two."""
    return len(text) if text.isascii() else len(text) + len(_ASTRAL.findall(text))


def cleaned(source: str) -> str:
    """Without carriage returns, and with spaces for the other control characters."""
    if _CONTROL.search(source):
        return _CONTROL.sub(lambda found: "" if found[0] == "\r" else " ", source)
    return source


def finished(text: str, entities: list[Entity]) -> FormattedText:
    """Trimmed as Telegram trims: white space at the end, and at the start up to the first entity."""
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    text = text.rstrip(" \n")
    first = entities[0]["offset"] if entities else len(text)
    cut = len(text) - len(text.lstrip(" \n"))
    cut = min(cut, first)
    text = text[cut:]
    end = utf16_length(text)
    kept = []
    for entity in entities:
        entity["offset"] -= cut
        entity["length"] = min(entity["length"], end - entity["offset"])
        if entity["length"] > 0:
            kept.append(entity)
    return FormattedText(text, _with_detected(text, kept))


def plain(text: str) -> FormattedText:
    return finished(cleaned(text), [])


def _with_detected(text: str, entities: list[Entity]) -> list[Entity]:
    """Commands and addresses are recognised by Telegram itself, outside code and links."""
    if "/" not in text:
        return entities
    detected = [*_found(_URL, "url", text), *_found(_COMMAND, "bot_command", text)]
    if not detected:
        return entities
    taken = [
        (each["offset"], each["offset"] + each["length"])
        for each in entities
        if each["type"] in ("code", "pre", "text_link")
    ]
    for entity in detected:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if not any(start < taken_end and taken_start < end for taken_start, taken_end in taken):
            taken.append((start, end))
            entities.append(entity)
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return entities


def _found(pattern: re.Pattern[str], kind: str, text: str) -> Iterator[Entity]:
    for match in pattern.finditer(text):
        yield {
            "type": kind,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match[0]),
        }


def _tags(entity: Entity, covered: str) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "pre":
        if language := entity.get("language"):
            return f'<pre><code class="language-{escape(language)}">', "</code></pre>"
        return "<pre>", "</pre>"
    if kind == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    if kind == "url":
        return f'<a href="{escape(covered)}">', "</a>"
    return _TAGS.get(kind, ("", ""))


def _html_parts(formatted: FormattedText) -> Iterator[str]:
    units = formatted.text.encode("utf-16-le")

    def cut(start: int, end: int) -> str:
        return units[2 * start : 2 * end].decode("utf-16-le", "replace")

    waiting = sorted(formatted.entities, key=lambda entity: (entity["offset"], -entity["length"]), reverse=True)
    ends = {entity["offset"] + entity["length"] for entity in waiting}
    starts = {entity["offset"] for entity in waiting}
    open_now: list[tuple[int, str, str]] = []
    position = 0
    for boundary in sorted(starts | ends | {len(units) // 2}):
        yield escape(cut(position, boundary), quote=False)
        position = boundary
        # Entities may overlap without nesting: those inside a closing one are closed too and opened again.
        reopened = []
        while any(end <= boundary for end, _, _ in open_now):
            end, opening, closing = open_now.pop()
            yield closing
            if end > boundary:
                reopened.append((end, opening, closing))
        for again in reversed(reopened):
            yield again[1]
            open_now.append(again)
        while waiting and waiting[-1]["offset"] == boundary:
            entity = waiting.pop()
            end = boundary + entity["length"]
            opening, closing = _tags(entity, cut(boundary, end))
            yield opening
            open_now.append((end, opening, closing))
