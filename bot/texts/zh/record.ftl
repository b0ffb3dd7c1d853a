# Visits and income: questions, review, receipt.
visit-title = 走访 <b>{ $name }</b>  { $place } { $members }人
income-title = 记账 <b>{ $name }</b>  { $place }
visit-last-problem = 还没解决:{ $what }
visit-open-problem = 还没解决:{ $note }({ $day })
ask-household =
    哪一户?
    点一下,或者发名字、拼音首字母、户编号。
ask-household-bare =
    哪一户?
    发名字、拼音首字母或户编号。
ask-household-several = 有 { $count } 户对得上,是哪一户?
several-unclear = 我分不清哪些是哪一户的,什么都没有记。请一户一户地说:先说是谁家,再说情况。
several-unknown = 未找到“{ $name }”,怕记到别家去,什么都没有记。请把各户分开发。
ask-household-named =
    未找到,或者没说是谁家。是哪一户?
    点一下,或者发名字、拼音首字母、户编号。
ask-date = 哪一天去的?点一下,或者发“上周三”“10号”这样的话。
ask-mode = 是入户看的,还是打电话问的?
ask-findings = 情况如何?
ask-problems = 哪里有问题?(可多选)
ask-check-note =
    { $check }怎么了?
    发一句话就行,例如:{ $example }
ask-note = 备注写什么?发一句话就行。
example-income = 收成减了一半
example-food = 米不够吃了
example-clothing = 冬天没有厚被子
example-education = 小的不去读书了
example-medical = 医保还没交
example-housing = 东墙裂了
example-water = 停水三天了
ask-kind = 是哪一类?
ask-direction = { $yuan }是收到的,还是花掉的?是哪一类?
ask-amount =
    金额是多少?
    例如:3500、三千五、1万2
ask-month = 是哪个月的?
ask-which-amount = 改成 { $yuan },是哪一笔?
ask-which-kind = 改成{ $kind },是哪一笔?
ask-which-month = 改成{ $month },是哪一笔?
option-entry = 第{ $number }笔 { $kind } { $yuan }
option-entry-item = 第{ $number }笔 { $item } { $yuan }
option-all-entries = 都是
ask-net = { $yuan }是净赚的,还是卖的总数?
ask-member = 是谁的?
ask-item = 是什么项目?例如:烤烟、务工、低保
ask-sure =
    { $said }比平时差得多(上次 { $last })
    是多少?
ask-sure-first =
    { $said }比这类账平时差得多
    是多少?
again-household = 未找到“{ $text }”。哪一户?可以发名字里的两个字、拼音首字母或户编号。
again-date = 这个日期没看懂,或者还没到。哪一天去的?可以发:昨天、上周三、3月10日
again-amount = 这个金额没看懂。金额是多少?可以发:3500、三千五、1万2
again-month = 这个月份没看懂,或者还没到。是哪个月的?可以发:上个月、2月
again-kind = 这个没看懂。是哪一类?点一下下面的按钮。
again-member = 这户没有这个人。是谁的?点一下下面的按钮。
again-note = 太长了,有 { $length } 个字。发短一点,最多 { $most } 个字。
again-item = 太长了,有 { $length } 个字。是什么项目?最多 { $most } 个字,例如:烤烟、务工、低保
again-name = 这不像名字。名字 2 到 { $most } 个字,没有数字。叫什么名字?
again-other = 请点一下下面的按钮。
option-today = 今天
option-yesterday = 昨天
option-day-before = 前天
option-day = { $day }
option-all-ok = 一切正常
option-problems = 有问题
option-still = { $check }还有问题
option-mode-phone = 打电话问的
option-mode-home = 入户看的
option-other-day = 换日期
option-away = 没在家
option-check = { $check }
option-check-on = ✓ { $check }
option-chosen = 选好了
option-kind = { $kind }
option-month = { $month }
option-person = { $name }
option-whole-household = 全家
option-skip = 跳过
option-household = { $name }
option-net = 净赚的
option-gross = 卖的总数
option-amount = { $yuan }
option-sure = 就是 { $yuan }
review = 请确认
written-on = 转发的,按写的那天 { $day } 算
file-not-kept = 视频、文件、语音没有存,只看了写的字
review-household = <b>{ $name }</b>
review-visit = <b>{ $name }</b>  { $day } { $mode }
form-when = { $day } { $mode }
review-away = <b>{ $name }</b>  { $day } 没在家
review-clue = <b>{ $name }</b>  反映问题
review-all-ok = 一切正常
review-rest-ok = 其他没说有问题
review-check-ok = { $check }正常
review-check-problem = { $check }有问题
review-check-note = { $check }:{ $note }
review-note = 备注:{ $note }
review-unread = 没看懂的:"{ $words }"(原话存成备注)
review-entry = + { $kind } <b>{ $amount }</b> { $month }
review-cost = - { $kind } <b>{ $amount }</b> { $month }
review-months = { $count }个月合计,记在{ $month }
review-estimate = 大约数
review-net = 净赚,不另记成本
review-item = 项目:{ $item }
review-uncounted = 项目:{ $item },不计入收入
review-member = { $name }的
edit-what = 要改哪一项?
edit-household = 户
edit-date = 日期
edit-mode = 方式
edit-findings = 情况
edit-note = 备注
edit-kind = { $entry }类别
edit-amount = { $entry }金额
edit-month = { $entry }月份
edit-item = { $entry }项目
edit-member = { $entry }是谁的
edit-drop = 去掉 { $entry }
entry-number = 第{ $number }笔
entry-only = 这笔钱
# { $line } is a line of the review
review-doubt = { $line }(拿不准,请看一眼)
review-doubt-all = 这话我拿不准要不要记,请看一眼:
review-repeat = { $day } { $who } 记过一笔一样的
review-repeat-imported = { $day } 表格里导入过一笔一样的
review-repeat-visit = { $day } { $who } 记过一笔一样的走访
button-again = 再记一笔
button-rest = 只记其余的
button-not-again = 不记了
review-fell = 比上次少(上次 { $last }),写对了吗?
saved-visit = 已保存走访 <b>{ $name }</b> { $day }
saved-try = 已记下 <b>{ $name }</b> { $day } 没在家(不算走访)
saved-clue = 已记下 <b>{ $name }</b> 的问题
saved-entry-household = 已记账 <b>{ $name }</b>
saved-entry-bare = { $kind } { $amount } { $month }
saved-entry = 已记账 { $kind } { $amount } { $month }
corrects = 原来的 { $number }({ $what })已冲正
corrected = <b>{ $name }</b> { $what } 已更正,看 { $number }
button-show-correction = 看更正后的
review-corrects = 更正 { $number },原来是:{ $what }
problem-noted = { $check }问题已记下,{ $days }天内再看一次
problem-again = { $check }问题已记下(上次的还没解决),{ $days }天内再看一次
year-per-head = 本年度人均纯收入 <b>{ $amount }</b>
year-unknown = 本年度人均纯收入 无数据
goal-missing = 离今年目标还差 { $amount },还有 { $days } 天
goal-nearly = 离今年目标还差不到 1元,还有 { $days } 天
goal-reached = 今年目标 { $amount } 已达到
next-visit = 下次走访 { $day }
still-due = 还要再去,已逾期 { $days } 天
still-due-today = 今天还要再去
day-overdue = { $day }(已逾期 { $days } 天)
next-visit-none = 下次走访 无
uncounted = { $item }不计入收入
number = 编号 { $number }
button-add-income = 记一笔收入
button-problem-solved = { $check }问题解决了
draft-visit = { $name } 走访
draft-income = { $name } 记账
draft-unknown = 没选户的一条
clue-ask-done = { $check }的问题怎么解决的?发一句话就行。
clue-done-repaired = 修好了
clue-done-helped = 帮扶到位了
clue-done-over = 本人说没事了
clue-review =
    请确认
    <b>{ $name }</b>  { $check }问题已解决
    { $done }
clue-closed =
    <b>{ $name }</b> { $check }问题已解决
    下次走访 { $day }
change-death = 去世
change-marriage_out = 嫁出、入赘走了
change-moved = 户口迁走
change-birth = 添了娃
change-marriage_in = 娶进、上门
change-moved_in = 户口迁来
ask-change = 家里人有什么变化?
ask-who = 是谁?
ask-name = 叫什么名字?
ask-relation = 是户主的什么人?
ask-change-day = 哪一天?点一下,或者发“上个月10号”这样的话。
member-review =
    请确认
    <b>{ $name }</b>  { $change }
    { $who }  { $day }
member-saved =
    已记下 <b>{ $name }</b>  { $change }
    { $who }  { $day }
    现在 { $members } 人
