"""Made-up names of the synthetic township: villages, surnames, given names, staff.

Nobody is meant: the words are common, their combinations come from a seed. The villages are invented and are none of
Lufeng's. See `township_numbers` for why no identity number or phone number can belong to anybody.
"""


def _words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


VILLAGES = ("青松坪村", "白鹤塘村", "石榴湾村", "云水坝村", "双泉箐村")
GROUPS_PER_VILLAGE = (8, 8, 8, 8, 8)
LIFTED_VILLAGES = frozenset({0, 2})
"""Two 脱贫村; the first of them is the key village."""
RURAL_POPULATION = (1180, 2460, 2380, 2015, 1790)

SURNAMES = tuple(
    "杨李王普张罗周鲁余董陈高段邓吴马杞施吕柳赵何徐沙郑陶夏冯白尹史金潘孙苏蒋者起丁文郭谭崔龙汪自刀彭曹宋方"
)
COMMON = 12
"""How many of the first surnames are several times as frequent as the others."""

MALE = _words(
    "国才 文学 树林 学文 家富 世荣 国华 学兵 德贵 绍武 天福 应昌 万福 国栋 文义 发财 春生 忠良 至诚 "
    "正学 国强 兴福 志高 兴华 长顺 德昌 明礼 家和 永昌 国兴 光福 正祥 志平 建华 绍明 开荣 建平 建国 "
    "光明 志华 家兴 有福 正发 永胜 正才 永贵 开科 发旺 绍林 光辉 万才 光祥 成海 有亮 有明 兴旺 存福 "
    "正华 加林 金贵 光荣 永福 绍云 有德 成林 学贵 学仁 正明 正亮 绍华 开云 学忠 海生 有才 志和 家顺 "
    "应才 朝贵"
)
FEMALE = _words(
    "兰芬 桂芝 红英 秀兰 桂花 菊芬 桂珍 秀芬 春花 玉梅 兰英 美兰 凤仙 应芬 秀珍 玉华 香兰 翠芝 建芳 "
    "菊花 秀芝 兰花 秀英 凤英 琼仙 兰珍 翠仙 美仙 琼珍 会芬 桂仙 兰仙 金花 凤珍 琼英 会仙 美珍 桂芬 "
    "云仙 美芝 翠兰 琼芬 丽华 美英 从芬 存仙 有珍 开珍 学芬 加英"
)
YOUNG_MALE = _words(
    "云飞 志强 小军 强 海涛 国庆 雨 小勇 亮 辉 小康 乐 航 磊 晓峰 文博 浩 小飞 家宝 天佑 志伟 成龙 "
    "永强 坤 小龙 勇 俊 小云 子豪 文彬 飞 志明 春雷 江涛 小宝 翔 帅 晓东 朝阳 天宇 杰 志刚 云川 伟 "
    "小波 鑫 一鸣 家豪 明轩"
)
YOUNG_FEMALE = _words(
    "丽 思思 小梅 云 倩 丹 小燕 晓红 艳 雪梅 美玲 小兰 小满 圆 晓霞 丽丽 小花 三妹 甜 小芳 倩倩 洁 "
    "静 欢 小雪 晓梅 雨欣 小娟 婷 阿妹 晓燕 晓彤 敏 雪 小红 慧 丽娟 芳 佳佳 佳怡 红梅 玲 玲玲 婷婷 "
    "艳芳 小倩 丽萍 梦婷 欣怡 雨桐"
)
ALIASES = ("老大", "老二", "老三", "老四", "老六", "老幺")
"""By order of birth; the cast has its own. Others are made of the name: 荣哥, 英子, 杨老倌, 董老师."""
HOMOPHONES = (
    ("罗志强", "罗智强"),
    ("董学文", "董雪文"),
    ("段绍武", "段少武"),
    ("周建华", "周剑华"),
    ("普正兴", "普正星"),
)
"""Heads whose names sound alike; each pair lives in one village."""

FIRST_MONITOR = "杨光明"
MONITORS = (
    FIRST_MONITOR,
    *_words(
        "周丽萍 普建平 罗晓燕 高志平 段丽娟 董开云 鲁正发 余小芳 陈永强 吴春雷 邓艳芳 马晓东 施国兴 吕红梅 "
        "柳成林 何志刚 徐文彬 沙云川 陶慧"
    ),
)
VILLAGE_LEADS = _words("张国栋 白绍华 夏永福 冯建国 郑玉华")
TOWN = ("金志华", "尹晓梅")
HELPERS = _words("李雪梅 潘海涛 孙丽华 苏国庆 蒋敏 史天宇 谭永胜 崔静")
LIAISONS = (
    ("丁学忠", "镇社会保障和为民服务中心"),
    ("郭翠芝", "镇农业农村服务中心"),
    ("汪志明", "镇林业和草原服务中心"),
    ("彭正华", "镇社会事务办公室"),
)
VIEWER = "文朝阳"

OBJECTION_PHONE = "11100000000"
