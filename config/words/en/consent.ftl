# Consent of a client, version 1. What is recorded is the version and a digest of exactly this text: a change
# of meaning is a new version.

consent-text =
    Before we begin, here is what this service is. Please take your time; nothing is asked of you until you agree.

    What it is. People here offer therapy by message, live chat, voice or video. I'm software: I ask questions, find a therapist, keep the calendar and remind. I'm not a therapist, I don't diagnose, and I can't judge how you are.

    What it is not. This is not an emergency service. Nobody watches the messages around the clock, and an answer can take hours or days. If your life or somebody else's may be in danger, call your local emergency number. Write "!crisis" at any time, here or in any of our rooms, to see numbers that you can call or text. That works whatever you answer below.

    Who can read. The room with your therapist is encrypted: you, your therapist and I can read it, and the people who run the server can't. I read each message once to notice certain words that may mean danger. I go by fixed rules, so I can miss things. If I notice such words, I show you numbers to call and tell your therapist and the people on call. In some places the rules there don't let me look for such words; where that is so, I tell you. I keep no text of what you write there.

    What is kept. Your answers to my questions, the times of your sessions, your consents, alerts, and a record of what was done and when. Your answers are encrypted with a key of your own. The people who run this service see what they need to find you a therapist and to keep you safe; a therapist sees what you are looking for, without your name, before they accept.

    The risks of writing. Messages stay on your devices and on your therapist's, so someone who can open your phone can read them. Words on a screen can be misunderstood, because nobody hears a voice or sees a face. A message can go unseen for a while, or a connection can fail. Your therapist may have to tell others if somebody is in danger or where the law asks for it.

    Your choice. Agreeing is voluntary. You can take it back at any time by writing "!withdraw"; from then on I stop asking and matching, and you can ask to have your answers deleted. Help in a crisis depends on none of this.

consent-agree = Do you understand this, and do you agree that I keep and use your answers to find you a therapist?
consent-agree-agree = I understand and I agree
consent-agree-decline = I don't agree
consent-agree-why = Health and feelings are private. I may only keep and use what you tell me if you say yes, knowing what happens with it.
consent-agree-short = Consent
consent-done = Thank you. I've noted your choice.
