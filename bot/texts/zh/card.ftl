# A household's card, history, ledger; lists and figures.
card-title = <b>{ $name }</b>  { $place } { $members }人
card-code = 户编号 { $code }
card-monitor = 网格员 { $name }
card-visits = 上次走访 { $last } · 下次走访 { $next }
card-visits-none = 上次走访 无 · 下次走访 { $next }
card-never = 无
card-this-year = 本年度人均纯收入 <b>{ $amount }</b>(10月至今)
card-this-year-unknown = 本年度人均纯收入 无数据
card-last-year = 上年度人均纯收入 { $amount }
card-last-year-key = 上年度人均纯收入 { $amount }  万元以下
card-last-year-unknown = 上年度人均纯收入 无数据
card-official = (官方数)
card-estimate = (按比例估算)
card-goal = 目标 { $goal },还差 { $missing }
card-goal-only = 目标 { $goal }
card-goal-nearly = 目标 { $goal },还差不到 1元
card-goal-reached = 目标 { $goal },已达到
card-problem = 未解决:{ $check }({ $note },{ $day })
card-problem-plain = 未解决:{ $check }({ $day })
card-no-problem = 没有未解决的问题
card-archive = 一户一方案 { $plan } · 帮扶卡 { $card } · 记账本 { $ledger }
card-ledger-count = { $count }笔
card-helper = 帮扶人 { $name }
card-no-helper = 帮扶人 无
card-muted = 到 { $day } 不提醒(人不在)
button-visit = 走访
button-income = 记账
button-ledger = 记账本
button-card = 帮扶卡
button-history = 历史
button-members = 家里人
helpcard =
    <b>帮扶卡</b>  { $name }
    户编号 { $code }
    { $category } · { $place } { $members }人
helpcard-key = 万元以下:要有帮扶人、方案、措施
helpcard-present = { $what } 有
helpcard-missing = { $what } 缺
helpcard-plan = 一户一方案
helpcard-card = 帮扶卡
helpcard-ledger = 记账本
helpcard-helper = 帮扶人
members-title = <b>{ $name }</b> 家里人
member-line = { $name } { $relation }
member-phone = 电话 …{ $tail }
button-phone = { $name } 的电话
phone-full = { $name }:{ $phone }
phone-none = 没有登记电话。
day-of-year = { $year }年{ $day }
history-title = <b>{ $name }</b> 历史
history-visit = { $day } { $mode }:{ $what }
history-try = { $day } 没在家
history-entry = { $month } { $kind } { $amount }
history-reversal = { $month } { $kind } { $amount }(冲正)
history-undone = { $line }(已撤销)
history-problem = { $day } { $check }问题{ $state }
history-problem-open = 未解决
history-problem-closed = 已解决
history-empty = 还没有记录。
ledger-title = <b>{ $name }</b> 记账本 { $year }年度
ledger-line = { $month } { $kind } { $amount }
ledger-item = { $item }
ledger-uncounted = 不计入
ledger-sum = { $kind } 合计 { $amount }
ledger-net = 纯收入 { $amount } · 人均 <b>{ $head }</b>
ledger-net-unknown = 纯收入 { $amount } · 人均 无数据
ledger-net-nothing = 纯收入 无数据 · 人均 无数据
ledger-empty = 这个年度还没有账。
list-line = { $number } <b>{ $name }</b>  { $what }
list-unreadable = 资料有读不出来的地方,请告诉管机器人的人
list-group = { $place }
list-none = 没有。
list-overdue-days = 逾期 { $days } 天
list-due-today = 今天到期
list-due-on = { $day } 到期
list-below = 人均 { $amount }
list-todo = 到期 { $due } 户,其中逾期 { $overdue } 户
todo-title = <b>今日待办</b> { $day } { $weekday }
todo-empty =
    今日待办 { $day } { $weekday }
    到期 0 户,逾期 0 户。今天没有要跑的。
todo-new = 新户
list-late-title = <b>逾期 { $days } 天以上</b> { $count } 户
list-below-10000-title = <b>上年度万元以下</b> { $count } 户
list-income-falling-title = <b>上年度比前一年少的</b> { $count } 户
list-uninsured-title = <b>没交医保</b> { $count } 户
list-unvisited-title = <b>这个月还没走访</b> { $count } 户
list-problems-title = <b>没解决的问题</b> { $count } 个
list-people = { $names }
case-line = { $number } <b>{ $name }</b> { $place }  { $check } { $day }
case-note =   { $note }
case-none = 没有未解决的问题。
case-hint = 点一下看这户。解决了就点“问题解决了”。
stats =
    <b>{ $place }</b>  { $day }
    户数 { $households } 户 { $members } 人
    到期 { $due } 户,其中逾期 { $overdue } 户
    本月走访过 { $visited } 户
    未解决的问题 { $problems } 个
stats-group = { $category } { $households } 户 { $members } 人
stats-unreachable = 没收到消息的 { $count } 人
button-not-reached = 谁没收到
not-reached-title = <b>近7天没收到消息的人</b>
not-reached-blocked = { $name }:屏蔽了机器人或账号停用,请打电话
not-reached-unknown = { $name }:有 { $count } 条不确定收到没有
not-reached-none = 近7天的消息都送到了。
place-mine = 我的网格
place-town = 全镇
export-which = 要哪张表?发给你的是表格文件,里面有住户信息,别转到群里。
export-roster = 花名册
export-ledger = 收支台账
export-visits = 走访记录
export-caption = { $what } { $day }
export-none = 没有权限。要表请找村网格长。
