"""Births, deaths, marriages and moves: whether a message tells of one, and whether it names the person."""

import re

from bot.understanding.names import DATE, SURNAMES

_N = r"\ue000\ue001*"
_PERSON = (
    rf"(?:{_N}|老倌|老奶奶?|老人家?|老爹|老妈|爷爷?|奶奶?|爹|妈|母亲|父亲|爸|娘|"
    rf"老头子?|老太太?|老婆子?|老伴|媳妇|婆娘|老公|男人|女人|公公|婆婆|娃娃?|小孩|"
    rf"孩子|老大爷|老母亲|老父亲|老爷子|老祖祖|老岳?[父母]|岳父|岳母|大爹|老祖|老的|他|她|人|儿子|"
    rf"姑娘|丈夫|妻子|户主|本人|一个|弟弟?|哥哥?|姐姐?|妹妹?|叔|伯|老汉)"
)
_TIME = (
    rf"(?:{DATE}|在|于|因病|因|生病|病重|昨|今|早上|晚上|夜里|凌晨|突然|也|都|已经?|"
    rf"刚|医院|里|[ ,]|上个?|前|年|月|天|日|了)*"
)
_DEATH = re.compile(
    rf"去世|过世|病故|病逝|逝世|离世|死亡|辞世|仙逝|身故|亡故|归西|殁了|办(?:了)?(?:丧事|白事)|出殡|下葬|"
    rf"{_PERSON}(?:家)?{_TIME}(?:走了(?!一|[趟圈转下遭遍走看坐]|几|两|访|\d)|没了|不在了|"
    rf"老了(?!一|许)|死了|断气|过了(?:$|[,。])|走掉了|落气)"
)
_BIRTH = re.compile(
    r"生(?:了|下|得)(?!病|锈|虫|火|气|意|活|疮|重病|场|小?猪|小?牛|小?羊|崽|蛋|"
    r"[一二两三四五六七八九十\d]{1,4}(?:头|只|窝|个小?(?:猪|牛|羊)))|添(?:了)?(?:丁|"
    r"人|口|个|一|[双对]|小)(?!.{0,4}(?:家具|衣|电|新|置))|出生|产下|得了?(?:个|"
    r"一个|一?对)?(?:大胖)?(?:儿子|姑娘|孙|胖|小子|小囡|千金|双胞胎|男娃|女娃|小娃)|"
    r"抱养|收养|领养|新增(?:家庭)?(?:人口|成员|\d人|一人)|(?:增加|新增)(?:了)?(?:人口|"
    r"[一二两三\d]个?人)|喜得|当(?:了)?(?:爷爷|奶奶|爷|外公|外婆)|坐月子|落地了"
)
_MARRIAGE = re.compile(
    rf"结婚|嫁(?!接)|出阁|讨(?:了|到)?(?:个)?(?:媳妇|老婆|婆娘|儿媳)|娶|招(?:了|"
    rf"个)*(?:婿|上门|女婿|姑爷)|入赘|上门女婿|倒插门|离婚|离了婚|(?:媳妇|老婆|婆娘|"
    rf"女人|儿媳妇?)(?:也|都|{DATE}| )*(?:跑了|跑掉|走掉|跟人跑)|领(?:了)?(?:结婚)?证(?!件)|"
    rf"办(?:了)?(?:酒|喜酒|婚礼|喜事)|成家(?:了|分)|过门|成婚|再婚|改嫁"
)
_MOVE = re.compile(
    r"户口|(?<!搬)(?<!拆)迁(?:出|走|到|入|户|来|回|进|往)|分(?:了)?户|分家|(?:搬(?:走|"
    r"到|去|出去|出|回来?|来|进城)(?!了?新房))|转出|转入|落户|上户|销户|参军|入伍|"
    r"当兵|(?:减少|增加)[一二两\d]个?人|人口(?:减少|增加)|被判|坐牢|回来住(?:了)?$|"
    r"失踪"
)
_NAMED = re.compile(r"(?:取名|名叫|叫|起名|名字(?:是|叫)?|大名|姓名(?:是|为|:)?)[\u4e00-\u9fff\ue000]")
_ANIMAL = re.compile(r"(?:猪|牛|羊|鸡|鸭|狗|蜂|母牛|母猪).{0,4}(?:生|死|产|走|没)")
_KIN = re.compile(
    r"(?:家|户(?!口)|的(?!户口)|他|她){0,6}(?:媳妇|老婆|婆娘|爹|妈|爸|老倌|老奶|"
    r"老人|儿媳|儿子|姑娘|女儿|孙|老伴|男人|老公|母亲|父亲|爷|奶|岳|弟|哥|姐|妹|"
    r"大儿|小儿|大姑|小姑|囡|公公|婆婆|叔|老母|老父|老娘|娃|丈母|老丈|侄|舅|外甥|"
    r"长子|长女|次子|次女|其|两口|家|户(?!口)|一家|全家)"
)


def is_member_change(text: str) -> bool:
    """Whether people were born, died, married, came or went."""
    plain = _ANIMAL.sub("", text)
    return any(pattern.search(plain) for pattern in (_DEATH, _BIRTH, _MARRIAGE, _MOVE))


def names_member(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether the person concerned is named: a name that is not just 某某家 or 某某媳妇, or a new name."""
    if _NAMED.search(text):
        return True
    if any(match.group(1)[0] in SURNAMES for match in _ADDED.finditer(text)):
        return True
    return any(_SELF.match(text, end) or not _KIN.match(text, end) for _, end in spans)


_SELF = re.compile(r"(?:老人|同志|老人家|老先生|本人|户主|大爷|大妈|奶奶|爷爷)")
_ADDED = re.compile(
    r"(?:新增|增加|添)(?:了)?(?:家庭)?(?:人口|成员)?[: ]?(?!人口|成员|丁)([\u4e00-\u9fff]{2,4})(?=[( ,。;]|$)"
)


_IN_MARRIAGE = re.compile(
    r"讨(?:了|到|得)?(?:一?个)?(?:媳妇|老婆|婆娘|儿媳)|娶|招(?:了|个|一个)*(?:婿|上门|女婿|姑爷)|嫁(?:进|"
    r"过来|到(?:我们|本村|咱|他家|她家))|过门"
)
_OUT_MARRIAGE = re.compile(
    r"嫁(?!接|进|过来|到(?:我们|本村|咱|他家|她家))|出阁|(?:去|到|做|当)(?:了)?[^,。]{0,6}(?:上门女婿|倒插"
    r"门|上门)|入赘到"
)
_IN_MOVE = re.compile(
    r"迁(?:入|来|回|进)|转入|搬(?:回|来)|回来住|落户(?=$|[,。 ]|到?(?:我们|本村|咱|他家|家里))|户口[^,。]{"
    r"0,4}(?:上|落)到(?:我们|他家|家里|咱)"
)
_OUT_MOVE = re.compile(
    r"迁(?:出|走|到(?!我们|本村|咱|他家|家里|\ue000\ue001*家)|往|去)|转出|搬(?:走|出|去|到(?!我们|本村|咱|"
    r"他家|家里))|落户(?:到|在)(?!我们|本村|咱|他家|家里)|销户"
)
_CHANGES = (
    ("death", _DEATH),
    ("marriage_in", _IN_MARRIAGE),
    ("marriage_out", _OUT_MARRIAGE),
    ("moved_in", _IN_MOVE),
    ("moved", _OUT_MOVE),
)
LEAVING = frozenset({"death", "marriage_out", "moved"})
_NEW_NAME = re.compile(
    r"(?:取名|起名|姓名|名叫|名字(?:是|叫)?|大名|(?<!来)(?<!电)叫(?:做)?)(?:为|叫|是|:| )?(?P<n>[\u4e00-\u9fff]"
    r"{2,4}?)(?=的?(?:$|[,。;! ，；！、\n]))|"
    r"(?:娶(?:了|到)?|(?:媳妇|老婆|女婿|儿媳))(?:叫|是|名叫)?(?P<m>[\u4e00-\u9fff]{2,3}?)(?=的?(?:$|[,。;!"
    r" ，；！、\n]))"
)


def which_change(text: str) -> str | None:
    """The one change that the words tell of; None when they leave it open (结婚, 分户) or tell of two."""
    plain = _ANIMAL.sub("", text)
    said = [name for name, pattern in _CHANGES if pattern.search(plain)]
    if _BIRTH.search(plain) and not re.search(r"抱养|收养|领养|新增|(?:增加|添)(?:了)?人口|人口增加", plain):
        said.append("birth")
    if "birth" in said and "marriage_in" not in said:
        said = [name for name in said if name != "moved_in"]  # 出生,户口落了
    return said[0] if len(said) == 1 else None


def who_changes(text: str, written: str, spans: list[tuple[int, int]], change: str | None) -> str | None:
    """Who leaves, as written, or the name of who joins; None when the text does not name exactly one."""
    if change is None:
        return None
    if change in LEAVING:
        own = [(start, end) for start, end in spans if not _KIN.match(text, end)]
        told = next((pattern.search(text) for name, pattern in _CHANGES if name == change), None)
        before = [span for span in own if told is not None and span[0] <= told.start()]
        return written[slice(*(before or own)[-1])] if own else None
    names = {match["n"] or match["m"] for match in _NEW_NAME.finditer(written)}
    names = {name for name in names if name[0] in SURNAMES}
    return names.pop() if len(names) == 1 else None
