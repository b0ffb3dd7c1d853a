# Everyday answers.
stranger = 这个机器人只给本镇工作人员用。请找镇乡村振兴办公室要绑定码,发给我就行。
group-notice = 请私聊我,群里不处理住户信息。
bound =
    绑定成功
    <b>{ $name }</b>,{ $role }
    { $does }
does-visits = 我帮你记走访、记收支、提醒该去哪几户。
does-town = 全镇的户、名单和数字都能看。工作日早上我告诉你哪里拖了、哪里有问题。
does-viewer = 户、名单和数字都能看,不能记。
does-liaison = 这里不看农户,也不记走访。本部门的措施数据,请先报给镇乡村振兴办公室。
bound-look = 试一试:发“查 { $name }”,看看这一户的情况。
bound-try =
    试一试:发“查 { $name }”,看看这一户的情况。
    走访完了发一句话就行,例如:
    今天去{ $name }家,一切正常
bound-keys = 常用的按钮在下面。不会用就点“帮助”。
asked-town = 这个绑定码不是写给你名字的,已经请镇里看一下。镇里同意以后我告诉你,在这之前什么都没有变。
confirm-ask =
    { $asker } 用了写给 <b>{ $name }</b> 的绑定码。
    角色:{ $role }
    要给 { $asker } 这个角色吗?
confirm-given = 已同意。{ $name } 现在也是{ $role }。
confirm-declined = 没有同意。{ $name } 的角色没有变,写给 { $invited } 的绑定码已经作废,要用请重新邀请。
confirm-over =
    { $asker } 用了写给 { $name } 的绑定码。
    这件事已经处理过了,或者绑定码已经过期,不用再点。
told-given = 镇里同意了。你现在也是{ $role }。
told-declined = 镇里没有同意,你原来的角色没有变。要问请找镇乡村振兴办公室。
button-agree = 同意
button-decline = 不同意
welcome-back =
    { $name },你好。你是{ $role }。
    { $first }
    不会用就点“帮助”。
start-visits = 今天去哪几户,点“待办”。
start-town = 全镇的数字点“统计”,没解决的问题点“线索”。
start-viewer = 看一户发“查 姓名”,看数字点“统计”。
start-liaison = 这里不看农户,也不记走访。本部门的措施数据,请先报给镇乡村振兴办公室。
refused-code-unknown = 这个绑定码不对,或者已经用过、过期了。请找镇乡村振兴办公室要一个新的。
refused-name-taken = 这个绑定码上的名字已经绑定了别的账号。请找镇乡村振兴办公室处理。
refused-decided-already = 这条已经处理过了,或者绑定码已经过期。
refused-not-allowed = 没有权限。
refused-not-allowed-visits = 没有权限。只能看和记自己网格里的户;要换网格请找村网格长。
refused-not-allowed-town = 没有权限。这一条不在了,或者不能这样办。
refused-not-allowed-viewer = 没有权限。这个账号只能看,不能记;要记请找这一户的网格员。
refused-not-allowed-liaison = 没有权限。部门联络员不看农户,也不记走访;要问哪一户的事,请找村网格长。
withdrawn = 没有权限。要看的内容刚刚不归你管了,没有发给你。你记过的都还在。
refused-future-day = 日期还没到。走访日期写今天或以前的,例如:昨天、3月10日。
refused-future-month = 这个月还没到。写这个月或以前的,例如:上个月。
refused-nothing-to-save = 没有要保存的内容。
refused-undone-already = 这条已经撤销过了。
refused-corrected-already = 这条已经更正过了,请改更正后的那条。
refused-stands-already = 这条已经恢复了。
refused-undo-too-late = 没有权限。过了24小时,要改请找村网格长。
refused-nothing-to-undo = 没有可撤销的。24小时内自己记的才能撤销。
refused-nothing-to-correct = 24小时内没有记过这一条,没有可以改的。要改以前的请找村网格长。
refused-clue-closed = 这个问题已经解决了。
refused-member-unknown = 这户没有这个人。
refused-leave-date = 请假日期要在今天或以后。
cancelled = 已取消,什么都没有记。
nothing-open = 现在没有正在填的内容。
batch = 一共 { $count } 户,每户一条。都对就一起保存,也可以一条一条来。
batch-asking = 还有 { $count } 户要先答一个问题。
batch-left = 还有 { $count } 户没保存。
batch-none-left = 这几户都处理完了。
batch-pictures = 照片没有放:分不清是哪一户的。请一户一户地发。
batch-saved = 已保存 { $count } 户
button-save-all = 保存 { $count } 户
button-continue = 继续:{ $what }
button-save = 保存
# what people type instead of tapping, parted by blanks
said-save = 保存 确认 好 好的 好嘞 对 对的 对了 是 是的 没错 可以 行 嗯 存 记上 ok
said-cancel = 取消 算了 不要了 不用了 不记了 不存了 作废
said-back = 返回 上一步 退回 回去
said-edit = 修改 改 改一下
said-again = 再记一笔 再记 再记一次 还要记
said-rest = 只记其余的 只记其余
button-edit = 修改
button-cancel = 取消
button-back = 返回
button-undo = 撤销
button-restore = 恢复
button-more = 其余 { $count } 户
button-previous = 上一页
button-next = 下一页
done-already = 这条已经处理过了
draft-gone = 这条已经不在了,请重新发一遍。
edited = 修改过的消息我不会重记。请把正确的内容重新发一遍。
kept-nothing = 这种内容我看不了,没有记。请打字告诉我,例如:今天去{ $name }家,一切正常
trouble = 刚才没办成,你发的内容没有丢,我会再试。编号 { $reference }
trouble-aside-failed = 这条没办成,什么都没有记。请重新发一遍;还不行就把编号 { $reference } 告诉镇乡村振兴办公室。
trouble-aside-stopped = 这条我处理不了,什么都没有记。请换个说法,分成短句再发;还不行就把编号 { $reference } 告诉镇乡村振兴办公室。
trouble-aside-hard = 这段话我读不下来,什么都没有记。请分成几句短的再发,一句说一件事。编号 { $reference }
not-understood =
    没看懂,什么都没有记。可以这样说:
    今天去{ $name }家,一切正常
    { $name }家卖了两头猪得5000
not-understood-plain = 没看懂,什么都没有记。发“帮助”看看怎么用。
too-long = 没看懂,什么都没有记。太长了:一条最多 { $most } 字,分成几条发就行。
own-words = 这是我发过的内容,没有记。要改,就回复原来那条;要记新的,用自己的话说一句,例如:今天去{ $name }家,一切正常
correct-which = 刚才一起存了 { $count } 户,分不清要改哪一户,什么都没有改。请回复那一条,或者带上名字说,例如:{ $name }那笔不对,是4100
not-found = 未找到“{ $text }”。可以打名字里的两个字、拼音首字母(例如 wlw)或户编号。
find-prompt = 要查哪一户?发名字、拼音首字母或户编号就行,例如:查 { $name }
found = 找到 { $count } 户
found-more = 还有 { $count } 户,再打一个字试试
hit = { $number } { $name } { $place }
undone = 已撤销 <b>{ $name }</b> { $what }
undone-correction = 原来的 { $number }({ $what })又算数了
undone-visit = { $day }的走访
undone-try = { $day }没在家
undone-clue = 反映的问题
and = 和
help-visits =
    走访完了,发一句话就行:
    “昨天去{ $name }家,水没问题”
    “{ $name }家卖了两头猪得5000”
    我会先给你看一遍,点“保存”才算数。

    待办:今天该去哪几户
    走访 { $name }:记走访
    记账 { $name } 工资 3500:记一笔
    查 { $name }:看一户的情况
    线索:没解决的问题
    撤销:收回刚才那条(24小时内)
    /settings:提醒时间、语言、请假
    /export:要表
help-town =
    查 { $name }:看一户的情况
    统计:全镇的数字
    待办:该走访的户,逾期的在前
    线索:没解决的问题
    /export:要表
    /settings:提醒时间、语言、请假

    要替人记:走访完了,发一句话就行:
    “昨天去{ $name }家,水没问题”
    我会先给你看一遍,点“保存”才算数。
help-viewer =
    查 { $name }:看一户的情况
    统计:数字
    待办:该走访的户
    线索:没解决的问题
    /settings:语言

    这个账号只能看,不能记。
help-liaison =
    这里不看农户,也不记走访。
    本部门的措施数据,请先报给镇乡村振兴办公室。
    /settings:语言
unreachable-lead = { $name }的消息送不到了(账号停用或屏蔽了机器人),请打电话问一声。
attach-offer = 要放进 <b>{ $name }</b> { $day }的走访里吗?
attach-yes = 放进去
attach-no = 不用
attach-note = 记到{ $name }的走访里
attach-done = 已放进 <b>{ $name }</b> { $day }的走访
attach-done-many = 已放进 <b>{ $name }</b> { $day }的走访,共 { $count } 份
attach-undone = 已从 <b>{ $name }</b> { $day }的走访里拿掉了
added-note = 补记:{ $note }
added-photos = 照片 { $count } 张
added-places = 位置 { $count } 个
attach-dropped = 好的,没有放。
attach-nowhere = 最近10分钟没有走访可以放。先记走访,再发照片。
settings =
    设置
    提醒时间:{ $digest }
    语言:{ $language }
    请假:{ $leave }
settings-default-hour = { $hour }(默认)
settings-language-zh = 中文
settings-language-en = English
settings-leave-none = 没有
settings-leave = { $from } 到 { $until }
button-hour = 提醒时间
button-language = English
button-leave-today = 今天请假
button-leave-three = 请假3天
button-leave-week = 请假7天
button-leave-end = 销假
ask-hour = 每天几点提醒?
settings-saved = 已改好
leave-saved = 已请假到 { $until },这期间不提醒你。
leave-ended = 已销假,恢复提醒。
leave-over = 这个按钮是 { $day } 的,今天不用了。
button-snooze = 改天去
button-mute = 外出不在
button-unmute = 已经回来了
mute-days = { $days }天
example-name = 王老五
