# What people see when a message may be about danger to life, and what the people who care for them see.

# The card: emergency number, lines, what the buttons do.
crisis-card-emergency = If you or someone else may be in danger right now, call { $number }.
crisis-card-emergency-two = If you or someone else may be in danger right now, call { $ambulance } for an ambulance or { $police } for the police.
crisis-card-emergency-general = If you or someone else may be in danger right now, call the emergency number where you are (in many countries 112 works from a mobile phone), or go to the nearest emergency department.
crisis-card-emergency-text = If you can't speak or hear, you can send a text message to { $number }.
crisis-card-emergency-text-register = If you can't speak or hear, you can send a text message to { $number }. The phone has to be registered first: text "register" to { $number }.
crisis-card-high = This sounds very hard. You don't have to carry it alone. These people are there to talk, whatever it is:
crisis-card-high-alone = This sounds very hard. You don't have to carry it alone. People to talk to, for nearly every country: { $address }
crisis-card-asked = Here is where you can reach someone to talk to, in { $country }.
crisis-card-asked-alone = { $country ->
    [none] People to talk to, for nearly every country: { $address }
   *[other] I know of no line in { $country } that I could check. People to talk to, for nearly every country: { $address }
}
crisis-card-line = { $name }: { $ways }{ $hours ->
    [none] {""}
    [always] . Open day and night.
   *[other] . Open { $hours }, local time.
}
crisis-card-call = call { $number }
crisis-card-call-two = call { $number } or { $other }
crisis-card-text = text { $number }
crisis-card-text-word = text { $word } to { $number }
crisis-card-whatsapp = WhatsApp { $number }
crisis-card-chat = chat at { $address }
crisis-card-sign = sign language at { $address }
crisis-card-unknown = I don't know which country you are in. Write "!crisis" and the country, for example "!crisis Ireland". All countries: { $address }
crisis-card-place = Not in { $country } now? Write "!crisis" and where you are, for example "!crisis Ireland". All countries: { $address }
crisis-card-plan = You have a safety plan. Write "!safetyplan" to see it.
crisis-card-bot = I'm a bot. I can't judge how you are, and nobody watches this room day and night. { $told ->
    [therapist] I'm letting your therapist and the people on call know that you may need someone. I can't say when they will see it, so please don't wait for them if you need help now.
    [team] I'm letting people of this service know that you may need someone. I can't say when they will see it, so please don't wait for them if you need help now.
   *[nobody] I can't reach anyone of this service at the moment, so please don't wait for an answer here.
}

# Concern: a gentle word.
crisis-concern = That sounds heavy. If it becomes too much, there are people you can talk to at any hour: write "!crisis" and I'll show you how to reach them. Your therapist can read what you wrote when they are next here.
crisis-concern-alone = That sounds heavy. If it becomes too much, there are people you can talk to at any hour: write "!crisis" and I'll show you how to reach them.

# The two answers, as a poll and as words.
crisis-poll-question = How is it right now?
crisis-poll-safe = I'm safe
crisis-poll-help = I need help now
# More ways to write the two answers, one a line: at any time, and while somebody was asked how it is.
crisis-need-always =
    I need help right now
    I need help now please
    please help me now
crisis-need-asked =
    need help now
    need help
    I need help
    help
    help me
    please help
    please help me
    I'm not safe
    I am not safe
    no, I'm not safe
    not safe
crisis-safe-asked =
    I am safe
    I'm safe now
    I am safe now
    yes, I'm safe
    safe
crisis-safe = Thank you for telling me. The people who care for you still know about this and can come back to it with you. If it changes, write "I need help now" or "!crisis" at any time.
crisis-help = It's good that you said it. If you can't make that call yourself, ask someone near you to. If you can, move away from anything you could hurt yourself with, and go where other people are.
crisis-help-told = { $count ->
    [0] I can't reach anyone of this service at the moment, so please don't wait for an answer here.
    [one] I'm telling one person of this service that you need help now. I can't say when they will see it, so please don't wait for them.
   *[other] I'm telling { $count } people of this service that you need help now. I can't say when they will see it, so please don't wait for them.
}
crisis-help-lines = These people are there for you to talk or write to:
crisis-help-nobody = So far nobody of this service has answered. That is not because of you. I keep trying, and I write here as soon as somebody has seen it. Please don't wait for that: at the numbers in this room people do answer.
crisis-acknowledged = { $name } has seen that you need someone. I can't say how soon they will write or call. If you need help before that, write "!crisis" for numbers where people answer.

# While a card of help lines rests, to somebody who writes on and has nobody but the bot in the room.
crisis-passed-on = I've passed this on as well. Please don't stay alone with it: the numbers above are there for you now, and "!crisis" shows them again.

# On demand only, or switched off, where the operator or the law of the place says so.
crisis-detection-off = Please know: where you are now, I don't look for signs of danger in what you write, so nobody is told because of your words alone. "!crisis" shows you where to find help, and "I need help now" tells people of this service. Both work at any time.
crisis-detection-on-demand = Please know: where you are now, I watch for signs of danger only when you ask. Nobody is told because of your words alone. Write "!crisis" to see where to find help, or "I need help now" to have people of this service told. Both work at any time.
crisis-detection-on = Where you are now, I look again for words that may mean danger. If I notice some, I show you where to find help and tell your therapist and the people on call.
crisis-detection-of = { $client } has told me where they are now. { $looks ->
    [yes] There I look for words that may mean danger again, and call you if I notice some.
   *[no] There I don't look for words that may mean danger, so please don't rely on an alert from me. They can still ask for help, and then I call you.
}
crisis-blind = Please know what I can't see: voice messages, pictures, files, calls, messages that I can't decrypt, and rooms where I am not. If you are in danger, nobody hears of it through me from those. Please write it here in words, or write "!crisis".

# The day after, if the therapist wants it asked.
crisis-follow-up-question = Things were very hard. How is it today?
crisis-follow-up-how = You can vote, or write "I'm safe" or "I need help now". Your therapist hears what you answer.
crisis-follow-up-thanks = Thank you for telling me. I pass it on to your therapist. If it changes, write "I need help now" or "!crisis" at any time.
crisis-follow-up-offer = Shall I ask { $name } tomorrow how they are? You hear what they answer, and also if they don't answer.
crisis-follow-up-yes = Yes, ask tomorrow
crisis-follow-up-no = No, I'll do it myself
crisis-follow-up-hint = With "!followup on" I always ask, with "!followup off" I never do.
crisis-follow-up-agreed = I'll ask { $name } tomorrow at ten in the morning, by their clock, and tell you what they answer.
crisis-follow-up-declined = I won't ask { $name }. They may hope to hear from you.
crisis-follow-up-answer-safe = { $name } answered "I'm safe" when I asked how it is today. That is what they say; only you can judge it.
crisis-follow-up-answer-need = { $name } answered "I need help now" when I asked how it is today. An alert is on its way to you and to the people on call.
crisis-follow-up-silent = { $name } has not answered my question how it is today. That says nothing about how they are. Please get in touch with them.
crisis-follow-up-set-on = The day after an alert about a client of yours was taken, I ask them how they are and tell you. "!followup off" ends that; "!followup ask" has me ask you each time.
crisis-follow-up-set-off = I don't ask your clients how they are after an alert. "!followup on" has me do it; "!followup ask" has me ask you each time.
crisis-follow-up-set-ask = Each time an alert about a client of yours was taken, I ask you whether to ask them the next day how they are. "!followup on" means always, "!followup off" never.

# To the people on duty. No words of the person are repeated.
crisis-alert-title = { $severity ->
    [emergency] Emergency
    [high] Possible crisis
   *[concern] Concern
} (alert { $number })
crisis-alert-body = { $source ->
    [asked] { $name } asks for help now.
    [answer] { $name } gave an answer in a questionnaire that may mean danger ({ $categories }).
   *[message] { $name } wrote something that may mean danger ({ $categories }).
} Please get in touch with them. They have been shown { $place ->
    [unknown] general help; I don't know their country.
   *[other] the lines for { $place }{ $sure ->
        [yes] .
       *[no] ; I don't know whether they are there.
    }
}
crisis-alert-acknowledge = To take this on, write "!ack { $number }". Until someone does, the next person is told in { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
crisis-alert-help = { $name } answered "I need help now" (alert { $number }).
crisis-alert-safe = { $name } answered "I'm safe" (alert { $number }). The alert stays open until someone has spoken with them.
crisis-alert-more = { $name } wrote again (alert { $number }): { $count ->
    [one] 1 more message
   *[other] { $count } more messages
} that may mean danger.
crisis-alert-escalated = Nobody has taken alert { $number } yet. You are next in the chain.
crisis-alert-early = You are told of alert { $number } before your turn, because I can't reach those before you.
crisis-alert-unreached = I can't reach { $name } ({ $role ->
    [oncall] on call
    [supervisor] supervisor
    [therapist] therapist
   *[admin] admin
}) about alert { $number }: { $why ->
    [left] they left their room with me
    [never] they have not accepted my invitation
   *[unsafe] their room with me can't be used
}. { $next ->
    [nobody] I can't reach anybody else either. Please get in touch with them, or take it with "!ack { $number }".
   *[told] I have not waited for them and told the next. Please get in touch with them another way.
}
crisis-alert-again = Alert { $number } is still open: last time nobody in the chain has taken it.
crisis-alert-therapist-away = Their therapist is away at the moment, so please don't count on them.
crisis-alert-plan = They share a safety plan with you: "!safetyplan" shows it.
crisis-alert-silent = Nobody in the chain has taken alert { $number }. The person knows that nobody could be reached, and has been shown the lines again. I begin again from the start of the chain in { $minutes } minutes, until someone writes "!ack { $number }".
crisis-alert-taken = { $name } has taken alert { $number }.
crisis-alert-taken-already = Alert { $number } was already taken by { $name }.
crisis-alert-closed = { $name } has closed alert { $number }.
crisis-alert-follow-up = I have asked { $name } how it is today, as you wanted after the alert. I write here what they answer, and also if they don't. It doesn't replace a word from you.

crisis-category-suicide = suicide
crisis-category-self-harm = self-harm
crisis-category-harm-to-others = harm to others
crisis-category-abuse = being harmed by someone
crisis-category-medical = overdose or injury

crisis-country-unknown = I couldn't make out the country. Its name or its two letters work best, for example "!crisis Ireland" or "!crisis IE".
