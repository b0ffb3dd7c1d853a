"""Words by sound, labels, emoji, hearsay, and days that are not sure."""

import json

import pytest

from bot.understanding.homophones import KEY_WORDS, OWN_WORDS, meant
from bot.understanding.model import Intent
from tests.understanding.brief import entries, findings, reading, visit
from tests.understanding.pack import CORPUS


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("今天走放王老五家一切政常", "今天走访王老五家一切正常"),
        ("今天走坊王老五家,一切正场", "今天走访王老五家,一切正常"),
        ("王老五低报860", "王老五低保860"),
        ("王老五低宝领了440", "王老五低保领了440"),
        ("王老五住院花了8000,报肖5000", "王老五住院花了8000,报销5000"),
        ("王老五家房子安权,自来谁正常", "王老五家房子安全,自来水正常"),
        ("王老五工姿3500", "王老五工资3500"),
        ("王老五养老今260", "王老五养老金260"),
        ("王老五家合作医料交了", "王老五家合作医疗交了"),
    ],
)
def test_words_written_by_sound_are_read_as_meant(written: str, plain: str) -> None:
    """What is dictated or typed in pinyin says the same as the plain form."""
    assert (entries(written), findings(written), visit(written)) == (entries(plain), findings(plain), visit(plain))


@pytest.mark.parametrize("word", sorted(OWN_WORDS))
def test_words_of_their_own_stay(word: str) -> None:
    """引水 is not 饮水, 误工 not 务工."""
    assert meant(word) == word
    assert word not in KEY_WORDS


def test_hardly_a_message_of_the_corpora_is_changed() -> None:
    """People write their words rightly most of the time: nothing else is taken for a slip."""
    texts = [
        json.loads(line)["text"]
        for path in CORPUS.glob("*.jsonl")
        if not path.stem.startswith("unseen")
        for line in path.read_text("utf-8").splitlines()
    ]
    changed = [text for text in texts if meant(text) != text]
    assert len(changed) * 200 < len(texts), changed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("户主:王老五\n收入:正常\n饮水:两天一停", "income water!"),
        ("王老五\n住房:安全\n教育:正常\n医疗:正常", "education medical housing"),
        ("王老五 饮水情况:正常 住房情况:漏雨", "housing! water"),
        ("😊今天去王老五家 🏠都好", "all"),
        ("今天去王老五家✅水正常🚰房子好", "housing water"),
    ],
)
def test_labels_and_pictures_leave_the_words_their_sense(text: str, found: str) -> None:
    """A label says what its line is about, a picture says nothing."""
    assert findings(text) == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("半个月前去王老五家,都好", "? home | date"),
        ("两周前去了王老五家,都好", "? home | date"),
        ("三个星期以前去了王老五家,都好", "? home | date"),
        ("一个多月前去的王老五家,都好", "? home | date"),
        ("十多天前去了王老五家,都好", "? home | date"),
        ("去年这个时候去王老五家,都好", "? home | date"),
        ("闰二月初三去王老五家,都好", "? home | date"),
        ("有一天去王老五家,都好", "? home | date"),
        ("8号还是9号去的王老五家,都好", "? home | date"),
        ("3月8号或者9号去的王老五家,都好", "? home | date"),
        ("20240310去王老五家,都好", "2024-03-10 home"),
        ("立春那天去王老五家,都好", "2024-02-04 home"),
        ("惊蛰去的王老五家,都好", "2024-03-05 home"),
        ("王老五 走访:3/12 方式:电话 情况:一切正常", "2024-03-12 phone"),
        ("王老五 走访日期:2024-03-10 方式:入户 一切正常", "2024-03-10 home"),
    ],
)
def test_a_past_day_is_known_or_asked(text: str, day: str) -> None:
    """A day that is not understood is never today."""
    assert visit(text) == day


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("听说王老五家要卖牛", Intent.OTHER),
        ("听说王老五打工挣了3万,房子也要盖了", Intent.OTHER),
        ("今天去王老五家,工资上个月发了3600。听说能补2万盖烤房,手续没办", Intent.RECORD),
        ("您好,今日上午我到王老五家中走访,饮水有保障", Intent.RECORD),
        ("本月上旬我曾到王老五家走访,具体哪一天没有记下,家中一切正常", Intent.RECORD),
        ("明天去王老五家 谁跟我一起", Intent.OTHER),
    ],
)
def test_what_was_only_heard_of_is_left_out(text: str, intent: Intent) -> None:
    """Hearsay takes its own sentence; a greeting or an unknown day makes no question of a report."""
    read = reading(text)
    assert read.intent is intent
    assert all(entry.amount_fen != 2_000_000 for entry in read.entries)
