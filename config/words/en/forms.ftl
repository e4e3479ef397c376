# What the questionnaires say around their questions.

forms-progress = Question { $number } of { $total }
forms-progress-about = Question { $number } of about { $total }

forms-how-one = Answer with the number or the words.
forms-how-both = You can tap an answer in the poll, or write its number or its words. Whichever is easier.
forms-how-several = You can choose more than one: write the numbers, such as "1, 3 and 5", or the words.
forms-how-skip = You can write "skip" to leave this one out.
forms-so-far = Your answer so far: “{ $answer }”. Write a new one, or "continue" to keep it.

forms-noted = I understood: { $answer }. If that's not right, write "back".
forms-corrected = Changed. { $question }: { $answer }
forms-correction-unclear = I saw that you edited an earlier message ({ $question }), but I couldn't read the new text as an answer. Your earlier answer still stands.
forms-closed-answer = That answer can't be changed by editing any more. Write "review" to see your answers and change one.
forms-closed = These questions are closed, so that answer was not added.

forms-meant = Did you mean “{ $answer }”? Please write "yes" or "no".
forms-meant-which =
    I could read that in more than one way. Which one do you mean?

    { $options }

    Please write the number, or "no" if it is none of these.
forms-choices =
    The choices are:
    { $options }
forms-again = All right, let's try again.
forms-trimmed = That was longer than the { $limit } characters I can keep here. I kept the beginning, up to “{ $last }”. To shorten it in your own words, write "back" and answer again. The rest can wait for your first conversation with a person.

forms-changed = These questions have changed since you began. Your answers that still fit are kept, and I go on from here.

forms-empty = I couldn't find any words in that message. The question is still open.
forms-unclear-too-long = That message is { $length } characters long, and I can take up to { $limit } for this question. Could you write it shorter?
forms-unclear-choice = I couldn't match that to one of the choices. Please write the number or the words of the choice that fits best.
forms-unclear-choice-part = I couldn't match “{ $part }” to one of the choices. Please write the number or the words of the choice that fits best.
forms-unclear-only-one = I can take only one choice for this question. Please write the number of the one that fits best.
forms-unclear-exclusive = “{ $choice }” doesn't go together with another choice. Please write either that one alone, or the others.
forms-unclear-yes-no = I couldn't read that as yes or no.
forms-unclear-date = I couldn't read that as a date.
forms-unclear-date-past = That date is in the future. For this question I need one that has already been.
forms-unclear-date-future = That date has already passed. For this question I need one that is still to come.
forms-unclear-date-any = I couldn't read that as a date.
forms-unclear-birth = I couldn't read that as a date of birth or an age.
forms-unclear-birth-range = That can't be a date of birth or an age, as far as I can tell.
forms-unclear-number = I couldn't find one whole number in that.
forms-unclear-number-range = I need a whole number from { $least } to { $most }.
forms-unclear-country = I don't know a country by that name.
forms-unclear-region = I couldn't find a state or province by that name in the country you gave.
forms-unclear-zone = I couldn't tell a time zone from that.
forms-unclear-language = I don't know a language called “{ $part }”.
forms-unclear-languages = I couldn't find a language in that.
forms-unclear-hours = I couldn't read that as days and hours.

forms-required = I need an answer to this one to go on.
forms-first = This is the first question, so there is nothing before it.
forms-pause = Paused. Your answers are kept. Write "resume" whenever you like; there is no hurry.
forms-paused = The questions are paused and your answers are kept. Write "resume" to go on where you were, or "stop" to end them.
forms-resume = Welcome back. Your answers are still here.
forms-stop-sure = Do you want to stop for good? Your answers will not be sent to anyone. Write "yes" to stop or "no" to go on. If you only need a rest, write "pause" and I'll keep your place.
forms-stopped = I've stopped. Nothing was sent to anyone.
forms-stop-sure-flagged = Do you want to stop for good? Your answers will not be sent, apart from what I already said I would pass on. Write "yes" to stop or "no" to go on. If you only need a rest, write "pause" and I'll keep your place.
forms-stopped-flagged = I've stopped. Your answers were not sent, apart from what I already said I would pass on.
forms-past = That question is past, so I left its answer as it is. To change it, write "back" or "review". The one I'm asking now is this:
forms-past-review = That question is past, so I left its answer as it is. To change it, write its number from the list.
forms-vote-back = You took your vote back, so the question is still open.
forms-not-complete = There are still questions open before this can be sent.

forms-help =
    While I ask, these words always work:
    back: go to the question before
    skip: leave a question out
    why: what the question is for
    review: see your answers and change one
    pause and resume: take a break, and go on later
    stop: end the questions

    I'm software and can't hold a conversation. If you might be in danger or need help right now, write "!crisis" for numbers to call or text.

forms-review = Here is what you told me:
forms-review-line = { $number }. { $label }: { $answer }
forms-review-send = If this is right, write "send". To change an answer, write its number.
forms-review-open = To change an answer, write its number. Write "continue" to go on with the questions.
forms-review-how = Please write the number of the answer you want to change, or "send" if all is right. If questions are still open, "continue" goes on with them.
forms-review-empty = There are no answers yet.
forms-skipped = left out

## Labels of shared choices (config/forms/choices.yaml)

choice-yes-no-yes = Yes
choice-yes-no-no = No

choice-concern-anxiety = Anxiety or worry
choice-concern-depression = Low mood or depression
choice-concern-stress = Stress
choice-concern-burnout = Exhaustion or burnout
choice-concern-grief = Grief or loss
choice-concern-relationships = Relationship with a partner
choice-concern-family = Family
choice-concern-parenting = Being a parent
choice-concern-trauma = Trauma
choice-concern-abuse = Violence or abuse
choice-concern-sleep = Sleep
choice-concern-self-esteem = Self-esteem
choice-concern-loneliness = Loneliness
choice-concern-anger = Anger
choice-concern-eating = Eating
choice-concern-body-image = How I see my body
choice-concern-addiction = Alcohol, drugs or another addiction
choice-concern-ocd = Obsessive thoughts or compulsions
choice-concern-panic = Panic attacks
choice-concern-bipolar = Bipolar disorder
choice-concern-adhd = ADHD
choice-concern-autism = Autism
choice-concern-self-harm = Hurting myself
choice-concern-psychosis = Psychosis
choice-concern-chronic-illness = Illness or pain
choice-concern-life-changes = Big changes in life
choice-concern-work = Work or study
choice-concern-identity = Who I am
choice-concern-sexuality = Sexuality
choice-concern-migration = Moving to another country
choice-concern-faith = Faith
choice-concern-other = Something else

choice-approach-cbt = Cognitive behavioural therapy (CBT)
choice-approach-dbt = Dialectical behaviour therapy (DBT)
choice-approach-act = Acceptance and commitment therapy (ACT)
choice-approach-psychodynamic = Psychodynamic
choice-approach-person-centred = Person-centred
choice-approach-systemic = Systemic or family therapy
choice-approach-emdr = EMDR
choice-approach-schema = Schema therapy
choice-approach-solution-focused = Solution-focused
choice-approach-motivational = Motivational interviewing
choice-approach-mindfulness = Mindfulness-based
choice-approach-interpersonal = Interpersonal
choice-approach-gestalt = Gestalt
choice-approach-narrative = Narrative
choice-approach-other = Another approach

choice-way-message = Messages, answered in hours or days
choice-way-chat = Live chat at a set time
choice-way-voice = Voice call
choice-way-video = Video call

choice-gender-woman = Woman
choice-gender-man = Man
choice-gender-nonbinary = Non-binary

choice-age-range-under-35 = Under 35
choice-age-range-35-49 = 35 to 49
choice-age-range-50-64 = 50 to 64
choice-age-range-65-over = 65 or older

choice-faith-buddhist = Buddhist
choice-faith-christian = Christian
choice-faith-hindu = Hindu
choice-faith-jewish = Jewish
choice-faith-muslim = Muslim
choice-faith-sikh = Sikh
choice-faith-none = No religion
choice-faith-other = Another faith

choice-part-of-day-morning = Mornings
choice-part-of-day-afternoon = Afternoons
choice-part-of-day-evening = Evenings
choice-part-of-day-night = Late at night
choice-part-of-day-weekend = Weekends
choice-part-of-day-any = Any time

choice-strength-hard = I need this
choice-strength-soft = It would be nice

choice-licence-psychologist = Psychologist
choice-licence-counsellor = Professional counsellor
choice-licence-social-worker = Clinical social worker
choice-licence-family-therapist = Marriage and family therapist
choice-licence-psychotherapist = Psychotherapist
choice-licence-psychiatrist = Psychiatrist
choice-licence-other = Another licence

choice-frequency-not-at-all = Not at all
choice-frequency-several-days = Several days
choice-frequency-more-than-half = More than half the days
choice-frequency-nearly-every-day = Nearly every day

choice-difficulty-not-difficult = Not difficult at all
choice-difficulty-somewhat = Somewhat difficult
choice-difficulty-very = Very difficult
choice-difficulty-extremely = Extremely difficult

choice-stars-r1 = 1 of 5: not good
choice-stars-r2 = 2 of 5
choice-stars-r3 = 3 of 5
choice-stars-r4 = 4 of 5
choice-stars-r5 = 5 of 5: very good

choice-any = It doesn't matter

choice-sign-no = No
choice-sign-yes = Yes
choice-sign-unsure = I'm not sure

choice-thoughts-no = No
choice-thoughts-earlier = Yes, lately or in the past, but not now
choice-thoughts-now = Yes, now
choice-thoughts-unsaid = I'd rather not say

choice-currency-USD = US dollars
choice-currency-EUR = Euros
choice-currency-GBP = Pounds sterling
choice-currency-CAD = Canadian dollars
choice-currency-AUD = Australian dollars
choice-currency-NZD = New Zealand dollars
choice-currency-CHF = Swiss francs
