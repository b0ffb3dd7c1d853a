# The digest and what one does with it: sections, snooze, mute, leave.
digest-title = 今日待办 { $day }
digest-counts = 到期 { $due } 户,其中逾期 { $overdue } 户
digest-place = { $village } { $group }
digest-line = { $number } <b>{ $name }</b>  { $when }
digest-indent = {"  "}{ $line }
digest-when-today = 今天到期
digest-when-today-first = 今天到期(新户)
digest-when-overdue = 逾期 { $days } 天
digest-when-overdue-first = 逾期 { $days } 天(新户)
digest-problem-note = { $note },还没解决
digest-problem-check = { $check }有问题,还没解决
digest-names-more = { $names } 等 { $count } 户
digest-places-more = { $places } 等 { $count } 处
digest-late = { $places }有 { $count } 户逾期 { $days } 天以上
digest-tried = { $name }({ $tried })
digest-tried-phone = 电话 { $count } 次没人接
digest-tried-home = 上门 { $count } 次没人
digest-plans = 还没有一户一方案:{ $count } 户
digest-income = { $months }没记账:{ $count } 户
digest-months = { $first }到{ $last }
digest-thin =
    本年度 { $end } 结束
    还有季度没记账:{ $count } 户
digest-cover =
    { $name }今天请假,请你代看
    到期 { $due } 户,其中逾期 { $overdue } 户
button-digest-household = { $number } { $name }
button-digest-rest = 其余 { $count } 户
button-digest-late = 看名单
button-digest-tomorrow = 都改到明天
button-digest-leave = 今天请假
snooze-ask = 什么原因改天去?
snooze-ask-days = 过几天再去?
snooze-reason-away = 家里没人
snooze-reason-busy = 农忙
snooze-reason-road = 路不好走
snooze-reason-other_work = 今天有别的事
snooze-reason-later = 约好了改天
snooze-reason-tomorrow = 都改到明天
snooze-days = 过 { $days } 天
snooze-saved = { $name } 改到 { $day } 再提醒
snooze-all-saved = { $count } 户改到 { $day } 再提醒
snooze-all-kept = 已经连着改过两次,这几户没有改:{ $names }
snooze-all-none = 今天没有要改的
mute-ask = { $name } 外出多久?
mute-saved = { $name } 外出,{ $day } 起再提醒
mute-ended = { $name } 照常提醒
leave-stand-in = { $name } 代看
leave-no-stand-in = 没有人能代看,村网格长会看到这几户
refused-snooze-days = 只能改 { $least } 到 { $most } 天
refused-snooze-reason = 请选一个原因
refused-snooze-twice = { $name } 已经连着改过两次,请先去看看或打个电话
refused-mute-date = 请写今天以后、一年以内的日期
refused-stand-in = 这个人不能代看,请换一个
