# Boundaries between client and therapist: private nudges, warnings about links, what the two agreed on.

boundaries-kind-contact = exchanging contact details
boundaries-kind-meeting = meeting outside
boundaries-kind-gift = gifts
boundaries-kind-romance = romantic words
boundaries-kind-friendship = friendship
boundaries-kind-payment = money outside the service
boundaries-kind-link = other sites
boundaries-kind-privacy = private data sent in unsafe ways

boundaries-why-contact = It seems to be about reaching each other outside this room. There, nobody can see that an answer is due, nothing is kept for you, and help lines can't be shown.
boundaries-why-meeting = It seems to be about meeting outside your sessions. Therapy is safest when it stays where both know what it is for.
boundaries-why-gift = It seems to be about a gift. Gifts can make it harder to say what needs saying, for either of you.
boundaries-why-romance = { $writer ->
    [therapist] It sounds romantic, or about how your client looks. Even meant kindly, this can hurt somebody who trusts you.
   *[client] It sounds like romantic feelings. They are common in therapy and nothing to be ashamed of; they are good to talk about in a session. They can't become a relationship.
}
boundaries-why-friendship = { $writer ->
    [therapist] It sounds like friendship, or like something to be kept between the two of you. A client should always be free to speak with others about their therapy.
   *[client] It sounds like friendship. Feeling close is part of good therapy; it stays a working relationship so that it can be all about you.
}
boundaries-why-payment = It seems to be about money that doesn't go through this service. Then nobody can help if something goes wrong with it.
boundaries-why-link = It seems to lead to another site. What happens there isn't covered by what the two of you agreed on.
boundaries-why-privacy = It seems to be about private data by a way that others may read. In this room it is encrypted.

boundaries-nudge-client =
    About your last message to { $other }: { $reason }

    Your message was delivered as it is, and nobody else was told. I go by fixed rules and may well be wrong.
boundaries-nudge-therapist =
    About your last message to { $other }: { $reason }

    Your message was delivered as it is. I go by fixed rules and may be wrong. I keep no text, only that this kind came up; if it does so three times in 30 days, a supervisor hears the kind and the count.
boundaries-nudge-therapist-grave =
    About your last message to { $other }: { $reason }

    Your message was delivered as it is. I go by fixed rules and may be wrong. With this kind a supervisor hears the first time that it came up, without a word of what you wrote. It helps to speak with them soon.
# What the two agreed on where a message touches it: the label of the term and what they chose.
boundaries-nudge-agreed = The two of you agreed: { $agreed }. "!boundaries" shows all of it.
boundaries-nudge-raised = A supervisor was told now: the kind and how often, not your words.
boundaries-fine-question = Shall I tell you again when it comes up?
boundaries-fine-noted = Yes, thank you
boundaries-fine-is = This is fine for us
boundaries-fine-hint = If it is fine between the two of you, you can also write "!fine".
boundaries-thanks = Thank you.
boundaries-fine-done = { $writer ->
    [therapist] I say nothing about { $kind } between the two of you until { $until }. Grave cases are still passed on to a supervisor, and so is a kind that comes up again and again.
   *[client] I say nothing about { $kind } between the two of you until { $until }. If it ever stops feeling right, "!report" reaches a person who is not your therapist.
}
boundaries-fine-nothing = There is nothing open that I nudged you about. You can name a kind: { $kinds }. For example "!fine gifts".

boundaries-raised = { $grave ->
    [yes] Something that { $therapist } wrote to { $client } may have gone beyond what therapy allows: { $kind }. { $count ->
        [one] It is the first time in 30 days.
       *[other] It came up on { $count } days within 30.
    } The rule counts this kind as grave.
   *[no] Messages of { $therapist } to { $client } came close to a boundary on { $count } days within 30: { $kind }. Each was nudged or called fine by one of them.
} I go by fixed rules, may be wrong, and keep no text. Please speak with { $therapist }; if you see a reason to, also with the client.

boundaries-link-meeting = A meeting link to { $host } was sent here. It does not belong to this service: others may run it, and who is in that room is not known here. Please agree on it first. I can't say if it is safe.
boundaries-link-hidden = A shortened link ({ $host }) was sent here. Where it leads can't be seen from it. Please ask what it is before you open it, or send the full address.
boundaries-link-lookalike = Careful: a link here leads to { $host }, which looks like the address of somebody else. Please don't open it or enter anything there before the two of you have checked who sent it and why.

boundaries-topic = { $therapist } and you agreed to keep "{ $topic }" for sessions. Your message was delivered as it is, and you did nothing wrong. If it can't wait, keep writing, or look for an earlier session with "!book". { $help }
