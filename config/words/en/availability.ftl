# When a therapist is there: what clients are told, and how therapists set it.

# The one notice of a quiet period. Its parts stand below each other, help lines last.
availability-quiet = { $therapist } is not at the desk now and will look at messages next: { $next }. Your message is here and will be read then.
availability-quiet-later = To have something sent only when they are back, write "!later" and your words to me in our own room.
availability-quiet-open-end = { $therapist } is not at the desk now, and I don't know when they will be back. Your message is here and will be read. If you would rather not wait, write "!help" to me in our own room.
# Just after a card of help lines. $next: when they look next.
availability-quiet-alarm = { $next ->
    [unknown] { $therapist } is not at the desk now, and I don't know when they will be back.
   *[other] { $therapist } is not at the desk now; they look at messages next: { $next }.
} I'm telling them and others about this all the same. Please don't wait if you need help now: the numbers are in this room, and "!crisis" shows them again.
availability-quiet-away = { $therapist } left this note: { $text }
availability-quiet-hours =
    When { $therapist } answers you, on your clock:
    { $hours }

# What the hours hold beside the week.
hours-change =
    From { $day }, when the clocks change:
    { $week }
hours-agreed =
    Messages between the two of you are answered, as you agreed:
    { $hours }
hours-change-agreed =
    From { $day }, when the clocks change, messages are answered:
    { $week }
hours-exception = { $day }: { $hours }
hours-exception-closed = { $day }: closed
hours-holiday = { $day }: closed (public holiday)
hours-away = Away from { $first } to { $last }
hours-away-day = Away on { $first }
hours-check-times = Messages are looked at around { $times }.
hours-no-answers = Sessions, but no answers to messages: { $days }

hours-are =
    Your hours:
    { $week }

    To change them, write for example "!hours Mon-Thu 9-17, Fri 9-12", or for one day "!hours 24 Dec 9-12" or "!hours 24 Dec closed". See also "!away", "!checktimes" and "!noanswers".
hours-set =
    Your hours are now:
    { $week }

    Clients see them on their own clock.
# After a therapist has set hours: clients with whom they agreed on narrower ones, and on ones that can't be kept.
hours-agreed-narrower = With some clients you agreed on narrower hours for answers, and those still hold for them: { $clients }. To change them, write "!boundaries change" in the room that you share.
hours-agreed-lost = Nothing of these hours lies in the hours for answers that you agreed on with: { $clients }. Until you both agree on others, your hours as you set them count. To propose others, write "!boundaries change" in the room that you share.
hours-unclear = { $wrong } Nothing was changed.
hours-day-unclear = I read { $day }, but not the hours after it. Please write one day and its hours, for example "!hours 24 Dec 9-12", "!hours 24 Dec closed", or "!hours 24 Dec usual" to have the usual hours back. For several days away, write "!away". Nothing was changed.
hours-day-past = { $day } is over already. Nothing was changed. Please write a day that is still to come, for example "!hours 24 Dec closed".
hours-of =
    { $therapist }'s hours on your clock:
    { $week }

    You can write at any time. What is written outside the hours is read in them.
hours-theirs = These hours are { $therapist }'s to change, so nothing was changed.
hours-none = I don't know any hours yet.

checktimes-set = Noted: clients who write outside your hours hear that you look at messages around { $times } on the days that you work.
checktimes-off = Noted: you look at messages all through your working hours.
checktimes-are = You look at messages around { $times } on the days that you work. To change it, write for example "!checktimes 9:00, 13:00, 16:30", or "!checktimes off".
checktimes-none = You have set no times; you look at messages all through your working hours. To set some, write for example "!checktimes 9:00, 13:00, 16:30".
checktimes-unclear = I could not read “{ $part }” as times of the day. Nothing was changed. Please write for example "!checktimes 9:00, 13:00, 16:30", or "!checktimes off".

noanswers-set = Noted: no answers to messages on { $days }. Sessions can still be booked on those days, and clients who write then hear when you look next.
noanswers-off = Noted: you answer messages on every day that you work.
noanswers-are = No answers to messages on { $days }. To change it, write for example "!noanswers Wed, Fri", or "!noanswers off".
noanswers-none = You answer messages on every day that you work. For days with sessions but without answers, write for example "!noanswers Wed".
noanswers-unclear = I could not read “{ $part }” as days. Nothing was changed. Please write for example "!noanswers Wed, Fri", or "!noanswers off".
noanswers-all = Then no day with answers would be left, and your clients would wait without end. Nothing was changed. If you are not there for a while, write "!away".

away-set = Noted: you are away from { $first } to { $last }. Clients who write in that time hear when you are back. To end it earlier, write "!away off".
away-set-day = Noted: you are away on { $first }. Clients who write in that time hear when you are back. To end it earlier, write "!away off".
away-sessions = { $count ->
    [one] One session is
   *[other] { $count } sessions are
} booked in that time and still stand. "!sessions" shows them, "!cancel" calls one off.
away-waiting = { $count ->
    [one] One person waits
   *[other] { $count } people wait
} for an answer from you at the moment: "!queue".
away-promised = { $count ->
    [one] One of them was
   *[other] { $count } of them were
} told to expect it while you are away. A line before you go, saying when you will write, spares them the wait.
away-unclear = { $wrong } Nothing was changed.
away-list =
    You are away:
    { $rows }

    "!away off" and the number ends one of them. To add one, write for example: !away 3-14 Aug "Back on the 15th"
away-line = { $number }. { $first } to { $last }
away-line-day = { $number }. { $first }
away-line-text = { $line } (“{ $text }”)
away-none = No absence is noted. To note one, write for example: !away 3-14 Aug "Back on the 15th"
away-which = Which one? Write "!away off" and a number from 1 to { $most }; "!away" shows the list. Nothing was changed.
away-ended = Noted: you are back. Clients see your usual hours again.
away-dropped = Noted: you are not away from { $first } to { $last } after all.
away-dropped-day = Noted: you are not away on { $first } after all.
