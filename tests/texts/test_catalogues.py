"""Both catalogues say the same, in words that people use."""

import re

import pytest

from bot.texts import LANGUAGES
from tests.texts.catalogue import CHAT_FILES, Text, catalogue, junk, written

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAME_IN_BOTH = frozenset({"example-name", "settings-language-zh", "settings-language-en"})
"""A name for examples, and the languages, each in its own words."""
DEVELOPER_WORDS = {
    "zh": "数据库 异常 报错 接口 参数 字段 服务器 回调 草稿 事务 后台 null None JSON ID".split(),
    "en": "database exception invalid parameter null server callback draft parse json".split(),
}
MARKS = {
    "zh": re.compile("[!\uff01]"),
    "en": re.compile("[!\uff01\u3001\u3002\uff0c\uff1a\uff1b\uff1f]"),
}
"""No exclamation marks; English sentences do not end in Chinese marks."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_fluent_reads_every_line(language: str) -> None:
    assert junk(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_written_twice(language: str) -> None:
    ids = [text.id for text in written(language)]
    assert sorted({each for each in ids if ids.count(each) > 1}) == []


def test_both_languages_have_the_same_texts_in_the_same_files() -> None:
    places = [{(text.file, text.id) for text in written(language)} for language in LANGUAGES]
    assert sorted(places[0] ^ places[1]) == []


def test_both_languages_use_the_same_variables() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert [key for key in zh if key in en and zh[key].variables != en[key].variables] == []


def test_english_texts_are_translated() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    same = {key for key, text in en.items() if CHINESE.search(text.words) and text.words == zh[key].words}
    assert same <= SAME_IN_BOTH


def _chat_texts(language: str) -> list[Text]:
    return [text for text in written(language) if text.file in CHAT_FILES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_chat_shouts(language: str) -> None:
    loud = [text.id for text in _chat_texts(language) if MARKS[language].search(_own_words(text.words))]
    assert loud == []


def _own_words(words: str) -> str:
    """The text without its Chinese examples: English texts quote what the parser reads."""
    return re.sub("[\u4e00-\u9fff…]+[,\uff0c][\u4e00-\u9fff…]+", "", words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_chat_speaks_like_a_developer(language: str) -> None:
    said = [
        (text.id, word)
        for text in _chat_texts(language)
        for word in DEVELOPER_WORDS[language]
        if re.search(re.escape(word) if language == "zh" else rf"\b{word}", text.words, re.IGNORECASE)
    ]
    assert said == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_bold_is_the_only_markup_and_is_closed(language: str) -> None:
    bold = re.compile(r"<b>[^<>&]*</b>")
    broken = [text.id for text in _chat_texts(language) if re.search(r"[<>&]", bold.sub("", text.words))]
    assert broken == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fixed_words_are_there(language: str) -> None:
    """The Chinese words are fixed; the English catalogue keeps to words of its own."""
    fixed = FIXED[language]
    texts = catalogue(language)
    assert [key for key, words in fixed.items() if words not in texts[key].words] == []


FIXED = {
    "zh": {
        "bound": "绑定成功",
        "saved-visit": "已保存走访",
        "next-visit": "下次走访 ",
        "saved-entry": "已记账",
        "year-per-head": "本年度人均纯收入 ",
        "review": "请确认",
        "button-save": "保存",
        "button-edit": "修改",
        "button-cancel": "取消",
        "button-undo": "撤销",
        "card-visits": "上次走访",
        "card-visits-none": "上次走访 无",
        "card-last-year": "上年度人均纯收入",
        "button-visit": "走访",
        "button-income": "记账",
        "button-card": "帮扶卡",
        "button-ledger": "记账本",
        "button-history": "历史",
        "digest-title": "今日待办",
        "not-found": "未找到",
        "refused-not-allowed": "没有权限",
        "not-understood": "没看懂",
        "undone": "已撤销",
        "ask-household": "哪一户",
        "ask-findings": "情况如何",
        "ask-kind": "哪一类",
        "ask-direction": "哪一类",
        "ask-amount": "金额",
        "ask-month": "哪个月",
        "uncounted": "不计入",
        "number": "编号",
        "button-continue": "继续",
        "done-already": "这条已经处理过了",
        "option-all-ok": "一切正常",
        "kind-wage": "工资性收入",
        "kind-business": "经营性收入",
        "kind-business_cost": "经营性支出",
        "kind-property": "财产性收入",
        "kind-transfer": "转移性收入",
        "kind-rigid": "合规自付支出",
        "kind-claim": "理赔收入",
    },
    "en": {
        "saved-visit": "Visit saved",
        "next-visit": "Next visit ",
        "review": "Please confirm",
        "button-save": "Save",
        "button-edit": "Edit",
        "button-cancel": "Cancel",
        "button-undo": "Undo",
        "option-all-ok": "All fine",
        "undone": "Undone",
        "not-found": "Not found",
        "refused-not-allowed": "Not allowed",
        "digest-title": "To do today",
    },
}
