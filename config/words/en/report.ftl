# Reports that go to a person who is not the therapist.

report-intro = You can tell here what doesn't feel right, about your therapist, a message, or this service. It goes to people who are not your therapist, and your therapist does not hear that you wrote. Two short questions.

report-named = May the people who read it know that it is from you?
report-named-why = With "yes" they can write to you about it. With "no" they see your words without your name.
report-named-example = Please write "yes" or "no".
report-named-short = With your name

report-matter = What happened, or what would you like them to know?
report-matter-why = A few words are enough. There is no right way to say it.
report-matter-example = For example "My therapist asked me to meet outside, and I don't want to."
report-matter-short = Your words

report-here = You wrote "!report" in the room that you share with the other person, who can see that line. This room is only yours: let's go on here.
report-at-once = You have questions open here, so please write it in one line: "!report" and then your words, such as "!report I'd like to speak with somebody about how my therapist writes." It is sent at once, with your name.
# Somebody who reads a report and gave no name.
report-reader = a person who supervises the therapists here
report-sent =
    Thank you for telling. Your report has the number { $number }. { $count ->
        [one] It is read by { $names }.
       *[other] It is read by these people: { $names }.
    } Your therapist is not told, and is not among them.

    They read it and decide what to do. When they have written what came of it, I tell you here. I can't promise by when. { $help }
report-nobody =
    I kept your report, encrypted, under the number { $number }. But nobody runs this service except people whom it may concern, so I sent it to no one.

    Somebody outside can hear it: the board that gave your therapist the licence (its name and number are on the card that you were shown), or a professional association. { $help }
report-arrived =
    Report number { $number }, in confidence. { $who ->
        [unnamed] From somebody who does not want to be named.
       *[other] From { $who }.
    }{ $therapist ->
        [none] {""}
       *[other] {" "}Their therapist: { $therapist }. Please do not tell the therapist who wrote.
    }

    "{ $words }"

    When you know what is done about it, write "!reports { $number }" and a few words for the one who wrote it.
report-closed = About your report number { $number }, the people who read it write: "{ $words }" If that is not enough, write "!report" again. { $help }
report-closed-noted = Sent to the one who reported it. Report { $number } is closed.
report-list = Open reports: { $numbers }. "!reports 2 your words" tells the one who reported what came of it.
report-list-none = There is no open report for you.
