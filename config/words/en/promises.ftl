# By when an answer comes, who waits, what follows when it does not come; messages for later.
promise-expect = You can expect an answer by { $by }. If you need none, write "!noreply".
promise-expect-before = I told you before to expect an answer by { $by }, and that may not hold now. If none has come by then, I'll ask you in our own room what would help.
# Where the two agreed to keep messages to practical things: once a day at most. $next: their next session.
promise-practical = The two of you agreed that messages are for practical things, such as times. If you wrote of something else, it is fine that you wrote it: { $therapist } reads it, and there is time for it { $next ->
    [none] in a session. To see open times, write "!book".
   *[other] in your session: { $next }.
}
# Where the two agreed on no texts between sessions: once a day at most. $next: their next session.
promise-between-sessions = The two of you agreed not to write between sessions. { $therapist } can read what stands here, but an answer may only come { $next ->
    [none] in your next session. None is booked yet: write "!book" to see open times.
   *[other] in your session: { $next }. If that is too long, write "!book" to see open times.
} { $help }

promise-nudge = { $client } has been waiting for an answer from you for { $waiting }, and was told to expect one by { $by }. A line in your shared room is enough: that you have read it, and when you will write more. If it needs no answer, write "!noreply" there, and why; { $client } reads it.
promise-missed-therapist = { $client } was told to expect an answer from you by { $by }, and has not had one. I have told { $client } so and asked what would help. Please write as soon as you can, even if it is a line.
promise-missed-client = You wrote to { $therapist }, and could expect an answer by { $by }. It has not come, and I'm sorry that you are left waiting. I have told { $therapist }. { $help }
promise-remedy-question = What would help you now?
promise-remedy-more = Give it more time
promise-remedy-session = See open times for a session
promise-remedy-switch = Ask for somebody else
promise-remedy-hint = You can vote, or write the number or the words. You don't have to choose anything.
promise-remedy-answered = Nothing that you wrote is waiting any more. Please look into the room that you share with { $therapist }.
promise-remedy-running = That is noted already. I'll write here if no answer comes in that time.
promise-more = All right. You can now expect an answer by { $by }. I have told { $therapist }, and I'll write here if it does not come.
promise-more-open = All right. I can't tell you a time, as I don't know when { $therapist } works next. I have told { $therapist } that you are waiting.
promise-more-therapist = { $client } gives it more time, and was told to expect an answer from you by { $by }.
promise-more-therapist-open = { $client } gives it more time. I could not name a time, as you have no working hours ahead; "!hours" sets them.
promise-switch-asked = I have told the people who run Stillroom that you would like somebody else. They will get in touch with you in person. Until then nothing changes, and the room that you share stays open. { $help }
promise-switch-already = The people who run Stillroom know that you would like somebody else.
promise-switch-admin = { $client } asks for somebody else than { $therapist }, after an answer did not come in time. Please get in touch with them.
promise-missed-supervisor = In the last 30 days, { $count } answers that a client was told to expect from { $therapist } did not come in time. Please talk with { $therapist }. The client was offered more time, a session or somebody else.

promises-own = { $kept ->
    [one] One answer came
   *[other] { $kept } answers came
} in the time that your clients were told, { $missed ->
    [0] and none came late
    [one] and one came late
   *[other] and { $missed } came late
}.
promises-own-none = No client has been told yet to expect an answer from you.
promises-own-unneeded = { $count ->
    [one] One message
   *[other] { $count } messages
} needed no answer, { $left ->
    [0] as clients said
   *[other] { $left } of them as you said
}; that counts as neither.
promises-share = { $share }% of answers came in the time that clients were told.
promises-share-left = Therapists marked { $left ->
    [one] one message
   *[other] { $left } messages
} as needing no answer; that counts as neither.
promises-few = There are not enough pairs yet to show this: below { $fewest } it would be about somebody.

queue =
    Who waits for an answer from you, the longest first:
    { $rows }

    Where nothing needs an answer, write "!noreply", the number and why; your client reads it. For example "!noreply 1 You wrote that you are off to bed. Sleep well."
queue-none = Nobody waits for an answer from you.
queue-all =
    How long people wait for an answer, the longest first:
    { $rows }
queue-all-none = Nobody waits for an answer.
queue-line = { $number }. { $client }: for { $waiting }, answer expected by { $by }
queue-line-missed = { $number }. { $client }: for { $waiting }; the answer was expected by { $by }
queue-line-open = { $number }. { $client }: for { $waiting }, without a time
queue-somebody = Somebody

later-held = I keep your words, encrypted, and post them into the room that you share with { $therapist } when { $therapist } begins work: { $at }. Until then nobody reads them. It is number { $number }: "!later cancel { $number }" takes it back, "!later list" shows what waits.
later-held-here = I'll post your words here again when { $therapist } begins work: { $at }. Please note that what you wrote just now stays visible in this room; you can take it back in your app. To keep something between us until then, write "!later" in our own room. It is number { $number }: "!later cancel { $number }" takes it back.
later-posted =
    { $client } asked me to send this now:

    { $text }
later-empty = Write your words after it, for example: "!later I slept badly and would like to talk about it." I post them into the room that you share when your therapist begins work. "!later list" shows what waits.
later-too-long = That is longer than I can keep ({ $most } letters at most), so I have not kept it. Please shorten it, or send it in two parts.
later-full = I keep { $most } messages for later already, so I have not kept this one. "!later list" shows them, "!later cancel" and a number takes one back.
later-no-hours = I don't know when { $therapist } works next, so I have not kept this. You can write it in the room that you share; it will be read there.
later-list =
    What I'll post for you:
    { $rows }

    "!later cancel" and the number takes one back.
later-line = { $number }: { $at }
later-line-text = { $number }: { $at }: “{ $text }”
later-none = Nothing waits to be sent.
later-which = Which one? Write "!later cancel" and one of these numbers: { $numbers }. Nothing was taken back.
later-cancelled = Taken back: number { $number } will not be sent, and I have deleted it.
later-not-sent =
    I could not send what you asked me to keep, as the two of you don't share a room any more. Nobody has read it. Here it is:

    { $text }

# What needs no answer. Words that say so at the end of a message, and what may politely come after them; with
# semicolons between.
noreply-words = no answer needed; no reply needed; no response needed; no answer necessary; no reply necessary; no response necessary; no need to answer; no need to reply; no need to respond; no need to write back; needs no answer; needs no reply; this needs no answer; this needs no reply; you don't need to answer; you don't need to reply; you don't need to respond; you don't have to answer; you don't have to reply; you don't have to respond; please don't answer; no answer needed please; no reply needed please; no answer needed thanks; no reply needed thanks; no reply needed thank you
noreply-courtesies = thanks; thank you; many thanks; thanks again; good night; goodnight; night; night night; sleep well; bye; take care; x; xx; see you; see you soon; have a good evening; have a nice evening; have a good day
noreply-noted = Noted: you don't wait for an answer to what you wrote so far. { $therapist } reads it all the same, and may answer. When you next write, you hear again by when to expect an answer.
noreply-shared = { $client } says that no answer is needed to what stands here so far.
noreply-nothing = Nothing that you wrote to { $therapist } is waiting for an answer, so there is nothing to change.
noreply-alert = I leave your messages open for now, because I have asked people to look after you. They don't go away by this, and you are no bother to anyone. { $help }
noreply-told = { $therapist } has read what you wrote and thinks that it needs no answer: “{ $reason }” If you would like one after all, just write here; I'll then tell you by when to expect it. { $help }
noreply-done = Noted. { $client } reads in your shared room that you have read it, and why no answer comes. It counts as neither kept nor missed.
noreply-why = Please write why after it, in words that { $client } may read (at most { $most } letters). For example "!noreply 1 You wrote that you are off to bed. Sleep well."; in your shared room, leave the number out. Nothing was changed.
noreply-which = Whom do you mean? Write "!queue" first, then "!noreply", the number that stands there, and why. Or write "!noreply" and why in the room that you share. Nothing was changed.
noreply-nobody = { $client } is not waiting for an answer from you, so nothing was changed.
noreply-alert-therapist = There is an open alert about { $client }, so this can't be left without an answer. Take it first with "!ack". Nothing was changed.
