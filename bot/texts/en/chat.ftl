# Everyday answers.
stranger = This bot is for the staff of this township. Ask the town's rural revitalisation office for an invitation code and send it to me.
group-notice = Please write to me in private; households are not discussed in groups.
bound =
    You are signed in
    <b>{ $name }</b>, { $role }
    { $does }
does-visits = I note down visits and money, and tell you which households to see.
does-town = You see every household, list and figure of the town. On working days I tell you in the morning what is late and what is wrong.
does-viewer = You see households, lists and figures, and write nothing.
does-liaison = You see no households here and log no visits. Please give your department's figures to the town's rural revitalisation office.
bound-look = Try it: send “Find { $name }” to see how that household is doing.
bound-try =
    Try it: send “Find { $name }” to see how that household is doing.
    After a visit one sentence in Chinese is enough, such as:
    今天去{ $name }家,一切正常
bound-keys = The buttons you need are below. If you are stuck, tap “Help”.
asked-town = This code was made out to another name, so the town has been asked. You will hear when it agrees; until then nothing has changed.
confirm-ask =
    { $asker } used a code made out to <b>{ $name }</b>.
    Role: { $role }
    Should { $asker } get this role?
confirm-given = Agreed. { $name } is now also { $role }.
confirm-declined = Declined. Nothing has changed for { $name }, and the code made out to { $invited } no longer works; invite again if it is needed.
confirm-over =
    { $asker } used a code made out to { $name }.
    This has been decided already, or the code has expired; nothing is left to do.
told-given = The town has agreed. You are now also { $role }.
told-declined = The town has not agreed; your roles are as before. Ask the town's rural revitalisation office if you have questions.
button-agree = Agree
button-decline = Decline
welcome-back =
    Hello { $name }. You are signed in as { $role }.
    { $first }
    Tap “Help” to see how it works.
start-visits = Tap “To do” for today's households.
start-town = Tap “Figures” for the town, “Problems” for what is still open.
start-viewer = Send “Find” and a name for a household, tap “Figures” for the rest.
start-liaison = You see no households here and log no visits. Please give your department's figures to the town's rural revitalisation office.
refused-code-unknown = This code is wrong, used or out of date. Ask the town's rural revitalisation office for a new one.
refused-name-taken = The name on this code belongs to another account already. The town's rural revitalisation office can sort it out.
refused-decided-already = This was decided already, or the code is out of date.
refused-not-allowed = Not allowed.
refused-not-allowed-visits = Not allowed. You can see and write only about the households of your own grid; the village lead can change that.
refused-not-allowed-town = Not allowed. This is gone, or it cannot be done this way.
refused-not-allowed-viewer = Not allowed. This account can look, not write; the household's monitor can log it.
refused-not-allowed-liaison = Not allowed. A department's liaison sees no households and logs no visits; ask the village lead about a household.
withdrawn = Not allowed. What you asked for has just passed to somebody else and was not sent. What you noted down is safe.
refused-future-day = That day is still to come. Give today or an earlier day, such as 昨天 or 3月10日.
refused-future-month = That month is still to come. Give this month or an earlier one, such as 上个月.
refused-nothing-to-save = There is nothing to save.
refused-undone-already = This was undone already.
refused-corrected-already = This was corrected already; please change the correction.
refused-stands-already = This is back already.
refused-undo-too-late = Not allowed. After 24 hours the village lead makes changes.
refused-nothing-to-undo = Nothing to undo. You can undo your own records of the last 24 hours.
refused-nothing-to-correct = You recorded no such thing within 24 hours, so there is nothing to correct. For older ones ask your village lead.
refused-clue-closed = This problem is solved already.
refused-member-unknown = Nobody of that name lives in this household.
refused-leave-date = Leave can begin today or later.
cancelled = Cancelled; nothing was saved.
nothing-open = You are not filling in anything just now.
batch = { $count } households, one message each. Save them together if they are right, or one by one.
batch-asking = { $count } of them need an answer first.
batch-left = { $count } households are not saved yet.
batch-none-left = All of these are done.
batch-pictures = The pictures were not kept: it is not clear whose they are. Please send them one household at a time.
batch-saved = Saved: { $count } households
button-save-all = Save { $count } households
button-continue = Continue: { $what }
button-save = Save
# what people type instead of tapping, parted by blanks
said-save = save yes ok okay confirm right correct fine y
said-cancel = cancel drop forget no
said-back = back
said-edit = edit change
said-again = again
said-rest = rest
button-edit = Edit
button-cancel = Cancel
button-back = Back
button-undo = Undo
button-restore = Restore
button-more = { $count } more
button-previous = Previous page
button-next = Next page
done-already = This is done already
draft-gone = This one is gone; please send it again.
edited = I do not read edited messages again. Please send what is right as a new message.
kept-nothing = I cannot read this kind of message; nothing was saved. Please write to me, such as: 今天去{ $name }家,一切正常
trouble = That did not work just now. What you sent is safe and I will try again. Reference { $reference }
trouble-aside-failed = That did not work, and nothing was saved. Please send it again; if it fails again, give the reference { $reference } to the town's rural revitalisation office.
trouble-aside-stopped = I cannot handle this one, and nothing was saved. Please say it in other words, in short sentences; if it fails again, give the reference { $reference } to the town's rural revitalisation office.
trouble-aside-hard = I cannot get through this text, and nothing was saved. Please send it again in a few short sentences, one thing each. Reference { $reference }
not-understood =
    I did not understand; nothing was saved. You could write:
    今天去{ $name }家,一切正常
    { $name }家卖了两头猪得5000
not-understood-plain = I did not understand; nothing was saved. Send “Help” to see how it works.
too-long = I did not understand; nothing was saved. That was too long: at most { $most } characters a message; please send it in parts.
own-words = These are words of mine; nothing was recorded. To correct something reply to that message; to record something new say it in your own words, for example: visited { $name } today, all fine
correct-which = { $count } households were saved together and it is not clear which one is meant; nothing was changed. Reply to its message, or name it, for example: { $name }那笔不对,是4100
not-found = Not found: “{ $text }”. Try two characters of a name, pinyin initials (such as wlw) or the household code.
find-prompt = Which household? Send a name, pinyin initials or the household code, such as: Find { $name }
found = Households found: { $count }
found-more = { $count } more; one more character will narrow it down
hit = { $number } { $name } { $place }
undone = Undone: <b>{ $name }</b>, { $what }
undone-correction = { $number } ({ $what }) counts again
undone-visit = visit of { $day }
undone-try = nobody home on { $day }
undone-clue = the problem reported
and = {" and "}
help-visits =
    After a visit one sentence in Chinese is enough:
    “昨天去{ $name }家,水没问题”
    “{ $name }家卖了两头猪得5000”
    I show you what I read; nothing counts until you tap “Save”.

    To do: which households to see today
    Visit { $name }: log a visit
    Income { $name } 工资 3500: log money
    Find { $name }: how a household is doing
    Problems: what is still open
    Undo: take back the last record (within 24 hours)
    /settings: reminder hour, language, leave
    /export: get a table
help-town =
    Find { $name }: how a household is doing
    Figures: the town's figures
    To do: households to be seen, overdue ones first
    Problems: what is still open
    /export: get a table
    /settings: reminder hour, language, leave

    To log a visit for somebody, one sentence in Chinese is enough:
    “昨天去{ $name }家,水没问题”
    I show you what I read; nothing counts until you tap “Save”.
help-viewer =
    Find { $name }: how a household is doing
    Figures: the figures
    To do: households to be seen
    Problems: what is still open
    /settings: language

    This account can look, not write.
help-liaison =
    You see no households here and log no visits.
    Please give your department's figures to the town's rural revitalisation office.
    /settings: language
unreachable-lead = Messages to { $name } no longer arrive (account closed, or the bot is blocked). Please give them a ring.
attach-offer = Add this to the visit to <b>{ $name }</b> on { $day }?
attach-yes = Add it
attach-no = No, thanks
attach-note = Add it to the visit of { $name }
attach-done = Added to the visit to <b>{ $name }</b> on { $day }
attach-done-many = { $count } items added to the visit to <b>{ $name }</b> on { $day }
attach-undone = Taken out of the visit to <b>{ $name }</b> on { $day }
added-note = Added: { $note }
added-photos = Photos: { $count }
added-places = Places: { $count }
attach-dropped = All right, not added.
attach-nowhere = There is no visit of the last 10 minutes to add it to. Log the visit first, then send the photo.
settings =
    Settings
    Reminder hour: { $digest }
    Language: { $language }
    Leave: { $leave }
settings-default-hour = { $hour } (default)
settings-language-zh = 中文
settings-language-en = English
settings-leave-none = none
settings-leave = { $from } to { $until }
button-hour = Reminder hour
button-language = 中文
button-leave-today = On leave today
button-leave-three = Leave: 3 days
button-leave-week = Leave: 7 days
button-leave-end = End leave
ask-hour = At what hour should I remind you each day?
settings-saved = Changed
leave-saved = You are on leave until { $until }; I will not remind you till then.
leave-ended = Your leave has ended; reminders are back.
leave-over = This button is from { $day }; it no longer applies.
button-snooze = Another day
button-mute = Away
button-unmute = Back home
mute-days = { $days } days
example-name = 王老五
