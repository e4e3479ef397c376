# What `!help` shows, and answers to commands. How to write a command comes first in its line.
help =
    You can write:
    { $commands }

    { $help }
command-help = !help: this list
command-crisis = !crisis: numbers to call or text, here or in another country ("!crisis Ireland")
command-about = !about: what this is, what I read and what I keep
command-start = !start: begin, or go on where you stopped
command-withdraw = !withdraw: take your consent back
command-rejoin = !rejoin: be invited again into a room that you left
command-needhelp = !needhelp: say that you need help now
command-safetyplan = !safetyplan: see or begin your safety plan; "!safetyplan change" changes it
command-followup = !followup: whether I ask your clients how they are the day after an alert ("!followup on")
command-safe = !safe: answer that you are safe
command-book = !book: see open times; "!book 2" or "!book tomorrow at 3 pm" takes one
command-sessions = !sessions: what is booked
command-cancel = !cancel: call a session off
command-boundaries = !boundaries: what the two of you agreed on; "!boundaries history" for all versions, "!boundaries change" to propose something else
command-agree = !agree: agree to what the other one of you proposed
command-fine = !fine: what I nudged you about is fine between the two of you
command-report = !report: tell people who are not your therapist, in private
command-reports = !reports: reports that wait for you; "!reports 2 your words" tells what came of one
command-phq9 = !phq9: nine questions about the last two weeks
command-gad7 = !gad7: seven questions about worry in the last two weeks
command-language = !language: the language I use with you ("!language English")
command-zone = !zone: the clock I use for you ("!zone Lisbon")
command-place = !place: the country you are in now ("!place France")
command-later = !later your words: have them sent when your therapist is back; "!later list" shows what waits
command-noreply = !noreply: what you wrote needs no answer; therapists add the number from "!queue", and why
command-hours = !hours: when the therapist works; therapists set it ("!hours Mon-Thu 9-17", "!hours 24 Dec closed")
command-away = !away: when you are away ("!away 3-14 Aug"; "!away off" ends it)
command-checktimes = !checktimes: when in the day you look at messages ("!checktimes 9:00, 13:00")
command-noanswers = !noanswers: days with sessions but without answers ("!noanswers Wed")
command-queue = !queue: who waits for an answer, and how long
command-promises = !promises: how many answers came in time
command-accept = !accept: take on the client I asked you about
command-decline = !decline: don't take them on
command-ack = !ack 3: take an alert
command-close = !close 3: close an alert when somebody has spoken with the person
command-alerts = !alerts: alerts that are not closed
command-duty = !duty: who is called about an alert, and whom I can't reach
command-applications = !applications: therapists who wait for an answer
command-application = !application 3: read an application
command-approve = !approve 3: take a therapist on, once you have checked the licence in its register
command-refuse = !refuse 3 reason: don't take them on; the applicant sees the reason
command-case = !case 2: somebody for whom a person decides; "!case 2 match" or "!case 2 refer your words"
command-invite = !invite @name:example.org: let somebody join who otherwise could not
command-uninvite = !uninvite @name:example.org: take that back
command-audit = !audit: check that the record of who did what is whole

command-refused = "!{ $command }" is not for you to use here. If you think it should be, ask the people who run Stillroom. Nothing was changed. { $help }
command-elsewhere = "!{ $command }" does not work in this room. { $where ->
    [pair] Please write it in the room that you share with the other person.
    [admin] Please write it in the room of the people who run Stillroom.
    [oncall] Please write it in the on-call room.
   *[direct] Please write it in your own room with me.
}
record-refused = That is not for you to see or change, so I did nothing. If you think it should be, ask the people who run Stillroom. { $help }
command-unknown-near = I don't know "!{ $word }". Did you mean "!{ $nearest }"? "!help" shows what you can write. { $help }
command-unknown = I don't know "!{ $word }". "!help" shows what you can write. { $help }

about =
    Stillroom brings people and therapists together, in private encrypted rooms. I'm its bot: software that asks questions, finds therapists, keeps the calendar, reminds, and shows ways to get help.

    What I read: every message in rooms where I am, once, to notice { $detection ->
        [on] commands and words that may mean danger. I go by fixed rules, so I can miss things, and I keep no text of messages.
        [off] commands. I keep no text of messages. Where you are now I don't look for words that may mean danger; "!crisis" and "I need help now" work at any time.
       *[on-demand] commands. I keep no text of messages. Where you are now I look for danger only when you ask: "!crisis" and "I need help now" work at any time.
    }

    { $blind }

    What I keep: your answers to my questions, encrypted with a key of your own; the times of sessions; consents; alerts; and a record of what was done and when. There is no advertising and no tracking.

    This is not an emergency service. Write "!crisis" at any time for numbers to call or text.

language-set = From now on I write to you in { $name }.
language-unknown = I can write in: { $languages }. For example "!language English".
zone-set = Your clock is now { $zone }. It is { $now }.
zone-unknown = I don't know that place or zone. Please write a larger city near you, for example "!zone Lisbon", or a zone such as "!zone Europe/Lisbon".
place-set = Noted: you are in { $place } now. { $help }
place-unknown = I don't know that country. Please write its name, for example "!place France".

crisis-team = Somebody of the care team
crisis-category-asked = asked for help
crisis-poll-hint = You can vote, or write "I'm safe" or "I need help now".
crisis-check-nothing-open = Thank you for telling me. { $help }

ack-done = You have taken alert { $number }. The person has been told that you have seen it. Close it with "!close { $number }" when somebody has spoken with them.
close-done = Alert { $number } is closed.
close-first-ack = Alert { $number } has not been taken yet. Take it first with "!ack { $number }".
alert-which = Which one? Write "!{ $command }" and a number: { $numbers }.
alert-none = There is no open alert.
alerts =
    Alerts that are not closed:
    { $rows }
alerts-line-open = { $number }: { $severity }, since { $since }, nobody has taken it
alerts-line-acknowledged = { $number }: { $severity }, since { $since }, taken
alert-severity-concern = concern
alert-severity-high = possible crisis
alert-severity-emergency = emergency

application-new = A therapist has applied: application { $number }. Read it with "!application { $number }", then "!approve { $number }" or "!refuse { $number } reason". Please check the licence in its public register first.
application-shown =
    Application { $number }, from { $mxid }:
    { $answers }

    Please check the licence in its public register. Then write "!approve { $number }", or "!refuse { $number }" and a reason that the applicant will see.
application-which = Which one? Write "!{ $command }" and a number: { $numbers }.
application-answered = Application { $number } has been answered already.
application-own = You can't decide on your own application. Another admin has to.
applications = Waiting for an answer: { $numbers }. Read one with "!application" and its number.
applications-none = No application is waiting.
application-approved = Welcome, { $name }. Your application was approved, and you can be matched with clients from now on. This room is your desk: requests, reminders and alerts come here. Write "!help" for what you can do.
application-refused =
    Thank you for applying. Your application was not accepted. The people who run Stillroom wrote:
    { $reason }
approve-done = Approved: { $name } (application { $number }) can be matched from now on.
refuse-why = Please add a reason; the applicant will see it. For example "!refuse { $number } The licence has expired."
refuse-done = Refused: application { $number }. The applicant has your reason.

invite-done = { $mxid } can join now. Whoever has written to me before hears so from me. I don't write to anybody else first: please ask them to start a chat with me, { $bot }, and I go on from there.
invite-far = { $mxid } belongs to another homeserver, and the rooms of this service are only for people of its own. Nobody was invited. The setting is "federate", below "homeserver".
uninvite-done = { $mxid } can't join any more.
uninvite-begun = Done. { $mxid } has begun already and stays; only the invitation is gone.
uninvite-open = Done, but { $mxid } can still join: the settings let them.
uninvite-none = { $mxid } was not invited by a command. Invitations in the settings are taken back there.
matrix-id-which = Please add a Matrix id, for example "!{ $command } @somebody:example.org". Several can stand in one line.
matrix-id-wrong = "{ $word }" is no Matrix id; one looks like @somebody:example.org. I have done nothing. Please write "!{ $command }" again.
matrix-id-many = These are more than { $count } at once. I have done nothing; please write fewer in one line.

case-new = A client's answers show that a person should decide whether therapy by text suits them: case { $number } ({ $flags }). Read it with "!case { $number }".
case-shown =
    Case { $number }, from { $mxid }:
    { $answers }

    To look for a therapist here, write "!case { $number } match". To recommend something else, write "!case { $number } refer" and your words to the client.
case-which = Which one? Write "!case" and a number: { $numbers }.
case-none = No case is waiting.
case-matched = I'm looking for a therapist for case { $number } now.
case-referred = Done. The client of case { $number } has your words and the help lines.
case-accepted = A person here has read your answers. Therapy here can suit you, so I'm looking for a therapist now.
case-referred-client =
    A person here has read your answers and thinks that something else will help you better than therapy by text. They wrote:
    { $words }

    { $help }

audit-good = The record is whole: { $size } entries, nothing changed, missing or added.
audit-broken = The record does not verify ({ $fault }) among { $size } entries. Please stop the service, keep all files as they are, and run "stillroom audit verify" with the lines that I posted in this room.

# Who would be called about an alert.
duty =
    Who is called about an alert:
    { $rows }
duty-line = - { $name } ({ $role ->
    [oncall] on call
    [supervisor] supervisor
    [therapist] therapist
   *[admin] admin
}): { $why ->
    [none] I can reach them
    [left] not reachable: they left their room with me
    [unsafe] not reachable: their room with me can't be used
   *[never] not reachable: they have not accepted my invitation
}
duty-unreachable = I can't reach { $name }: { $why ->
    [left] they have left
   *[never] for an hour they have not accepted my invitation to
} { $kind ->
    [oncall] the on-call room
    [admin] this desk
   *[direct] their room with me
}. An alert would go past them to the next in the chain. Please ask them to accept my invitation. "!duty" shows who can be reached.
