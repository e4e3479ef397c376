# Why two people were brought together, and why somebody could not be proposed.

# To the client: why this therapist. Only what the therapist's profile card shows.
match-reason-licence = They are licensed to work with people where you are.
match-reason-concerns = They work with { $concern }.
match-reason-approach = They work in a way that you asked for: { $approach }.
match-reason-gender = They fit what you said about your therapist’s gender.
match-reason-lgbtqia = They have experience in working with LGBTQIA+ people.
match-reason-cost = A session costs no more than you said.
match-reason-wishes = They meet { $met } of the { $asked } wishes that you told us.

# To both.
match-reason-language = You both speak { $language }.
match-reason-ways = You can meet { $way }.
match-reason-hours = { $hours ->
    [one] You have about one hour a week in common.
   *[other] You have about { $hours } hours a week in common.
}

# To the therapist: why this client. Nothing about wishes, money or place.
match-reason-therapist-licence = Your licence covers the place where they are.
match-reason-therapist-concerns = They look for help in your field: { $concern }.

# To admins: why a therapist could not be proposed.
match-ineligible-not-accepting = takes no new clients at present
match-ineligible-full = has no room for another client
match-ineligible-declined = was asked before, or the client asked for somebody else
match-ineligible-licence-none = has no licence on record
match-ineligible-licence-elsewhere = has no licence for the client’s place
match-ineligible-licence-region-unknown = it is not known in which state or province the client is
match-ineligible-licence-unverified = the licence has not been checked against the register yet
match-ineligible-licence-expired = the licence has expired
match-ineligible-licence-compact-closed = the compact cannot be used between the two states at present
match-ineligible-licence-authority-missing = has no authority or privilege under the compact for the client’s state
match-ineligible-licence-authority-expired = the authority under the compact has expired
match-ineligible-language = no language in common
match-ineligible-way = no way of meeting in common
match-ineligible-gender = the client needs another gender
match-ineligible-age = the client needs another age
match-ineligible-faith = the client needs another faith
match-ineligible-lgbtqia = the client needs experience in working with LGBTQIA+ people
match-ineligible-culture = the client needs another culture
match-ineligible-specialty = a specialty that the client needs is missing
match-ineligible-cost = costs more than the client can pay, or in another currency

# Labels inside a sentence.
match-concern-anxiety = anxiety
match-concern-depression = low mood or depression
match-concern-stress = stress
match-concern-burnout = burnout
match-concern-grief = grief
match-concern-relationships = relationships
match-concern-family = family
match-concern-parenting = being a parent
match-concern-trauma = trauma
match-concern-sleep = sleep
match-concern-self-esteem = self-esteem
match-concern-anger = anger
match-concern-eating = eating
match-concern-body-image = body image
match-concern-addiction = addiction
match-concern-ocd = obsessions or compulsions
match-concern-panic = panic
match-concern-bipolar = bipolar disorder
match-concern-adhd = ADHD
match-concern-autism = autism
match-concern-self-harm = self-harm
match-concern-psychosis = psychosis
match-concern-chronic-illness = living with illness or pain
match-concern-life-changes = big changes in life
match-concern-work = work or study
match-concern-loneliness = loneliness
match-concern-identity = identity
match-concern-sexuality = sexuality
match-concern-abuse = violence or abuse
match-concern-migration = living in a new country
match-concern-faith = faith
match-concern-other = something else

match-approach-cbt = cognitive behavioural therapy
match-approach-dbt = dialectical behaviour therapy
match-approach-act = acceptance and commitment therapy
match-approach-psychodynamic = psychodynamic therapy
match-approach-person-centred = person-centred therapy
match-approach-systemic = systemic therapy
match-approach-emdr = EMDR
match-approach-schema = schema therapy
match-approach-solution-focused = solution-focused therapy
match-approach-motivational = motivational interviewing
match-approach-mindfulness = mindfulness
match-approach-interpersonal = interpersonal therapy
match-approach-gestalt = gestalt therapy
match-approach-narrative = narrative therapy
match-approach-other = another approach

match-way-message = by message
match-way-chat = in live chat
match-way-voice = by voice call
match-way-video = by video call

match-licence-psychologist = psychologist
match-licence-counsellor = counsellor
match-licence-social-worker = social worker
match-licence-family-therapist = family therapist
match-licence-psychotherapist = psychotherapist
match-licence-psychiatrist = psychiatrist
match-licence-other = another profession
