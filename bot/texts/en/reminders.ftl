# The digest and what one does with it: sections, snooze, mute, leave.
digest-title = To do today, { $day }
digest-counts = Due: { $due }, of these overdue: { $overdue }
digest-place = { $village }, { $group }
digest-line = { $number } <b>{ $name }</b>  { $when }
digest-indent = {"  "}{ $line }
digest-when-today = due today
digest-when-today-first = due today (new)
digest-when-overdue = { $days } d overdue
digest-when-overdue-first = { $days } d overdue (new)
digest-problem-note = { $note } – still open
digest-problem-check = { $check }: problem still open
digest-names-more = { $names } and others, { $count } in all
digest-places-more = { $places } and others, { $count } places
digest-late = { $places }, overdue by { $days } days or more: { $count }
digest-tried = { $name } ({ $tried })
digest-tried-phone = phoned, no answer: { $count }
digest-tried-home = nobody home: { $count }
digest-plans = Without a household plan: { $count }
digest-income = Nothing in the ledger for { $months }: { $count }
digest-months = { $first } to { $last }
digest-thin =
    The year ends on { $end }
    A quarter still without any entry: { $count }
digest-cover =
    { $name } is on leave today, you stand in
    Due: { $due }, of these overdue: { $overdue }
button-digest-household = { $number } { $name }
button-digest-rest = { $count } more
button-digest-late = Show the list
button-digest-tomorrow = All to tomorrow
button-digest-leave = On leave today
snooze-ask = Why another day?
snooze-ask-days = In how many days?
snooze-reason-away = Nobody home
snooze-reason-busy = Busy in the fields
snooze-reason-road = Bad road
snooze-reason-other_work = Other work today
snooze-reason-later = Another day agreed
snooze-reason-tomorrow = All to tomorrow
snooze-days = In { $days } d
snooze-saved = { $name }: I will remind you on { $day }
snooze-all-saved = { $count } moved to { $day }
snooze-all-kept = Moved twice in a row already, so not moved: { $names }
snooze-all-none = Nothing to move today
mute-ask = How long is { $name } away?
mute-saved = { $name } is away; reminders from { $day }
mute-ended = { $name }: reminders as usual
leave-stand-in = { $name } stands in
leave-no-stand-in = Nobody can stand in; the village lead will see these households
refused-snooze-days = Only { $least } to { $most } days
refused-snooze-reason = Please choose a reason
refused-snooze-twice = { $name } was moved twice in a row; please visit or phone first
refused-mute-date = Please give a day after today and within a year
refused-stand-in = This person cannot stand in; please choose another
