"""Traditional forms of the characters that the words of workbooks are made of: some offices export them."""

_TRADITIONAL = (
    "備兒內別剛動務勞區參員問喪嚴國婦孫學專對導崗幫張態戶數時暫書會條業標檔殘沒況測無營狀產産療"
    "發監碩穩築純組經網緣編縣繫聯職脫與號規計訓記訪註話詳説說證識護財貧責資賠賬轉農遷邊鄉醫錄録"
    "鎮長間關隊險難電項題額願類風飯養體壻羣"
)
_SIMPLIFIED = (
    "备儿内别刚动务劳区参员问丧严国妇孙学专对导岗帮张态户数时暂书会条业标档残没况测无营状产产疗"
    "发监硕稳筑纯组经网缘编县系联职脱与号规计训记访注话详说说证识护财贫责资赔账转农迁边乡医录录"
    "镇长间关队险难电项题额愿类风饭养体婿群"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """The text with those characters in their simplified form; for comparing with lists, never for names."""
    return text.translate(_TABLE)
