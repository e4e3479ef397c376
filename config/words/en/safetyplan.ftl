# A safety plan. Structure: Stanley and Brown 2012 (see config/forms/safetyplan.yaml); the words are our own.

safetyplan-intro =
    A safety plan is a short list, in your own words, of what helps you when it gets very dark. You make it in a calmer moment, so that you don't have to think of it in a hard one.

    There are seven questions. Short answers are good. You can skip any of them, stop, and change everything later. It is kept encrypted with a key of your own, and nobody else sees it unless you say so at the end. Many people make it together with their therapist; you can do that too.

    If things are dark right now, leave this for later and write "I need help now" or "!crisis".
safetyplan-done = Your plan is kept. Write "!safetyplan" at any time to see it.

safetyplan-signs = How do you notice that a hard time is coming?
safetyplan-signs-why = The earlier you notice, the more of the plan can still help. Signs can be thoughts, feelings, something in your body, or something that you do or stop doing.
safetyplan-signs-example = For example "I stop answering friends, I lie awake, I think that nobody would miss me".
safetyplan-signs-short = How I notice it

safetyplan-coping = What can you do by yourself to get through the next minutes?
safetyplan-coping-why = Small things that need nobody else, and that have helped before, if only a little.
safetyplan-coping-example = For example "a cold shower, walk around the block, the playlist from Lisbon".
safetyplan-coping-short = What I can do by myself

safetyplan-distraction = Which people and places take your mind off it?
safetyplan-distraction-why = You don't have to tell anybody how you are. Being near people, or somewhere else, can be enough.
safetyplan-distraction-example = For example "call Jo about football, sit in the library café".
safetyplan-distraction-short = People and places that take my mind off it

safetyplan-people = Whom can you tell that you need help?
safetyplan-people-why = People you trust. It helps to write their number next to the name, so that you don't have to look for it then.
safetyplan-people-example = For example "my sister Ana, 0170 000 000".
safetyplan-people-short = People I can ask for help

safetyplan-professionals = Which professionals or services can you reach, and how?
safetyplan-professionals-why = A doctor, a therapist, a clinic, a line that answers day and night. I add the numbers for the country where you are whenever I show you the plan.
safetyplan-professionals-example = For example "Dr. Keller in our room, the clinic in Main Street, open at night".
safetyplan-professionals-short = Professionals and services

safetyplan-safer = How can the place where you are be made safer?
safetyplan-safer-why = The worst moments often pass. Distance from anything you could hurt yourself with gives them time to pass. You don't have to name it here; write what you, or somebody you trust, will do.
safetyplan-safer-example = For example "Ana keeps the key to the cupboard, I go to the living room".
safetyplan-safer-short = Making my place safer

safetyplan-reason = What is one thing that is worth living for?
safetyplan-reason-why = It can be small. In a dark hour it is good to read it in your own words.
safetyplan-reason-example = For example "my cat, seeing the sea again".
safetyplan-reason-short = Worth living for

# Showing and changing it. $help is the sentence with the emergency number and a line to call.
safetyplan-shown =
    Your safety plan. Start at the top, and go on to the next step when one isn't enough:

    { $plan }

    { $help }

    { $shared ->
        [yes] Your therapist can see it; "!safetyplan private" ends that.
       *[no] Nobody but you sees it; "!safetyplan share" shows it to your therapist.
    } To change it, write "!safetyplan change".
safetyplan-empty = You have a safety plan without any answers yet. Write "!safetyplan change" to add some. { $help }
safetyplan-in-direct = I've put it into your own room with me, so that only you see it there.
safetyplan-after-form = Other questions are open here. Please finish them first, or write "stop" to end them; then write the same again. If you need help now, write "!crisis".
safetyplan-usage = Write "!safetyplan" to see or begin your plan, "!safetyplan change" to change it, "!safetyplan share" to let your therapist see it, or "!safetyplan private" so that nobody else does.
safetyplan-none = There is no safety plan yet. Write "!safetyplan" to begin one.

# Sharing it.
safetyplan-share-question = May your therapist see this plan?
safetyplan-share-yes = Yes, share it
safetyplan-share-no = No, keep it to myself
safetyplan-share-hint = You can vote, or write the words. You can change your mind at any time.
safetyplan-share-done = Your therapist can see your plan now. "!safetyplan private" ends that.
safetyplan-share-alone = You have no therapist here at the moment, so nobody sees the plan but you. Write "!safetyplan share" once you have one.
safetyplan-private-done = Nobody but you sees your plan now. What your therapist has read before, they may remember.

# To the therapist.
safetyplan-shared-with-you = { $client } shares their safety plan with you:
safetyplan-changed-for-you = { $client } has changed the safety plan that they share with you:
safetyplan-withdrawn-for-you = { $client } does not share their safety plan with you any more. Please don't use what you have seen of it without talking about it with them.
safetyplan-not-shared = There is no safety plan that a client of yours shares with you. Clients decide that themselves with "!safetyplan share".
