# What people see when a message may be about danger to life, and what the people who care for them see.

# The card: emergency number, lines, what the buttons do.
crisis-card-emergency = If your life or someone else's is in danger right now, call { $number }.
crisis-card-emergency-two = If your life or someone else's is in danger right now, call { $ambulance } for an ambulance or { $police } for the police.
crisis-card-emergency-general = If your life or someone else's is in danger right now, call the emergency number where you are (in many countries 112 works from a mobile phone), or go to the nearest emergency department.
crisis-card-emergency-text = If you can't speak or hear, you can send a text message to { $number }.
crisis-card-emergency-text-register = If you can't speak or hear, you can send a text message to { $number }. The phone has to be registered first: text "register" to { $number }.
crisis-card-high = It sounds as if things are very hard right now. You don't have to carry this alone. These people are there to talk, whatever it is:
crisis-card-asked = Here is where you can reach someone to talk to{ $country ->
    [none] .
   *[other] , in { $country }.
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
crisis-card-directory = Lines in other countries: { $address }
crisis-card-unknown = I don't know which country you are in right now. Tell me with "!crisis" and the country, for example "!crisis Ireland". Lines all over the world: { $address }
crisis-card-place = Not in { $country } right now? Write "!crisis" and the country where you are, for example "!crisis Ireland".
crisis-card-plan = You have a safety plan. Write "!safetyplan" to see it.
crisis-card-bot = I am a bot. I can't judge how you are and nobody watches this room day and night. { $told ->
    [yes] I have let your therapist know that you may need someone. I can't promise when they answer, so please don't wait for it if you need help now.
   *[no] Please don't wait for an answer here if you need help now.
}

# Concern: a gentle word.
crisis-concern = That sounds heavy. If it ever becomes too much, there are people you can talk to at any hour. Write "!crisis" and I'll show you how to reach them. Your therapist can read what you wrote when they are next here.
crisis-concern-alone = That sounds heavy. If it ever becomes too much, there are people you can talk to at any hour. Write "!crisis" and I'll show you how to reach them.

# The two answers, as a poll and as words.
crisis-poll-question = How is it right now?
crisis-poll-safe = I'm safe
crisis-poll-help = I need help now
crisis-poll-fallback =
    How is it right now? You can answer with the number or the words:
    1. I'm safe
    2. I need help now
crisis-safe = Thank you for telling me. The people who care for you still know about this and can come back to it with you. If it changes, write "I need help now" or "!crisis" at any time.
crisis-help = Please call { $number } now, or ask someone near you to call. If you can, move away from anything you could hurt yourself with, and go where other people are.
crisis-help-general = Please call the emergency number where you are now, or ask someone near you to call. If you can, move away from anything you could hurt yourself with, and go where other people are.
crisis-help-told = I have told { $count ->
    [one] one person of your care team
   *[other] { $count } people of your care team
} that you need help now. I can't promise how soon they see it, so please make the call and don't wait.
crisis-help-nobody = I could not reach anyone of your care team so far. Please don't wait for them: these numbers are answered now.
crisis-acknowledged = { $name } has seen that you need someone and will be in touch. If you need help before that, please use the numbers above.

# On demand only, or switched off, where the operator or the law of the place says so.
crisis-off = In this service I don't look for signs of danger in messages. "!crisis" shows you at any time where to find help.
crisis-blind = Please know what I can't see: voice messages, pictures, messages I can't decrypt, and rooms I am not in. "!crisis" works at any time.

# To the people on duty. No words of the person are repeated.
crisis-alert-title = { $severity ->
    [emergency] Emergency
    [high] Possible crisis
   *[concern] Concern
} (alert { $number })
crisis-alert-body = { $name } wrote something that may mean danger ({ $categories }). Please read the room and get in touch. They have been shown { $place ->
    [unknown] general help; their country is not known.
   *[other] the lines for { $place }.
}
crisis-alert-acknowledge = To take this on, write "!ack { $number }". Until someone does, the next person is told in { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
crisis-alert-help = { $name } chose "I need help now".
crisis-alert-safe = { $name } answered "I'm safe". The alert stays open until someone has spoken with them.
crisis-alert-more = { $name } wrote again in the same episode ({ $count ->
    [one] 1 more message
   *[other] { $count } more messages
}).
crisis-alert-escalated = Nobody has taken alert { $number } yet. You are next in the chain.
crisis-alert-silent = Nobody in the chain has taken alert { $number }. All admins have been told, and the client has been shown the lines again.
crisis-alert-taken = { $name } has taken alert { $number }.
crisis-alert-taken-already = Alert { $number } was already taken by { $name }.
crisis-alert-unknown = There is no open alert { $number }. Write "!alerts" to see the open ones.
crisis-alert-follow-up = Yesterday there was an alert about { $name }. You agreed to a follow-up: please get in touch with them today.

crisis-category-suicide = suicide
crisis-category-self-harm = self-harm
crisis-category-harm-to-others = harm to others
crisis-category-abuse = being harmed by someone
crisis-category-medical = overdose or injury

crisis-country-unknown = I don't know a country called "{ $text }". Try its name or its two letters, for example "!crisis Ireland" or "!crisis IE". Lines all over the world: { $address }
