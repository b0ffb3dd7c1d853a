# A household's card, history, ledger; lists and figures.
card-title = <b>{ $name }</b>  { $place }, people: { $members }
card-code = Household code { $code }
card-monitor = Monitor { $name }
card-visits = Last visit { $last } · Next visit { $next }
card-visits-none = Last visit none · Next visit { $next }
card-never = none
card-this-year = Net income per head this year <b>{ $amount }</b> (since October)
card-this-year-unknown = Net income per head this year: no data
card-last-year = Net income per head last year { $amount }
card-last-year-key = Net income per head last year { $amount }, below ¥10,000
card-last-year-unknown = Net income per head last year: no data
card-official = {" "}(official)
card-estimate = {" "}(estimated by ratios)
card-goal = Goal { $goal }, { $missing } to go
card-goal-only = Goal { $goal }
card-goal-nearly = Goal { $goal }, less than ¥1 to go
card-goal-reached = Goal { $goal } reached
card-problem = Open: { $check } ({ $note }, { $day })
card-problem-plain = Open: { $check } ({ $day })
card-no-problem = No open problem
card-archive = Plan: { $plan } · Card: { $card } · Ledger: { $ledger }
card-ledger-count = entries { $count }
card-helper = Helper { $name }
card-no-helper = Helper: none
card-muted = No reminders until { $day } (away)
button-visit = Visit
button-income = Income
button-ledger = Ledger
button-card = Card
button-history = History
button-members = Family
helpcard =
    <b>Household card</b>  { $name }
    Household code { $code }
    { $category } · { $place }, people: { $members }
helpcard-key = Below ¥10,000: needs a helper, a plan and measures
helpcard-present = { $what }: present
helpcard-missing = { $what }: missing
helpcard-plan = Household plan
helpcard-card = Household card
helpcard-ledger = Ledger
helpcard-helper = Helper
members-title = <b>{ $name }</b> Family
member-line = { $name } { $relation }
member-phone = phone …{ $tail }
button-phone = { $name }'s phone
phone-full = { $name }: { $phone }
phone-none = No phone number on file.
day-of-year = { $day } { $year }
history-title = <b>{ $name }</b> History
history-visit = { $day } { $mode }: { $what }
history-try = { $day } nobody home
history-entry = { $month } { $kind } { $amount }
history-reversal = { $month } { $kind } { $amount } (reversal)
history-undone = { $line } (undone)
history-problem = { $day } { $check }: problem { $state }
history-problem-open = open
history-problem-closed = solved
history-empty = Nothing recorded yet.
ledger-title = <b>{ $name }</b> Ledger of the year { $year }
ledger-line = { $month } { $kind } { $amount }
ledger-item = { $item }
ledger-uncounted = not counted
ledger-sum = { $kind } in all { $amount }
ledger-net = Net { $amount } · per head <b>{ $head }</b>
ledger-net-unknown = Net { $amount } · per head: no data
ledger-net-nothing = Net: no data · per head: no data
ledger-empty = Nothing in the ledger this year yet.
list-line = { $number } <b>{ $name }</b>  { $what }
list-unreadable = part of its data cannot be read – please tell whoever runs the bot
list-group = { $place }
list-none = None.
list-overdue-days = { $days } d overdue
list-due-today = due today
list-due-on = due { $day }
list-below = per head { $amount }
list-todo = Due: { $due }, of these overdue: { $overdue }
todo-title = <b>To do today</b> { $day } { $weekday }
todo-empty =
    To do today { $day } { $weekday }
    Due: 0, overdue: 0. No visits today.
todo-new = new
list-late-title = <b>Overdue by { $days } days or more</b>: { $count }
list-below-10000-title = <b>Below ¥10,000 last year</b>: { $count }
list-income-falling-title = <b>Income below the year before</b>: { $count }
list-uninsured-title = <b>Without medical insurance</b>: { $count }
list-unvisited-title = <b>Not visited this month</b>: { $count }
list-problems-title = <b>Open problems</b>: { $count }
list-people = { $names }
case-line = { $number } <b>{ $name }</b> { $place }  { $check } { $day }
case-note = {"  "}{ $note }
case-none = No open problems.
case-hint = Tap one to see the household. When it is over, tap “Problem solved”.
stats =
    <b>{ $place }</b>  { $day }
    Households: { $households }, people: { $members }
    Due: { $due }, of these overdue: { $overdue }
    Visited this month: { $visited }
    Open problems: { $problems }
stats-group = { $category }: { $households }, people: { $members }
stats-unreachable = Staff whom messages did not reach: { $count }
button-not-reached = Who was not reached
not-reached-title = <b>Not reached in the last 7 days</b>
not-reached-blocked = { $name }: blocked the bot or closed the account; please give them a ring
not-reached-unknown = { $name }: not sure whether these arrived: { $count }
not-reached-none = Every message of the last 7 days arrived.
place-mine = My grid
place-town = The township
export-which = Which table? You get a workbook with households' data; please do not pass it on to groups.
export-roster = Roster
export-ledger = Ledger
export-visits = Visits
export-caption = { $what } { $day }
export-none = Not allowed. Ask the village lead for a table.
