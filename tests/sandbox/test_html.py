"""HTML is read, and refused, as Telegram does it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.html import parse_html, utf16_length
from bot.sandbox.text import formatted


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>王老五</b> 4 人", "王老五 4 人", [("bold", 0, 3)]),
        ("<strong>a</strong><em>b</em><u>c</u><s>d</s>", "abcd", ["bold", "italic", "underline", "strikethrough"]),
        ("<code>x</code><pre>y</pre>", "xy", ["code", "pre"]),
        ("<tg-spoiler>a</tg-spoiler><blockquote>b</blockquote>", "ab", ["spoiler", "blockquote"]),
        ('<span class="tg-spoiler">a</span>', "a", ["spoiler"]),
        ("<b>一<i>二</i></b>", "一二", [("bold", 0, 2), ("italic", 1, 1)]),
        ('<a href="https://example.org/?a=1&amp;b=2">这里</a>', "这里", ["text_link"]),
        ("1 &lt; 2 &amp;&amp; &#51; &#x4e00; &quot;", '1 < 2 && 3 一 "', []),
        ("R&D 与 &nosuch; 照原样", "R&D 与 &nosuch; 照原样", []),
        ("😀<b>x</b>", "😀x", [("bold", 2, 1)]),
        ("<b></b>空", "空", []),
    ],
)
def test_what_telegram_reads(source: str, text: str, entities: list[object]) -> None:
    plain, found = parse_html(source)
    assert plain == text
    shown = [(e["type"], e["offset"], e["length"]) for e in found]
    assert [
        full if isinstance(wanted, tuple) else full[0] for full, wanted in zip(shown, entities, strict=True)
    ] == entities


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("收入 < 支出", 'Unsupported start tag "" at byte offset 7'),
        ("<p>段</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("王<br/>", 'Unsupported start tag "br" at byte offset 3'),
        ("<b>没有关", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>错</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("多了</b>", "Unexpected end tag at byte offset 6"),
        ("<b>一</b", "Unclosed end tag at byte offset 6"),
        ("一<b", "Unclosed start tag at byte offset 3"),
        ("<a href='x>", "Unclosed start tag at byte offset 0"),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x,y>x</a>", "Unexpected end of name token at byte offset 9"),
    ],
)
def test_what_telegram_refuses(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    plain, entities = parse_html(f"<b>{escaped}</b>")
    assert plain == text
    assert [entity["length"] for entity in entities] == ([utf16_length(text)] if text else [])


@given(st.text("<>/ab=\"'&; 王"))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    code = None
    try:
        parse_html(text)
    except ApiError as refusal:
        code = refusal.code
    assert code in (None, 400)


def test_space_around_a_text_is_cut_off_and_entities_move_with_it() -> None:
    text, entities = formatted("\n  <b> 王 </b>\n", "HTML", None)
    assert text == "王"
    assert [(e["offset"], e["length"]) for e in entities] == [(0, 1)]


def test_commands_and_links_are_found_but_not_inside_a_link_or_a_path() -> None:
    text, entities = formatted("/todo 和 /find@ruhu_demo_bot a/b https://example.org/x", "", None)
    assert [text[e["offset"] : e["offset"] + e["length"]] for e in entities] == [
        "/todo", "/find@ruhu_demo_bot", "https://example.org/x",
    ]  # fmt: skip
