# Names and topics are seen by the homeserver and in push messages: nothing in them says what the rooms are for.
room-direct-name = Stillroom
room-direct-topic = You and Stillroom
room-pair-name = Stillroom
room-pair-topic = A private room for two people and the Stillroom bot
room-admin-name = Stillroom desk
room-admin-topic = For the people who run Stillroom
room-oncall-name = Stillroom on call
room-oncall-topic = For the people on call

room-admin-welcome = This is the desk of the people who run Stillroom. New applications, and people who need somebody to look, are announced here. Write "!help" for what you can do. From time to time I post a signed line that starts with the name of this service: it proves later that nothing was taken out of the record. Please leave those lines as they are.
room-oncall-welcome = This is the on-call room. When somebody may be in danger, I write here and mention you. Take an alert with "!ack" and its number; until someone does, the next people are told. Write "!help" for what you can do.

# The one text that goes into an unencrypted room; it holds nothing private. $help is a line with numbers to call.
room-not-encrypted = Please don't write about yourself here: this room is not encrypted, so others could read it. I have invited you to a private, encrypted room with me. Please accept that invitation and write there. { $help }

# The same for somebody who asks for help lines, or needs them, in such a room. $help is the card.
room-not-encrypted-lines =
    { $help }

    Others may be able to read here. I have invited you to a private, encrypted room with me, where you can write more.

room-intruder = Somebody who does not belong in a room ({ $kind }, { $room }) was invited or came in. I am removing them, and I write nothing there until only the right people are in it.
room-lost = A room can't be used any more ({ $kind }, { $room }; reason: { $reason }). I have stopped writing there.
room-pair-lost = The room that you share is not safe to write in any more, so I have stopped writing there, and I don't notice words of danger in it. Please don't write anything private there. The people who run Stillroom have been told and will get in touch. You can always write to me here.
room-pair-other-left = { $name } has left the room that you share. If you did not expect this, write to me here; the room and what you wrote stay as they are.
room-pair-you-left = You have left the room that you shared. If that was by accident, write "!rejoin" and I invite you again. You can write to me here at any time.
room-rejoined = I have invited you again. Please accept the invitation.
room-rejoin-none = There is no room that you have left.

room-unreadable = I can't read your last message: the key that opens it has not reached me. This happens when a device is new or was offline. Nothing in it was seen by me, also no words that may mean danger. Please send it again. If you need help now, write "!crisis".
room-unseen = Thank you. I don't look at pictures, recordings or files, so I see nothing that they show or say. If it is about danger, please write it in words, or write "!crisis".

# Into our own encrypted room, when something came in clear there.
room-in-clear = Your last message reached me without encryption, so it could be read on its way. I have not acted on it. Please look at the settings of your app, and send it again. If you need help now, write "!crisis".

# In somebody's own room, when they wrote in another one.
room-write-here = You wrote to me in another room, where I can't be sure who else reads. I have not acted on it. Please write it here.

# Somebody was invited who does not belong; said once they are out again.
room-intruder-direct = Somebody else was invited into this room or came in. I have removed them: what you tell me is only for just you and me. If you want somebody to help you with this, you can show them what I wrote.
room-intruder-pair = Somebody who does not belong was invited into this room or came in. I have removed them, and the people who run Stillroom have been told.

# The first words in a new room. $reason is why the old one can't be used.
room-replaced = I have opened this new room for us, because { $reason ->
    [roster] somebody else can read in the other one
    [join-rule] others could come into the other one
    [not-encrypted] the other one is not encrypted
   *[other] I can't keep the other one safe
}. Please write here from now on. Nothing that you told me is lost.

# Somebody checks in their app whether the bot is the real one. $emoji: seven small pictures.
room-verify = Your app is checking that I am the real bot of this service. These are the pictures that I see, in this order:

    { $emoji }

    If your app shows the same ones, confirm it there. If they differ, cancel it there, and please tell the people who run this service.
room-verified = Done. Your app knows me now, and warns you if somebody else ever pretends to be me.
