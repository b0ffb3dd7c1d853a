"""What a message wants: a question, a list, a correction, a change in the household, or nothing for us."""

import re

from bot.understanding.names import DATE

_N = r"\ue000\ue001*"

# --- corrections -----------------------------------------------------------------------------------------------------
_WRONG = (
    r"(?:(?<![不没])错了?(?!过)|不对|有误|写成|记成|打成|说成|看成|搞混|弄混|记混|"
    r"重复|记重|多记|漏了个|多了个|少了个|作废|不要了|不算|应该是|应为|应是|删|"
    r"撤|改成|改为|改(?=\d)|改一?下|应当是|更正|取消|去掉|有问题的数)"
)
_LAST = (
    r"(?:刚才|刚刚|刚|上一?条|上一?笔|上面|那条|这条|那笔|这笔|前面|前一条|前一笔|"
    r"上个记录|最后一条|那个|昨天那|才发的|才记的|方才|刚发|刚记|之前那|先前那|记的|发的|写的|报的|"
    r"我(?:发|记|写|报)的|上一次记|上次记|早上那条|记录)"
)
_CORRECT = re.compile(
    rf"{_LAST}.{{0,24}}?{_WRONG}|(?<!不)(?:写|记|打|搞|弄|整|输|发|填|说|报|看|听|"
    rf"算|登|录)错(?!过)|(?:日期|金额|数字|户主|时间|月份|类别|人名|家名)(?:也|都|我)?(?:写|记|打)?(?:错|不"
    rf"对|有误)|^(?:错了|错啦|错[ ,:]|不对|更正|纠正|改正|订正|修正|改一下|改成|"
    rf"改为|更改|勘误)|"
    r"(?:删|撤销|撤回|撤掉|作废|取消|去掉)(?:了|掉|一下)?(?:上|刚|那|这|前|最后|"
    r"我)|把(?:上|刚|那|这|前|最后).{0,12}(?:删|撤|改|去掉|取消)|(?:多|少)(?:打|"
    r"写|记|输)了?(?:一?个|一位)|^撤销|"
    r"(?:不是|并非)[^,。吗?]{1,14}[, ]?(?:而?是|应该是|应是|应为)|(?:是|应该是)[^,。?]{1,12}(?:,|"
    r" )?(?:不是|而不是|并非)[^,。吗?]{1,12}$|应该?为|搞反了|记反了|弄反了|写反了"
)
_SPEAKS_OF_LAST = re.compile(rf"{_LAST}(?!去|到|走|看|访)")
_DELETE = re.compile(r"删|撤|作废|取消|不要了|不算|去掉|重复|记重")

# --- questions -------------------------------------------------------------------------------------------------------
_UNKNOWN_SAID = re.compile(
    r"(?:啥|什么)(?:事|问题|毛病|变化|情况)?(?:都|也)?没(?:有|得)|都没(?:有|得)$|也没(?:有|得)$|没(?:有|得"
    r"|发现|看出|觉得|听说)*(?:什么|啥|"
    r"哪样)|莫得(?:哪样|啥|什么)|没(?:卖|挣|赚|收|得|拿|剩)(?:到|了|得)?(?:几|多少)|"
    r"没(?:什么|啥|哪样|得哪样|有什么|多少|几个|怎么|得什么|有啥|得啥|几|说多少|"
    r"问到?多少|讲多少|说是?多少)|(?:不知道|不晓得|没说|没问到?|没讲|不清楚|记不得|记不清|搞不清|弄不清|没听清|"
    r"忘了|没告诉|不肯说|没算|说不清|不记得)[^,。]{0,6}(?:多少|哪天|几|什么|哪一天|"
    r"几号|几时)|(?:哪一?天|几号|几时|什么时候|多少(?:钱|数)?)[^,。?]{0,8}(?:没(?:有)?|不|未|忘)(?:得|大|太)?(?:记|听|说|讲|问|写|清|看|了)|"
    r"多少(?:钱|数)?(?:没|不|还没|还不|也没|都没|未)(?:说|知道|晓得|问|讲|清楚|"
    r"算|定)?|好几|前几|几(?:天|百|千|万|十|片|块|个月|次(?!了?$)|年|包|斤|只|头|亩|家人|"
    r"口人(?!$)|袋|瓶)(?![?])|十几|头几|这几|那几|几乎|无论什么|什么都|啥都|哪样都|哪样(?=都|"
    r"也)|怎么说|怎么着|多少(?:钱|数)?[^。?]{0,16}(?:不肯|不愿|没好意思|不好意思|没|不)(?:去|有|再|敢|能)?"
    r"(?:说|问|讲|告诉|算|提)|不怎么|有点什么|没有几"
)
_QUESTION = re.compile(
    r"\?(?!\d)|吗|么(?:$|,)|(?<![着\d斤两块元个岁天月年级多少好])呢$|(?<!到)没有$|(?<!有)没$|哪[里儿天些个几一户"
    r"家位种年月时]|"
    r"谁|几(?:户|家|点|号|时|个|位|人|口|月|次|回|转|趟)|多少|什么|啥|怎么|怎样|如何|"
    r"咋|是不是|有没有|能不能|可不可以|够不够|要不要|去没去|好不好|算不算|多久|"
    r"(?:有|是|差|剩|人均|收入)好多(?:了|钱|块|元|[户家]|个?人|斤|岁)?[呢哦啊嘛呀]?$|何时|为何|为什么|是否"
    r"|可否|能否|哪样|行不行|会不会|得不得|还没有?去$|该不该"
)
_HOW = re.compile(
    r"(?:怎么|咋个?|如何|怎样)(?:申请|办|填|写|弄|录|报(?!销)|操作|用|登|导|搞|"
    r"做|整|改|补|查|交|缴|走|撤|删|算|处理)|(?:要|需要|带|交)(?:什么|哪些|啥)(?:材料|"
    r"资料|手续|证件|证明)"
)
_LIST_WHO = re.compile(
    r"哪些(?!材料|资料|表|文件|政策|证|手续|东西|钱|补助|内容|会|工作|项目|条件|"
    r"病)|哪几[户家个]|哪[户家](?!的)|几[户家](?!人在|人家住)|多少[户家]|"
    r"谁家|有谁|谁(?:还|没|要|该|的医保|没有|了?[呢啊呀嘛]?$)|名单|待办|清单|列(?:出|一?下|个表)|"
    r"(?:拉|发|出|导|给)(?:一?下|一?个|一?份|我)?.{0,14}(?:名单|清单)|哪些人|哪些家"
)
_LIST_WHAT = re.compile(
    r"跑|去|克|走|访|逾期|超期|到期|过期|万元|一万|1 ?万|10000|低于|不到|达标|医保|"
    r"参保|缴费|问题|没解决|待办|任务|户|家|监测|脱贫|差|未|没|漏|入户|辍学|危房|"
    r"住院|大病|残疾|低保|五保|公益岗|下降|收入|记账|台账|搬迁|低收入|方案|计划|"
    r"帮扶|该|要|排"
)
_LIST_PLAIN = re.compile(
    r"^(?:今[天日]|本[周月]|这周|这个?月|\ue003|我)*(?:还)?有(?:什么|哪些|几个)(?:待办|任务|要跑的|要去的)"
    r"|^(?:人均|收入|年收入)*(?:1万|一万|10000|万)元?(?:以下|以内|都不到|不到)(?:的)?(?:户|人家|家|农户|名"
    r"单|有)|^(?:请|帮我|麻烦|给我)?(?:看(?:一?下|看)?|查(?:一?下|看)?|列出|发|显示|打开|"
    r"调出?|拉)?(?:今[天日]|本[周月]|这周|这个?月|我的|DATE)*(?:的)?(?:待办|任务|"
    r"逾期|超期|到期)(?:事项|列表|清单|名单|户|的|情况)*(?:发我|看看|看下|"
    r"给我)*$|"
    r"^(?:请|帮我|麻烦|给我|看(?:一?下)?|查(?:一?下)?|列出|发|显示|拉一?下|"
    r"今[天日]|本[周月]|这周|这个?月|DATE)*(?:还)?(?:没(?:有|得)?(?:去|跑|走访|"
    r"走|访|入户|参保|交医保|买医保|记账|克)|未(?:走访|入户|参保|去|缴费|记账|访)|"
    r"(?:低于|不到|少于|不足|没到)(?:1万|一万|10000|万)元?|万元以下|一万以下|1万以下|"
    r"有问题)(?:过|的)*(?:(?:户|家|名单|农户|人员|人|清单|列表)(?:户|家|名单|农户|人员|的|人|清单|列表)*)?$".replace(
        "DATE", DATE
    )
)
_STATUS = re.compile(
    r"^(?:请|帮我|麻烦|我要|我想|给我|帮忙)*(?:查|调|搜|找|看)(?:一?下|一?哈|询|"
    r"看|找|阅|阅一下|看看)?|情况(?:$|吗|呢|怎|如何|咋|给|发|看|是|查|说)|(?:什么|"
    r"啥|哪样|咋)(?:情况|样|个样)|咋样|怎么?样|如何|"
    r"多少|好多|上次|下次|上回|还差|有没有|没有$|没$|了没|过没|吗|是否|哪天|几号|什么时候|"
    r"啥时|几时|多久|给我看|帮我看|看一?下|记录$|历史|台账|帮扶卡|状态|情况怎么|"
    r"谁|几个|几口|几[次回转趟]|什么|啥|够不够|是不是|达标了?没|\?(?!\d)|怎么|哪"
)
_STATUS_ONLY = re.compile(
    rf"^(?:请|帮我|麻烦)?(?:查|查一?下|查询|看|看一?下|查看|搜|找)?[\ue002 ]*{_N}(?:家|"
    rf"户|他家|他们家|一家)?(?:的)?(?:情况|信息|资料|档案|近况|收入情况|帮扶卡|记账本|"
    rf"台账|历史|状态|状况|最近情况|走访记录|走访情况|(?:最近|上)一次走访|上次走访|"
    rf"最近走访|账本|走访日期|联系方式)?(?:给我看看?|看看|看一?下|发我|说一?下|说说|讲一?下|告诉我|汇报一?"
    rf"下|查一?下|查下|"
    rf"给我看一下|调一下)?$"
)

# --- nothing for us --------------------------------------------------------------------------------------------------
_CHAT = re.compile(
    r"^(?:收到|好的?|好嘞|谢谢|谢了|感谢|辛苦|早|早上好|晚上好|下午好|中午好|你好|"
    r"您好|在吗|在不在|嗯+|哦+|啊|哈|ok|okay|可以|行|行的|知道了?|晓得了?|明白了?|"
    r"没问题|没事|了解|是的|对的?|不是|不用了?|没有|好好|拜拜|再见|新年好|节日快乐|"
    r"1|666|okk|哈哈|嘿嘿|测试|test)(?:的|了|呢|啊|吧|哈|,| |。|!|谢谢|各位|大家|"
    r"领导|收到|辛苦|"
    r"(?:我|我们|俺|咱)?(?:马上|立刻|立马|这就|尽快|抓紧|一定|按时|照|按要求|会|等下|明天)(?:就|去|来)?(?:"
    r"办|弄|做|落实|处理|改|交|填|报|整|安排|核实|完成|上报|跟进|通知)(?:好|一下|下去)?)*$"
)
_NEWS = re.compile(
    r"收购价|涨价|降价|涨到|跌到|集资|今年每人|每户|补贴标准|缴费标准|通知|各位|请大家|大家|请各|请于|请在"
    r"|请按|请及时|请做好|务必|截止|截至|开会|"
    r"会议|培训会|参会|检查组|领导|督查|考核|转发|群里|关于.{2,30}的|文件|精神|报送|"
    r"上报.{0,6}(?:材料|表)|@所有人|全体|值班|放假|防火|防汛|预警|天气|下雨|赶街|"
    r"请假|台账(?!有)|表格|系统|手机|信号|网络|软件|导出|密码|登录|缴费码|二维码|"
    r"报表"
)
_HEARSAY = re.compile(r"听(?:闻|[^,。\ue000]{0,5}(?:说|讲))(?!话)|据说|传言|传说|有人说|别人说|村里人说|风闻")
_SENTENCE_END = re.compile(r"[。!?\n;]")
_GONE = re.compile(r"去|到|走|访|看|跑|克|瞧|电话|入户|视频|下队|下村|串门")
_WISH = re.compile(
    r"(?:估计|预计|应该|可能|大概)[^,。]{0,10}(?:能|可以|会)(?:卖|得|挣|赚|收)|(?<!不)(?:能|可以)卖(?!掉了"
    r"|出去了|到了)|要是|如果|假如|假设|(?<![一二两三四五六七八九十])万一|若是|希望|但愿|想要|"
    r"(?<!不)想(?:卖|买|养|种|去|搬|申请|贷|学|找|盖|修|做|出|到|办)|打算|准备(?!好|"
    r"了)|(?<!雨露)计划(?!生育)|拟(?:于)?|预计|将(?:于|要|会|在)|等(?:他|她|过|"
    r"到|下|有)(?![^,。]{0,8}[才了])|争取|考虑|答应|承诺|保证(?!金)|(?:下|等)(?:次|回)再|要去(?:走访|\ue000|看|跑|入户|一趟)|"
    r"想去|该去|得去|还要去|再去|要(?:走访|入户|跑)"
)
_DIRECT = re.compile(r"^(?:[你您](?!好|早|猜|看|们|知道|晓得|别|瞧|听)|帮忙|请问|咨询|请教|问一?下|麻烦问|想问)")


def is_correction(text: str) -> bool:
    """Whether the last record is said to be wrong."""
    return _CORRECT.search(text) is not None and not re.search(r"(?:怎么|咋|如何|能不能|可以)(?:改|删|撤)|做错", text)


def speaks_of_last(text: str) -> bool:
    """Whether an older record is meant: 刚才那条, 上一笔."""
    return _SPEAKS_OF_LAST.search(text) is not None


def is_deletion(text: str) -> bool:
    """Whether the record should simply go."""
    return _DELETE.search(text) is not None


def asks(text: str) -> bool:
    """Whether the text asks something, apart from phrases like 没什么 and 好几百."""
    return _QUESTION.search(_UNKNOWN_SAID.sub(" ", text)) is not None


def is_list(text: str) -> bool:
    """Whether households are asked for, not one household."""
    bare = re.sub(r"[,。!?;: ]", "", text)
    if _HOW.search(text):
        return False
    if _LIST_PLAIN.search(bare):
        return True
    who = _LIST_WHO.search(_UNKNOWN_SAID.sub(" ", text))
    return who is not None and _LIST_WHAT.search(text) is not None


def is_status(text: str) -> bool:
    """Whether one household's status is asked for (its name is masked)."""
    bare = re.sub(r"[,。!?;: ]", "", text)
    if _STATUS_ONLY.search(bare):
        return True
    if _HOW.search(text):
        return False
    return (asks(text) and _STATUS.search(_UNKNOWN_SAID.sub(" ", text)) is not None) or re.match(
        r"^(?:请|帮我|麻烦|给我|我)*(?:查|查询|查一?下|查看|帮我看|看下|看一下|看看|"
        r"看一看|调出?|翻(?:一?下|出)?|搜)(?!了|出|到|实|明|过)",
        bare,
    ) is not None


def is_question(text: str) -> bool:
    """A question that no record answers."""
    return asks(text) or _DIRECT.search(text) is not None


def is_chat(text: str) -> bool:
    """Greetings and thanks."""
    return _CHAT.match(text.strip(" ,。!?;")) is not None


def seen(text: str) -> str:
    """The text without what is only heard of (听说…, up to the end of the sentence); as long as it was.

    Where nobody has gone or called, all of it is hearsay.
    """
    heard = list(_HEARSAY.finditer(text))
    if not heard:
        return text
    chars, sentence = list(text), 0
    for each in heard:
        sentence = max(sentence, each.start())
        end = _SENTENCE_END.search(text, sentence)
        stop = end.start() if end else len(text)
        chars[sentence:stop] = " " * (stop - sentence)
        sentence = stop
    kept = "".join(chars)
    return kept if _GONE.search(kept) else " " * len(text)


def is_news(text: str) -> bool:
    """Announcements, deadlines and talk of the office."""
    return _NEWS.search(text) is not None


def is_wish(text: str) -> bool:
    """Plans, wishes and conditions: nothing that has happened."""
    return _WISH.search(text) is not None


def is_expected(text: str) -> bool:
    """What goes on about a plan: 估计得1万, 到时候能卖3千."""
    return re.search(r"估计|能|可以|应该|到时|大概|再|要", text) is not None and re.search(r"了|过|着", text) is None


_LISTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("overdue", re.compile(r"逾期|超期|过期")),
    ("below_10000", re.compile(r"万元|一万|1 ?万|10000|低于|收入低")),
    ("uninsured", re.compile(r"医保|参保|合作医疗|新农合")),
    ("open_problems", re.compile(r"问题|没解决|未解决")),
    ("income_falling", re.compile(r"下降|减少")),
)


_NOT_YET = re.compile(r"没(?:有|得)?(?:人)?(?:去|跑|走|访|克|入户|到)|未(?:走|访|去|入户)|还差几|还有几|还剩|哪些没")


def which_list(text: str, *, period: bool = False) -> str:
    """The list that is asked for: what is to do, unless the text says otherwise or names a month or a `period`."""
    named = next((name for name, pattern in _LISTS if pattern.search(text)), None)
    return named or ("unvisited" if period and _NOT_YET.search(text) else "todo")
