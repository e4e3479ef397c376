# How a pair wants to work together, proposed by the therapist.

agreement-intro =
    These questions make a proposal of how the two of you work together by text. Your client sees it and can agree or ask to talk about it first. It can be changed later; every version is kept.

agreement-done = Thank you. I show your proposal to your client now.

agreement-mode-logistics = Logistics only: times, links, homework
agreement-mode-messages = Therapy by message
agreement-mode-dbt = DBT coaching between sessions
agreement-level-off = No texts between sessions
agreement-level-logistics = Texts about logistics
agreement-level-full = Any agreed topic by text
agreement-phone-none = No phone number is exchanged
agreement-phone-logistics = Only for times and changes
agreement-phone-fallback = Only if a call here fails
agreement-outside-none = No contact outside this service
agreement-outside-chance = If we meet by chance, the client decides whether to greet
agreement-private-topics-room = They may be written in this encrypted room
agreement-private-topics-session = They are kept for live sessions

agreement-mode = What are messages between you for?
agreement-mode-why = It sets what both of you can expect of messages.
agreement-mode-short = Messages are for

agreement-level = How much texting between sessions suits this client for now?
agreement-level-why = It can be more or less later. It is reviewed on the day that you set.
agreement-level-short = Texting between sessions

agreement-topics-fine = Which topics are fine by text?
agreement-topics-fine-why = So that your client knows what they can write about at any time.
agreement-topics-fine-example = For example "sleep, homework, how the week went".
agreement-topics-fine-short = Fine by text

agreement-topics-off = Which topics are better kept for a session?
agreement-topics-off-why = Some things need a voice. Crisis help is never off-limits and is not affected by this.
agreement-topics-off-example = For example "trauma details, big decisions".
agreement-topics-off-short = Kept for sessions

agreement-hours = In which hours do you answer messages?
agreement-hours-why = Your client is told when you are back if they write outside them.
agreement-hours-example = For example "Mon-Fri 9:00-17:00".
agreement-hours-short = Answer hours

agreement-answer-time = Within how many working hours do you answer?
agreement-answer-time-why = Your client sees it as what to expect. I remind you before it passes.
agreement-answer-time-example = A whole number from 1 to 72, such as "24".
agreement-answer-time-short = Working hours until an answer

agreement-phone = If a phone number is exchanged, what is it for?
agreement-phone-why = A number that is meant for one thing can easily become another.
agreement-phone-short = Phone number

agreement-outside = What about contact outside this service?
agreement-outside-why = So that neither of you has to guess when it happens. Friendship and private meetings are not part of it.
agreement-outside-short = Contact outside

agreement-private-topics = Where do confidential matters belong?
agreement-private-topics-why = Devices can be seen by others, even where the way between them is encrypted.
agreement-private-topics-short = Confidential matters

agreement-review-on = When shall the two of you look at this again?
agreement-review-on-why = I remind both of you on that day.
agreement-review-on-example = For example "1 March 2027" or "2027-03-01".
agreement-review-on-short = Look at it again on

agreement-by-service = set by the service
agreement-dbt = In DBT coaching some pairs pause coaching for 24 hours after self-harm. Help in a crisis is never part of that pause: "!crisis" and the help lines are there at any time.
agreement-history-agreed = Version { $version }: agreed by both of you { $at }
agreement-history-proposed = Version { $version }: proposed { $at }, not agreed
agreement-wish-empty = There is nothing agreed yet that you could change. Write what you would like after it, for example "!boundaries propose I'd like to write about work as well".
agreement-wish-sent = I passed it on to { $therapist }, who can propose a new version. Until you both agree to it, the present one holds.
agreement-wish =
    { $client } would like to change what the two of you agreed on:
    "{ $words }"

    Write "!boundaries change" to propose a new version.
agreement-as-last-time = As last time
agreement-from-scratch = From the first question
agreement-template-question = What shall the new proposal to { $client } begin with? You can correct every line before it is sent.
agreement-template-hint = You can also write, for example, "!boundaries change dbt".
agreement-review =
    Today is the day on which the two of you wanted to look at your agreement again. This is version { $version }:
    { $terms }

    It holds on as it is. If something should be different, either of you can write "!boundaries change".

# What a client would like to be different, in their own room.
agreement-client-intro =
    This is what the two of you agreed on, as far as you can propose to change it. Write the number of a line to change it, and "send" when it is as you would like it. Your therapist sees it then, and agrees or talks about it with you. Until you both agree, the present version holds.
agreement-client-done = Thank you. I show your proposal to your therapist now.
agreement-client-level = How much would you like to write between sessions?
agreement-client-level-why = Some people need more of it, some less, and it can change.
agreement-client-topics-fine = Which topics would you like to be fine by text?
agreement-client-topics-fine-why = So that you need not wonder whether you may write about something.
agreement-client-topics-fine-example = For example "sleep, homework, how the week went".
agreement-client-topics-off = Which topics would you rather keep for a session?
agreement-client-topics-off-why = Some things need a voice. Help in a crisis is never affected by this.
agreement-client-topics-off-example = For example "my father, big decisions".
agreement-client-phone = If a phone number is exchanged, what is it for?
agreement-client-phone-why = A number that is meant for one thing can easily become another.
agreement-client-outside = What about contact outside this service?
agreement-client-outside-why = So that neither of you has to guess when it happens.
agreement-client-private-topics = Where would you like confidential matters to be?
agreement-client-private-topics-why = If others can see your phone or computer, a session may be safer.
agreement-client-review-on = When shall the two of you look at this again?
agreement-client-review-on-why = I remind both of you on that day.
agreement-client-review-on-example = For example "1 March 2027" or "2027-03-01".

agreement-change-here = I have put it into your own room with me, so that you can think it over there.
agreement-shown-by-client =
    { $client } would like the two of you to work together in this way:
    { $terms }

    Help in a crisis is never limited by any of this.
agreement-client-proposed = { $client } proposes a change to what the two of you agreed on. It stands in the room that you share. To agree, write "!agree" there; to propose something else, "!boundaries change".
agreement-talked-therapist = That's fine. Please write here what you see differently, or propose another version with "!boundaries change".
