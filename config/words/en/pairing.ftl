# Looking for a therapist, asking them, and what both hear.
match-asked = I've found a therapist who fits and asked whether they have room for you. They have up to { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
} to answer, and I'll write here when they do.
match-asked-next = The therapist I asked could not take you on just now, which says nothing about you. I've asked the next one who fits. They have up to { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
} to answer.
match-none = At the moment there is no therapist here who may work where you are, has room and fits what you need. You keep your place: as soon as somebody can, I'll ask them and write here. The people who run Stillroom know about it. { $help }
match-none-admin = There is no therapist at the moment for a client who waits ({ $client }). Taking on or freeing a therapist makes me look again.
match-found =
    { $therapist } has said yes and will be your therapist.

    Who they are:
    { $card }

    Why I asked them:
    { $reasons }

    I'm inviting you to a private room for the two of you now. You can check the licence in the public register yourself. If it doesn't feel right later on, you can ask for somebody else.

offer-new =
    Somebody is looking for a therapist, and you fit. What they need:
    { $needs }

    Why I'm asking you:
    { $reasons }

    Please answer within { $hours ->
        [one] 1 hour
       *[other] { $hours } hours
    }; after that I ask the next therapist.
offer-question = Do you take on this client?
offer-accept = Yes, I have room
offer-decline = Not this time
offer-hint = You can vote, or write "!accept" or "!decline".
offer-accepted = Thank you. You and { $client } now share a private room; I'm inviting you both. Please say hello there within a day.
offer-declined = Thank you for answering. I'll ask somebody else.
offer-lapsed = You didn't answer a request in time, so I've asked somebody else. If you have no room at the moment, tell the people who run Stillroom.
offer-past = That request is closed. Nothing has changed.
offer-none = There is no request waiting for you.

pair-welcome =
    Welcome, { $client } and { $therapist }. This room is for the two of you. It is encrypted: you two and I, the bot, can read it, and nobody else.

    Why I'm here: to book sessions, remind you, tell { $client } when { $therapist } is away, and show ways to get help. { $detection ->
        [off] Where { $client } is, I don't look for signs of danger in what is written here, so nobody is alerted because of words. I keep no text of what you write. "!crisis" and "I need help now" work at any time.
       *[on] I read each message once to notice certain words that may mean danger. I go by fixed rules, so I can miss things, and I keep no text of what you write. I can't see into pictures, recordings or calls.
    }

    { $client }, you can write here day and night. { $therapist } answers in their working hours, often within a day. This is not an emergency service. { $help }
pair-ended = The two of you are not working together here any more, so nobody may be reading. Write to me in our own room and I'll help you on.
pair-none = I don't see which client or therapist you mean. Please write this in the room that you share.

introduce-reminder = { $client } has been waiting for a first word from you since you were matched. A short hello in your shared room, with what they can expect, helps a lot.

# What a therapist reads before they accept: no name, no contact, no words of the client.
needs-concerns = Looks for help with
needs-specialties = Asked for experience with
needs-ways = Ways of meeting
needs-languages = Languages
needs-place = Place
needs-zone = Time zone

card-licence = Licence
card-licence-line = { $type }, number { $number }, { $place }{ $expires ->
    [none] {""}
   *[other] , valid until { $expires }
}
card-specialties = Works with
card-approaches = Ways of working
card-languages = Languages
card-ways = Ways of meeting
card-about = In their own words

agreement-ask = Next, please propose how you and { $client } will work together by message. It takes about five minutes. { $client } sees it and agrees or wants to talk about it; you can propose a new version at any time with "!boundaries change".
agreement-shown =
    { $therapist } proposes how the two of you will work together:
    { $terms }

    Help in a crisis is never limited by any of this.
agreement-question = Do you agree to work together in this way?
agreement-agree = Yes, I agree
agreement-talk = I'd like to talk about it first
agreement-hint = You can vote, or write "!agree". To talk about it, just write here.
agreement-recorded = Thank you. You have both agreed to version { $version }. Write "!boundaries" to see it at any time.
agreement-talked = That's fine. Please write here what you would like to be different; { $therapist } can propose a new version.
agreement-already = You have agreed to this version already. Write "!boundaries" to see it.
agreement-past = There is a newer version of this now. Write "!boundaries" to see it.
agreement-other-answers = You agreed to this by proposing it. Now the other one of you is asked.
agreement-none = There is no agreement yet. The therapist proposes one, and I'll show it in the room that the two share.
agreement-is-proposed =
    Version { $version }, proposed by { $who } and not agreed yet:
    { $terms }

    { $held ->
        [0] Nothing was agreed before it.
       *[other] Until you both agree, version { $held } holds.
    } Whoever did not propose it can agree with "!agree" in the room that you share.
agreement-is-agreed =
    Version { $version }, agreed by both of you:
    { $terms }
