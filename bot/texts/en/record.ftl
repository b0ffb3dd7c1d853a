# Visits and income: questions, review, receipt.
visit-title = Visit <b>{ $name }</b>  { $group }, people: { $members }
income-title = Income <b>{ $name }</b>  { $group }
visit-last-problem = still open: { $what }
visit-open-problem = still open: { $note } ({ $day })
ask-household = Which household? Tap one, or send a name, pinyin initials or the household code.
ask-household-bare = Which household? Send a name, pinyin initials or the household code.
ask-household-several = { $count } households fit. Which household is it?
several-unclear = I cannot tell which words are whose; nothing was saved. Please take one household after the other: first whose it is, then how things are.
several-unknown = “{ $name }” was not found. So that nothing lands at the wrong household, nothing was saved. Please send the households one by one.
ask-household-named = Not found, or no household was named. Which household? Tap one, or send a name, pinyin initials or the household code.
ask-date = On which day? Tap one, or send words such as “上周三” or “10号”.
ask-mode = Did you go there, or ask by phone?
ask-findings = How are things?
ask-problems = What is wrong? (choose one or more)
ask-check-note = { $check }: what is wrong? One sentence will do, such as: { $example }
ask-note = What should the note say? One sentence will do.
example-income = half the harvest was lost
example-food = not enough rice
example-clothing = no thick quilt for the winter
example-education = the younger one stays away from school
example-medical = insurance not paid yet
example-housing = a crack in the east wall
example-water = no water for three days
ask-kind = What kind of money?
ask-direction = Was { $yuan } received or spent? What kind of money?
ask-amount = What amount? Such as: 3500, 三千五, 1万2
ask-month = Which month?
ask-which-amount = { $yuan } is right for which entry?
ask-which-kind = { $kind } is right for which entry?
ask-which-month = { $month } is right for which entry?
option-entry = { $number } { $kind } { $yuan }
option-all-entries = All of them
ask-net = Is { $yuan } the profit, or all that the sale brought?
ask-member = Whose is it?
ask-item = What was it for? Such as: 烤烟, 务工, 低保
ask-sure =
    { $said } is far from the usual (last time { $last })
    How much was it?
ask-sure-first =
    { $said } is far from what is usual here.
    How much is it?
again-household = Not found: “{ $text }”. Which household? Send two characters of a name, pinyin initials or the household code.
again-date = I did not understand this day, or it is still to come. On which day? You could send: 昨天, 上周三, 3月10日
again-amount = I did not understand this amount. What amount? You could send: 3500, 三千五, 1万2
again-month = I did not understand this month, or it is still to come. Which month? You could send: 上个月, 2月
again-kind = I did not understand. What kind of money? Please tap a button below.
again-member = Nobody of that name lives in this household. Whose is it? Please tap a button below.
again-note = That is too long: { $length } characters. At most { $most }, please.
again-item = That is too long: { $length } characters. What is the item? At most { $most }, for example: tobacco, odd jobs
again-name = That does not look like a name. A name has 2 to { $most } characters and no digits. What is the name?
again-other = Please tap a button below.
option-today = Today
option-yesterday = Yesterday
option-day-before = Day before
option-day = { $day }
option-all-ok = All fine
option-problems = Problems
option-still = Still: { $check }
option-mode-phone = Asked by phone
option-mode-home = Went there
option-other-day = Other day
option-away = Nobody home
option-check = { $check }
option-check-on = ✓ { $check }
option-chosen = Done
option-kind = { $kind }
option-month = { $month }
option-person = { $name }
option-whole-household = Whole household
option-skip = Skip
option-household = { $name }
option-net = Profit
option-gross = All it brought
option-amount = { $yuan }
option-sure = It is { $yuan }
review = Please confirm
review-household = <b>{ $name }</b>
review-visit = <b>{ $name }</b>  { $day }, { $mode }
form-when = { $day }, { $mode }
review-away = <b>{ $name }</b>  { $day }, nobody home
review-clue = <b>{ $name }</b>  problem reported
review-all-ok = All fine
review-rest-ok = No other problem named
review-check-ok = { $check }: fine
review-check-problem = { $check }: problem
review-check-note = { $check }: { $note }
review-note = Note: { $note }
review-unread = Not understood: "{ $words }" (kept as a note, as said)
review-entry = + { $kind } <b>{ $amount }</b> { $month }
review-cost = - { $kind } <b>{ $amount }</b> { $month }
review-months = { $count } months in all, entered in { $month }
review-estimate = About this much
review-net = Profit; no costs to add
review-item = Item: { $item }
review-uncounted = Item: { $item }, not counted as income
review-member = Earned by { $name }
edit-what = What would you like to change?
edit-household = Household
edit-date = Day
edit-mode = How
edit-findings = Findings
edit-note = Note
edit-kind = Kind{ $entry }
edit-amount = Amount{ $entry }
edit-month = Month{ $entry }
edit-item = Item{ $entry }
edit-member = Whose{ $entry }
edit-drop = Remove{ $entry }
entry-number = {" "}no. { $number }
entry-only = {" "}this money
# { $line } is a line of the review
review-doubt = { $line } (not sure, please check)
review-doubt-all = I am not sure this is meant to be recorded; please check:
review-repeat = { $who } recorded the same on { $day }
review-repeat-imported = The same came with a workbook on { $day }
review-repeat-visit = { $who } recorded a visit of that day on { $day }
button-again = Record it again
button-rest = Only the rest
button-not-again = Do not record
review-fell = Less than last time ({ $last }); is it right?
saved-visit = Visit saved: <b>{ $name }</b> { $day }
saved-try = Noted: <b>{ $name }</b> { $day }, nobody home (no visit)
saved-clue = Noted: <b>{ $name }</b>, problem
saved-entry-household = Money saved: <b>{ $name }</b>
saved-entry-bare = { $kind } { $amount } { $month }
saved-entry = Money saved: { $kind } { $amount } { $month }
corrects = In place of { $number } ({ $what }), now reversed
corrected = <b>{ $name }</b> { $what }: corrected, see { $number }
button-show-correction = See the correction
review-corrects = Corrects { $number }, which said: { $what }
problem-noted = { $check }: problem noted, look again within { $days } days
year-per-head = Net income per head this year <b>{ $amount }</b>
year-unknown = Net income per head this year: no record
goal-missing = { $amount } short of this year's goal, { $days } days left
goal-reached = This year's goal of { $amount } is reached
next-visit = Next visit { $day }
still-due = Still to be visited, { $days } d overdue
still-due-today = Still to be visited today
next-visit-none = Next visit: none
uncounted = { $item }: not counted as income
number = No. { $number }
button-add-income = Log money
button-problem-solved = { $check } problem solved
draft-visit = Visit { $name }
draft-income = Income { $name }
draft-unknown = one without a household
clue-ask-done = { $check }: how was the problem solved? One sentence will do.
clue-done-repaired = Repaired
clue-done-helped = Help arrived
clue-done-over = They say it is over
clue-review =
    Please confirm
    <b>{ $name }</b>  { $check }: problem solved
    { $done }
clue-closed =
    <b>{ $name }</b> { $check }: problem solved
    Next visit { $day }
change-death = Died
change-marriage_out = Married out
change-moved = Moved away
change-birth = Born
change-marriage_in = Married in
change-moved_in = Moved in
ask-change = What changed in the family?
ask-who = Who is it?
ask-name = What is the name?
ask-relation = Who is it to the head of the household?
ask-change-day = On which day? Tap one, or send words such as “上个月10号”.
member-review =
    Please confirm
    <b>{ $name }</b>  { $change }
    { $who }  { $day }
member-saved =
    Noted: <b>{ $name }</b>  { $change }
    { $who }  { $day }
    People now: { $members }
