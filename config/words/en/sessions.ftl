# Booking, reminders, start and end. Reminders say nothing that would matter on a locked screen.
book-question = When would you like to meet { $therapist }? ({ $minutes } minutes, { $way }; all times are { $zone })
book-hint = You can vote, write the number now, or write a time, such as "!book tomorrow at 3 pm".
book-none = { $therapist } has no open times in the coming two weeks. You can write in the room that you share and ask.
book-taken = That time is not open any more. Write "!book" to see the times that are.
book-unclear = { $wrong } Nothing was booked. Write "!book" to see open times.
book-enough = You have { $number } sessions booked already, which is the most at one time. Write "!sessions" to see them, or "!cancel" to free one.
book-done = Booked: { $when }, { $minutes } minutes with { $other } ({ $way }). I'll remind you a day, an hour and ten minutes before. If something comes up, write "!cancel".
book-done-here = Booked. You both have the time and a calendar file in your own room with me.
session-cancelled = Called off: { $when } with { $other }. Write "!book" for another time.
sessions =
    Booked:
    { $rows }
sessions-line = { $when }, with { $other } ({ $way })
sessions-none = Nothing is booked. Write "!book" to see open times.
cancel-which = Which one? Write "!cancel" and a number from 1 to { $most }; "!sessions" shows the numbers.
cancel-done-here = Called off. You both have a message about it in your own room with me.

reminder-session-day-before-client = Tomorrow: { $when }, with { $other } ({ $way }). If there is something that you want to have time for, you can write it in the room that you share. If you can't come, write "!cancel" as early as you can, so that the time can go to somebody else.
reminder-session-day-before-therapist = Tomorrow: { $when }, with { $other } ({ $way }). { $other } has been asked whether anything should be on the agenda.
reminder-session-hour-before-client = In an hour: { $when }, with { $other } ({ $way }). A quiet place where nobody listens in, headphones and a charged device help. If you are in another country than usual, write "!place" and its name.
reminder-session-hour-before-therapist = In an hour: { $when }, with { $other } ({ $way }).
reminder-session-ten-minutes-client = In ten minutes: { $when }, with { $other } ({ $way }). The room that you share is the place.
reminder-session-ten-minutes-therapist = In ten minutes: { $when }, with { $other } ({ $way }). The room that you share is the place.
reminder-short = Soon: { $when }, with { $other } ({ $way }).

session-starts-chat = It's time: your { $minutes } minutes of live chat begin now, here in this room. { $help }
session-starts-message = It's time: your { $minutes } minutes begin now, here in this room. { $help }
session-starts-voice = It's time: your { $minutes } minutes begin now. You can start a call in this room; use it for voice. If the connection fails, write here instead. { $help }
session-starts-video = It's time: your { $minutes } minutes begin now. You can start a call in this room. If the connection fails, write here instead. { $help }
session-starts-elsewhere = It's time: your { $minutes } minutes begin now. Calls don't work inside this room, so please meet in the way that the two of you have agreed on. If that fails, write here instead. { $help }
session-ends = The time of this session is over. Writing here goes on as before.
session-notes-reminder = Your session with { $client } is over. This is a good moment for your notes, in your own records outside this room.

score-new = { $client } has filled in the { $form }: { $total } points{ $band ->
    [none] .
   *[other] , in the range that its authors call "{ $band }".
} The answers are theirs to talk about with you.
form-name-phq9 = PHQ-9
form-name-gad7 = GAD-7
score-band-minimal = minimal
score-band-mild = mild
score-band-moderate = moderate
score-band-moderately-severe = moderately severe
score-band-severe = severe
