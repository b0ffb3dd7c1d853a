"""Who a message is about: heads, members, nicknames, groups, names typed by sound."""

import re
from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

from bot.domain import spelling
from bot.understanding.joined import across_blanks, without_dots
from bot.understanding.name_words import GROUPS, IN_NAMES, NICK, NOT_FAMILY, NOT_LITTLE, NOT_OLD, WORDS
from bot.understanding.named_days import cn_number
from bot.understanding.roster import Roster, accent, accents, sound, sounds

NAME, NAME_TAIL = "\ue000", "\ue001"  # stand for a person or household named in the text
GROUP = "\ue002"  # stands for a village group
DATE = "\ue003"  # stands for every character of a phrase of time

SURNAMES = set(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐费"
    "廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵"
    "席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉龚程嵇邢裴陆荣翁荀"
    "甄曲家封储靳段富巫焦巴弓牧车侯班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司韶黎印白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻党翟谭贡劳"
    "姬申扶堵冉宰雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖终居衡步都耿满弘匡国文寇广欧殳沃利蔚越"
    "师巩聂晁勾敖融冷辛阚那简饶空曾沙养须丰关查游权益桓公普起杞者自字茶阿刀岩尼保纳李鲜闭付代覃肖闫涂邸官腊黑郎尚"
)
NOT_SURNAMES = set(
    "家和从能国国别向都空养通公步终居利连过解时平成万元常明安于自字者起方高乐强都查应关满广班边车路房管支包计项双须祖那盛"
)
BEFORE_FAMILY = set(
    "去到了过从在是跑看访查给跟和户问回趟下天日早午晚号的组社队瞧克来帮往转串对联系记说补是十百千万元块钱二三四五六七八九"
    + GROUP
    + NAME_TAIL
    + NAME
)
BEFORE_NAME = BEFORE_FAMILY | set(
    "录查访视探望慰卡请替为由让叫找见遇着与同及的名人员主民众乡志子儿女公姐哥弟妹妈爹爸娘叔伯婶嫂姨姑爷奶孙媳妇婿"
)
"""What a given name alone, or a nickname, may follow; behind anything else it is the end of a longer name."""

MOST_LOOSE = 60
"""Loose names that are looked up in one message; where so many are said, the household is asked anyway."""


class Tier(IntEnum):
    """How firmly a way of naming points at a household."""

    NICK = 1
    ALIAS = 2
    SOUND = 3
    FULL = 4


class Mention(NamedTuple):
    """A name found in the text and the households that it may mean."""

    start: int
    end: int
    word: str
    households: frozenset[int]
    tier: Tier


def find_groups(text: str, roster: Roster) -> list[tuple[int, int, str]]:
    """Village groups named in the text, as (start, end, key)."""
    found = [(match.start(), match.end(), str(cn_number(match["n"]))) for match in GROUPS.finditer(text)]
    for key in roster.named_groups:
        stem = re.sub(r"(?:村民)?(?:小组|组|社|队)$", "", key)
        for word in (key, stem):
            at = text.find(word) if len(word) > 1 else -1
            if at >= 0:
                found.append((at, at + len(word), key))
                break
    return sorted(found)


def mask(text: str, spans: list[tuple[int, int]], first: str, rest: str) -> str:
    """The text with each span replaced by stand-ins of the same length."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = [first] + [rest] * (end - start - 1)
    return "".join(chars)


def find_names(text: str, roster: Roster) -> list[Mention]:
    """Everybody named in a normalised text in which groups are masked."""
    joined = without_dots(text)
    found = [each for each in _find(joined.text, roster) if not joined.torn(each.start, each.end)]
    return [Mention(*joined.back(each.start, each.end), each.word, each.households, each.tier) for each in found]


def _find(text: str, roster: Roster) -> list[Mention]:
    found = _exact(text, roster)
    if not any(mention.tier is Tier.FULL for mention in found):
        found += _by_sound(text, roster, found)
    taken = mask(text, [(mention.start, mention.end) for mention in found], NAME, NAME_TAIL)
    found += _nicknames(taken, roster)
    taken = mask(taken, [(mention.start, mention.end) for mention in found], NAME, NAME_TAIL)
    found += _given(taken, roster, bool(found))
    return sorted(found, key=lambda mention: mention.start)


def _exact(text: str, roster: Roster) -> list[Mention]:
    found: list[Mention] = []
    at = 0
    while at < len(text):
        mention = _exact_at(text, at, roster) if text[at] in roster.starts else None
        if mention is None:
            at += 1
        else:
            found.append(mention)
            at = mention.end
    return found


def _exact_at(text: str, at: int, roster: Roster) -> Mention | None:
    if _free(text, at):
        for word, end in reversed(across_blanks(text, at, roster.longest)):
            if word in roster.names:
                return Mention(at, end, word, frozenset(roster.names[word]), Tier.FULL)
    for length in range(min(roster.longest, len(text) - at), 1, -1):
        word = text[at : at + length]
        if word in roster.names and not (length == 2 and _ends_a_name(text, at, word)):
            return Mention(at, at + length, word, frozenset(roster.names[word]), Tier.FULL)
        if word in roster.aliases and _free(text, at) and not _part_of_name(text, at, word):
            return Mention(at, at + length, word, frozenset(roster.aliases[word]), Tier.ALIAS)
    return None


def _free(text: str, at: int) -> bool:
    """Whether a name may begin here: at the beginning, behind a sign, behind a word that leads to a name."""
    before = text[at - 1 : at]
    return not before or before in BEFORE_NAME or not spelling.is_character(before)


def _ends_a_name(text: str, at: int, word: str) -> bool:
    """Whether two characters that are a whole name are the end of a longer one here: 古丽 in 阿依古丽."""
    before = text[at - 1 : at]
    return before in IN_NAMES or before > "\uffff" or (word[0] not in SURNAMES and _part_of_name(text, at, word))


def _part_of_name(text: str, at: int, word: str) -> bool:
    """Whether a surname stands before an alias or a given name, so that it is somebody else."""
    before = text[at - 1 : at]
    if word[0] == "老" and before and before in "养敬古元":
        return True
    return before in SURNAMES and before not in NOT_SURNAMES and before not in BEFORE_FAMILY and word[0] != "老"


def _by_sound(text: str, roster: Roster, known: list[Mention]) -> list[Mention]:
    taken = mask(text, [(mention.start, mention.end) for mention in known], NAME, NAME_TAIL)
    first = [at for at in range(len(taken) - 1) if taken[at] in SURNAMES or taken[at] in roster.member_surnames]
    pairs = [(at, taken[at], taken[at + 1]) for at in first if _chinese(taken[at]) and _chinese(taken[at + 1])]
    exact = [at for at, one, two in pairs if (sound(one), sound(two)) in roster.sound_starts]
    loose = [at for at, one, two in pairs if (sound(one), accent(two)) in roster.accent_starts]
    return _sounding(taken, exact, roster.by_sound, sounds) or _sounding(taken, loose, roster.by_accent, accents)


def _chinese(word: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in word)


def _sounding(taken: str, places: list[int], index: dict[str, set[int]], voice: Callable[[str], str]) -> list[Mention]:
    """The longest word that sounds like a name, of those that begin at `places`."""
    for length in (4, 3, 2):
        for at in places:
            word = taken[at : at + length]
            if len(word) < length or not _chinese(word):
                continue
            if length == 2 and not _stands_alone(taken, at, at + 2):
                continue
            if households := index.get(voice(word)):
                return [Mention(at, at + length, word, frozenset(households), Tier.SOUND)]
    return []


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    return (not before or before in BEFORE_FAMILY or not before.isalnum()) and text[end : end + 1] in {"家", "户"}


def _nicknames(text: str, roster: Roster) -> list[Mention]:
    found: list[Mention] = []
    for match in NICK.finditer(text):
        households = _nick(text, match, roster)
        if households:
            end = match.end() if not match["f"] else match.start() + 1
            tier = Tier.NICK
            found.append(Mention(match.start(), end, text[match.start() : end], frozenset(households), tier))
            if len(found) == MOST_LOOSE:
                break
    return found


def _nick(text: str, match: re.Match[str], roster: Roster) -> set[int]:
    before = text[match.start() - 1 : match.start()]
    if match["old"]:
        char = match["c"]
        if char in (NOT_OLD if match["old"] == "老" else NOT_LITTLE) or before in {
            "家",
            "他",
            "她",
            "个",
            "养",
            "敬",
        }:
            return set()
        return roster.surnames.get(char) or _by_last(roster, char, match["old"])
    if match["k"]:
        char = match["k"]
        if char in "他她你我大小老二三四五六七八九家的个位叔伯奶爷爹妈和了" or (
            before in SURNAMES and before not in BEFORE_FAMILY
        ):
            return set()
        return roster.surnames.get(char) or roster.last_chars.get(char, set())
    char = match["f"]
    clear = not before or before in BEFORE_FAMILY or not ("\u4e00" <= before <= "\u9fff")
    return roster.surnames.get(char, set()) if clear and char not in NOT_FAMILY else set()


def _by_last(roster: Roster, char: str, prefix: str) -> set[int]:
    households = roster.last_chars.get(char, set())
    return households if prefix == "老" and len(households) == 1 and char not in SURNAMES else set()


_CALLED = re.compile(r"家|叔|哥|姐|媳妇")


def _given(text: str, roster: Roster, known: bool) -> list[Mention]:
    """Given names alone (海涛); words of the language only count before 家 and kinship words."""
    found: list[Mention] = []
    for at in range(len(text) - 1):
        word = text[at : at + 2]
        if word not in roster.given or not _free(text, at) or _part_of_name(text, at, word) or word in WORDS:
            continue
        if known and not _CALLED.match(text, at + 2):
            continue
        found.append(Mention(at, at + 2, word, frozenset(roster.given[word]), Tier.NICK))
        if len(found) == MOST_LOOSE:
            break
    return found
