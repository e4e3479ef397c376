# Hello, and what somebody hears who comes back. $help is a line or two with numbers to call.
greeting-hello =
    Hello. I'm the bot of Stillroom, a place for talking with a therapist by message, chat, voice or video. I'm software: I ask questions, find you a therapist, keep the calendar and remind you. People do the rest.

    This is not an emergency service, and nobody watches this room day and night. { $help }

    You can write "!help" or "!crisis" at any time.
greeting-back = Welcome back. Let's go on where we were.
greeting-new = Hello. Write "!start" when you'd like to begin. { $help }
greeting-consented = Welcome back. Write "!start" to go on with my questions. { $help }
greeting-waiting = I have your answers and I'm looking for a therapist for you. I'll write here as soon as somebody says yes. I'm a bot, so I can't talk with you about how you are. { $help }
greeting-referred = A person here is reading your answers before anything else happens, and I'll write here when they have. I'm a bot, so I can't talk with you about how you are. { $help }
greeting-matched = Your therapist reads what you write in the room that you share. Here it's only me, the bot: write "!help" for what I can do. { $help }
greeting-minor = I'm sorry that I can't find you a therapist here: this service is for { $age ->
    [18] adults
   *[other] people of { $age } and older
}. { $help }
greeting-applied = Your application is with the people who run Stillroom. I'll write here when they have answered. { $help }
greeting-refused = Your application was answered. If something has changed, write to the people who run Stillroom. { $help }
greeting-therapist = Hello { $name }. This is your desk: requests, reminders and alerts about your clients come here. Write "!help" for what you can do.
greeting-staff = Hello. You help to run Stillroom. This room is only for you and me; alerts and applications come to the shared rooms. Write "!help" for what you can do.
joining-closed = Hello. I'm the bot of Stillroom. New people can join by invitation only at the moment, so I can't find you a therapist here yet. Help in a crisis is for everybody: { $help }
joining-open = You can join now. Write "!start" when you'd like to begin. { $help }

consent-declined = That's all right. I haven't kept any answers about how you are. If you change your mind, write "!start". { $help }
withdraw-done = Done. Your consent has ended: I stop asking and matching from now on. What you answered is still kept; to have it deleted, write to the people who run Stillroom. { $help }
withdraw-none = There is no consent to take back. Nothing about how you are is kept here.

intake-minor = Thank you for telling me, and for coming here. This service is for { $age ->
    [18] adults
   *[other] people of { $age } and older
}, so I can't find you a therapist here. I have not kept your answers. You still deserve someone to talk to, and there are people who are there for you now: { $help }
intake-stopped = I've stopped asking, and the answers that you had not sent are not used. Write "!start" if you want to begin again. { $help }
intake-referred = Before I look for a therapist, a person here will read what you told me, so that you get what really suits you. You have not been turned away. I'll write here when they have looked. I can't say exactly when, so please don't wait for it if things get worse. { $help }

somebody = somebody
help-short = If you or somebody else may be in danger, call { $number }. To talk to someone: { $name }, { $call }. For more ways, write "!crisis".
help-short-general = { $emergency } For people to talk to, write "!crisis".
not-handled = I'm sorry, something went wrong on my side and I could not deal with your last message. It has been noted, without its words, for the people who run Stillroom. Please try again in a moment. If you need help now, write "!crisis".

poll-taken-back = You took your vote back, so nothing is decided. Vote again when you like, or type your answer.
poll-past = That question is closed. Write "!help" for what I can do.
form-is-over = Those questions are finished, so this changes nothing. Write "!help" for what I can do.
form-asked = I've put the questions into the client's own room with me.
edit-unused = I saw that you edited a message. It was not an answer to my open questions, so nothing has changed. Please write it as a new message. If you need help now, write "!crisis".
