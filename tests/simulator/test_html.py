"""Telegram's HTML: entities in UTF-16 units, refusals with byte offsets, and the way back to safe HTML."""

from typing import Any

import pytest

from simulator.errors import BotApiError
from simulator.formatted import FormattedText, finished, plain
from simulator.html_parser import parse_html
from tests.simulator.client import ANA, Client


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


PARSED: list[tuple[str, str, list[dict[str, Any]]]] = [
    ("simple", "simple", []),
    ("<b>a</b>", "a", [entity("bold", 0, 1)]),
    ("<strong>a</strong>", "a", [entity("bold", 0, 1)]),
    ("<i>a</i><em>b</em>", "ab", [entity("italic", 0, 1), entity("italic", 1, 1)]),
    ("<u>a</u><ins>b</ins>", "ab", [entity("underline", 0, 1), entity("underline", 1, 1)]),
    (
        "<s>a</s><strike>b</strike><del>c</del>",
        "abc",
        [entity("strikethrough", n, 1) for n in range(3)],
    ),
    ("<tg-spoiler>a</tg-spoiler>", "a", [entity("spoiler", 0, 1)]),
    ('<span class="tg-spoiler">a</span>', "a", [entity("spoiler", 0, 1)]),
    ("<code>a</code>", "a", [entity("code", 0, 1)]),
    ('<code class="language-py">a</code>', "a", [entity("code", 0, 1)]),
    ("<pre>a</pre>", "a", [entity("pre", 0, 1)]),
    ('<pre><code class="language-py">a</code></pre>', "a", [entity("pre", 0, 1, language="py")]),
    ("<blockquote>a</blockquote>", "a", [entity("blockquote", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [entity("expandable_blockquote", 0, 1)]),
    ('<a href="https://a.fr/?x=1&amp;y=2">a</a>', "a", [entity("text_link", 0, 1, url="https://a.fr/?x=1&y=2")]),
    ("<a href='http://a.fr'>a</a>", "a", [entity("text_link", 0, 1, url="http://a.fr")]),
    ("<a>a.fr</a>", "a.fr", [entity("text_link", 0, 4, url="http://a.fr")]),
    ('<a href="javascript:alert(1)">a</a>', "a", []),
    ("<B>a</b>", "a", [entity("bold", 0, 1)]),
    ("<b>a</>", "a", [entity("bold", 0, 1)]),
    ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
    ("<i><b>a</b></i>", "a", [entity("bold", 0, 1), entity("italic", 0, 1)]),
    ("😀é<b>😀</b>", "😀é😀", [entity("bold", 3, 2)]),
    ("&lt;&gt;&amp;&quot;&#233;&#xe9;", '<>&"éé', []),
    ("&eacute; & &#0; &", "&eacute; & &#0; &", []),
    ("&amp;lt;", "&lt;", []),
    ("<b>  a  </b>  ", "  a", [entity("bold", 0, 3)]),
    (" \n a <b> </b>", "a", []),
    ("<b></b>a", "a", []),
    ("a\r\nb\tc\x00d", "a\nb c d", []),
    ("/start x", "/start x", [entity("bot_command", 0, 6)]),
    ("voir https://a.fr/b, oui", "voir https://a.fr/b, oui", [entity("url", 5, 14)]),
    ("<code>/start</code>", "/start", [entity("code", 0, 6)]),
    ("8/12 et/ou 1/start", "8/12 et/ou 1/start", []),
]


@pytest.mark.parametrize(("source", "text", "entities"), PARSED)
def test_html_is_read(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(source) == FormattedText(text, entities)


REFUSED = [
    ("<br>", 'Unsupported start tag "br" at byte offset 0'),
    ("é<p>", 'Unsupported start tag "p" at byte offset 2'),
    ("😀 < b", 'Unsupported start tag "" at byte offset 5'),
    ("a <b", "Unclosed start tag at byte offset 2"),
    ("a <a href", "Unclosed start tag at byte offset 2"),
    ('a <a href="x', "Unclosed start tag at byte offset 2"),
    ("<a href=", "Unclosed start tag at byte offset 0"),
    ("<a href=tg://x>a</a>", "Unexpected end of name token at byte offset 8"),
    ('<a ="x">', 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<b>", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b><i>a</i>", 'Can\'t find end tag corresponding to start tag "b"'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("<b><i>é</b></i>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
]


@pytest.mark.parametrize(("source", "reason"), REFUSED)
def test_html_is_refused_with_the_byte_offset(source: str, reason: str) -> None:
    with pytest.raises(BotApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


BACK = [
    "<b>a</b>",
    "<b>a<i>b</i></b>",
    "😀 <u>é</u> &lt;script&gt; &amp;",
    '<a href="https://a.fr/?x=1&amp;y=&quot;">a</a>',
    '<pre><code class="language-py">x &lt; 1</code></pre>',
    "<blockquote expandable>a</blockquote>",
    '<span class="tg-spoiler">a</span> <s>b</s> <code>c</code>',
]


@pytest.mark.parametrize("source", BACK)
def test_html_comes_back_from_entities(source: str) -> None:
    assert parse_html(source).as_html() == source


def test_overlapping_entities_are_closed_and_opened_again() -> None:
    overlapping = finished("abc", [entity("bold", 0, 2), entity("italic", 1, 2)])
    assert overlapping.as_html() == "<b>a<i>b</i></b><i>c</i>"


def test_what_a_person_writes_is_escaped() -> None:
    assert plain("<img src=x onerror=alert(1)>").as_html() == "&lt;img src=x onerror=alert(1)&gt;"
    quoted = plain('https://a.fr/"onclick="x')
    assert quoted.as_html() == '<a href="https://a.fr/">https://a.fr/</a>"onclick="x'
    in_attribute = parse_html("<a href='https://a.fr/\"onclick=\"x'>a</a>")
    assert in_attribute.as_html() == '<a href="https://a.fr/&quot;onclick=&quot;x">a</a>'


async def test_entities_may_be_given_beside_the_text(client: Client) -> None:
    given = [{"type": "italic", "offset": 2, "length": 9}, {"type": "url", "offset": 0, "length": 1}]
    sent = await client.message(text="😀 oui", entities=given)
    assert sent["entities"] == [entity("italic", 2, 4)]
    assert (await client.chat(ANA))[-1]["html"] == "😀<i> oui</i>"


async def test_markdown_is_refused_rather_than_shown_raw(client: Client) -> None:
    refused = await client.bot("sendMessage", chat_id=ANA, text="*x*", parse_mode="MarkdownV2")
    assert refused.refusal == (400, 'Bad Request: parse mode "MarkdownV2" is not simulated')
