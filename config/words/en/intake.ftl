# The questions for somebody who looks for a therapist.

intake-intro =
    I'd like to ask you some questions, so that we can find a therapist who suits you. It takes about ten minutes. There are no wrong answers, and you don't have to tell me everything.

    You can write "skip" for most questions, "back" to change something, "why" to know what a question is for, and "pause" to rest. At the end you see all your answers before they are sent.

intake-done = Thank you for telling me all this. It isn't always easy. Your answers are in.

intake-name = What would you like us to call you?
intake-name-why = So that we can address you the way you like. It needn't be your real name. Your therapist will see it.
intake-name-example = A first name or a nickname is enough, such as "Sam".
intake-name-short = Name

intake-birth = When were you born? Your age is enough, if you prefer.
intake-birth-why = This service may not be for every age, so I have to ask. I use it for nothing else.
intake-birth-example = For example "14 May 1990", "1990-05-14" or just "34".
intake-birth-short = Born or age
intake-birth-confirm = I read that as { $answer }, which would make you younger than { $age }. Is that right? Please write "yes" or "no".

intake-country = Which country are you in at the moment?
intake-country-why = A therapist needs a licence for the place where you are. It also tells me which numbers to show you if you ever need help at once.
intake-country-example = For example "Ireland" or "United States".
intake-country-short = Country

intake-region = Which state, province or territory are you in?
intake-region-why = In your country, therapists are licensed by state, province or territory, so I can only suggest those who may work with you there.
intake-region-example = For example "New York", "Ontario" or "Queensland".
intake-region-short = State or province

intake-zone = Which city are you in or near? I only need it for the time zone.
intake-zone-why = So that every time I show you is your own time. I keep only the time zone, not the city.
intake-zone-example = For example "Dublin" or "New York". A time zone such as "Europe/Berlin" works too.
intake-zone-short = Time zone

intake-languages = Which languages would you be comfortable talking in? The one you like best first.
intake-languages-why = I only suggest therapists who speak at least one of them.
intake-languages-example = For example "English" or "Spanish, English".
intake-languages-short = Languages

intake-concerns = What brings you here? Choose as many as fit.
intake-concerns-why = It helps to find somebody who knows about what you're going through. You can tell your therapist more later, or something quite different.
intake-concerns-example = Write the numbers, such as "1, 3 and 5".
intake-concerns-short = What brings you here

intake-story = Would you like to say in your own words what is going on?
intake-story-why = Only if you want to. Your words go to the therapist who takes you on, so that you don't have to begin from nothing.
intake-story-example = A sentence or two is plenty.
intake-story-short = In your words

intake-hopes = What do you hope will be different, if this helps?
intake-hopes-why = It gives you and your therapist something to start from. It's all right not to know yet.
intake-hopes-example = For example "I'd like to sleep again" or "I don't know yet".
intake-hopes-short = Hopes

intake-earlier = Have you had therapy or counselling before?
intake-earlier-why = If it's new to you, your therapist will explain more at the start. Many people who come here have never had any.
intake-earlier-example = Please write "yes" or "no".
intake-earlier-short = Therapy before

intake-helped = What helped you then, and what didn't?
intake-helped-why = So that your new therapist can do more of what helped and less of what didn't.
intake-helped-example = For example "Having somebody listen helped. The worksheets didn't."
intake-helped-short = What helped

intake-thoughts = The next four questions are about your safety. Whatever you answer, you won't be turned away by me. Have you had thoughts of ending your life?
intake-thoughts-why = Many people have such thoughts, and it is all right to say so. If you do, a person here gets to know, so that you find help that is right for you.
intake-thoughts-short = Thoughts of ending your life
intake-thoughts-now = Thank you for telling me. That takes courage, and you don't have to carry it alone. I'm software and can't be with you in this, but people can: please call or text one of the numbers I show you, or your local emergency number if you might act on these thoughts. My questions can wait. When you feel like going on, write "resume".
intake-thoughts-earlier = Thank you for telling me; it isn't easy to say. When you have sent your answers, a person here reads them before anything else happens. If such thoughts come back, write "!crisis" at any time for numbers that you can call or text.
intake-sign-thanks = Thank you for telling me. When you have sent your answers, a person here reads them, so that we find what helps best.

intake-voices = Do you sometimes hear voices or see things that others don't, or feel sure of things that people around you say aren't real?
intake-voices-why = For some experiences, meeting somebody in person helps more than writing. A person here looks at this with you; software doesn't decide it.
intake-voices-short = Hearing or seeing things others don't

intake-substances = Is alcohol or drug use the main thing you want help with?
intake-substances-why = There are services made just for that, and they can be of more help than we are. A person here looks at it with you.
intake-substances-short = Alcohol or drugs as the main concern

intake-crises = In the last three months, did you need urgent help more than once, such as an emergency room, an ambulance or a crisis line?
intake-crises-why = Messages can be answered hours later. If you often need help at once, we want to make sure that you have it.
intake-crises-short = Urgent help more than once lately

intake-ways = How would you like to meet your therapist? Choose as many as you like.
intake-ways-why = Therapists here work in different ways. If you leave this out, any way counts as fine.
intake-ways-short = Ways of meeting

intake-available = When do you usually have time?
intake-available-why = So that your hours and your therapist's have something in common.
intake-available-short = Times

intake-wishes = Do you have wishes about who your therapist is, such as their gender, age, faith or culture, or experience with LGBTQIA+ people?
intake-wishes-why = Some people find it easier to talk to a certain person. If it doesn't matter to you, I leave out five questions.
intake-wishes-example = Please write "yes" or "no".
intake-wishes-short = Wishes about the person

intake-gender = Which gender should your therapist have? You can choose more than one.
intake-gender-why = Some people can talk more freely with one than with another.
intake-gender-short = Their gender
intake-gender-strength = How much does your therapist's gender matter?
intake-gender-strength-why = If you need it, I only suggest therapists who fit. If it would be nice, I suggest those first.
intake-gender-strength-short = How much gender matters

intake-age = How old should your therapist be? You can choose more than one.
intake-age-why = Some people prefer somebody nearer to their own age, some prefer somebody older.
intake-age-short = Their age
intake-age-strength = How much does your therapist's age matter?
intake-age-strength-why = If you need it, I only suggest therapists who fit. If it would be nice, I suggest those first.
intake-age-strength-short = How much age matters

intake-faith = Should your therapist have a certain faith? You can choose more than one.
intake-faith-why = If faith is part of your life, it can help when somebody knows it from within. For others it is a reason to choose somebody without.
intake-faith-short = Their faith
intake-faith-strength = How much does your therapist's faith matter?
intake-faith-strength-why = If you need it, I only suggest therapists who fit. If it would be nice, I suggest those first.
intake-faith-strength-short = How much faith matters

intake-lgbtqia = Would you like somebody who has experience with LGBTQIA+ people?
intake-lgbtqia-why = So that you needn't explain yourself first. Your answer says nothing about you that you don't want to say.
intake-lgbtqia-example = Please write "yes" or "no".
intake-lgbtqia-short = LGBTQIA+ experience
intake-lgbtqia-strength = How much does experience with LGBTQIA+ people matter?
intake-lgbtqia-strength-why = If you need it, I only suggest therapists who have it. If it would be nice, I suggest those first.
intake-lgbtqia-strength-short = How much that matters

intake-culture = Is there a culture or background that your therapist should know well?
intake-culture-why = Being understood without long explanations can make talking easier.
intake-culture-example = For example "Turkish" or "Deaf, Irish". Separate several with commas.
intake-culture-short = Culture
intake-culture-strength = How much does it matter that your therapist knows that culture?
intake-culture-strength-why = If you need it, I only suggest therapists who fit. If it would be nice, I suggest those first.
intake-culture-strength-short = How much culture matters

intake-special = Should your therapist have special experience with something, such as trauma, eating or OCD?
intake-special-why = Some things are best left to somebody who works with them often. If you aren't sure, "no" is fine.
intake-special-example = Please write "yes" or "no".
intake-special-short = Special experience
intake-specialties = What should they have special experience with? Choose as many as you like.
intake-specialties-why = I look for therapists who named it as a specialty of theirs.
intake-specialties-example = Write the numbers, such as "9 and 18".
intake-specialties-short = Experience with
intake-specialties-strength = How much does that special experience matter?
intake-specialties-strength-why = If you need it, I only suggest therapists who have it. If it would be nice, I suggest those first.
intake-specialties-strength-short = How much experience matters

intake-contact = Is there somebody we may call if we are worried about your safety? A name and a phone number.
intake-contact-why = It is only for emergencies, and you can leave it out. Please ask them first, if you can.
intake-contact-example = For example "Alex, my sister, +353 1 234 5678".
intake-contact-short = Somebody to call in an emergency
