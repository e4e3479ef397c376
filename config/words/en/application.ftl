# The questions for a therapist who applies.

application-intro =
    Thank you for wanting to work here. I'm software: I collect your application, and a person who runs this service reads and checks it.

    It takes about ten minutes. "back", "skip", "why", "pause" and "review" always work, and at the end you see everything before it is sent.

application-done = Thank you. Your application is in. A person checks your licence against the public register before clients can see you.

application-name = Which name should clients see?
application-name-why = Clients look it up with your licence, so it should be the name on your licence.
application-name-example = For example "Dr. Maria Keller".
application-name-short = Name shown

application-licence-type = Which licence do you hold? You can add a second one afterwards.
application-licence-type-why = The profession decides where you may work and which compacts apply.
application-licence-type-short = Licence

application-licence-number = What is your licence number?
application-licence-number-why = It is compared with the public register, and clients can check it too.
application-licence-number-example = As it stands in the register, such as "PSY 12345".
application-licence-number-short = Licence number

application-licence-country = Which country is it from?
application-licence-country-why = A licence holds for the place where the client is, so I need to know where yours holds.
application-licence-country-example = For example "United States" or "Germany".
application-licence-country-short = Country of licence

application-licence-region = Which state, province or territory is it from?
application-licence-region-why = In that country licences hold by state, province or territory.
application-licence-region-example = For example "New York", "Ontario" or "Queensland".
application-licence-region-short = State or province of licence

application-licence-expires = Until when is it valid? If your register gives no end, write "skip".
application-licence-expires-why = After that day I suggest no new clients to you until you renew it.
application-licence-expires-example = For example "31 March 2028" or "2028-03-31".
application-licence-expires-short = Valid until

application-psypact = Do you hold an Authority to Practice Interjurisdictional Telepsychology (APIT) from PSYPACT?
application-psypact-why = With it you may work with clients in other PSYPACT states.
application-psypact-example = Please write "yes" or "no".
application-psypact-short = PSYPACT authority

application-licence-more = Do you hold a second licence that you want to add?
application-licence-more-why = A second licence can open another country, state or province.
application-licence-more-example = Please write "yes" or "no".
application-licence-more-short = Second licence

application-licence2-type = Which licence is the second one?
application-licence2-type-why = The profession decides where you may work and which compacts apply.
application-licence2-type-short = Second licence: type

application-licence2-number = What is the number of your second licence?
application-licence2-number-why = It is compared with the public register, and clients can check it too.
application-licence2-number-example = As it stands in the register, such as "LCSW 54321".
application-licence2-number-short = Second licence: number

application-licence2-country = Which country is the second licence from?
application-licence2-country-why = A licence holds for the place where the client is.
application-licence2-country-example = For example "Canada" or "Austria".
application-licence2-country-short = Second licence: country

application-licence2-region = Which state, province or territory is the second licence from?
application-licence2-region-why = In that country licences hold by state, province or territory.
application-licence2-region-example = For example "New Jersey", "Quebec" or "Victoria".
application-licence2-region-short = Second licence: state or province

application-licence2-expires = Until when is the second licence valid? If your register gives no end, write "skip".
application-licence2-expires-why = After that day I suggest no new clients under it until you renew it.
application-licence2-expires-example = For example "31 March 2028" or "2028-03-31".
application-licence2-expires-short = Second licence: valid until

application-specialties = What do you work with often and well?
application-specialties-why = Clients who ask for one of these are more likely to be suggested to you.
application-specialties-example = Write the numbers, such as "1, 3 and 9".
application-specialties-short = Specialties

application-approaches = Which approaches do you work with?
application-approaches-why = Clients see them on your card.
application-approaches-example = Write the numbers, such as "1 and 3".
application-approaches-short = Approaches

application-languages = In which languages do you offer therapy?
application-languages-why = Clients are only suggested to therapists who speak one of their languages.
application-languages-example = For example "English" or "English, Spanish".
application-languages-short = Languages

application-about = Please tell clients about yourself, in a few sentences.
application-about-why = It is what clients read first. It needn't be long.
application-about-example = For example how you work and what a first conversation with you is like.
application-about-short = About you

application-gender = What is your gender? Only if you want to share it.
application-gender-why = Some clients wish for a therapist of a certain gender.
application-gender-short = Gender

application-age = How old are you? Only if you want to share it.
application-age-why = Some clients wish for a therapist of a certain age.
application-age-short = Age

application-faith = Do you have a faith that clients may know of? Only if you want to share it.
application-faith-why = Some clients wish for a therapist of a certain faith, or of none.
application-faith-short = Faith

application-lgbtqia = Do you have experience in working with LGBTQIA+ people?
application-lgbtqia-why = Some clients wish for it. It asks about your work, not about you.
application-lgbtqia-example = Please write "yes" or "no".
application-lgbtqia-short = LGBTQIA+ experience

application-cultures = Are there cultures or backgrounds that you know well?
application-cultures-why = Some clients wish for somebody who knows theirs.
application-cultures-example = For example "Turkish, Deaf". Separate several with commas.
application-cultures-short = Cultures

application-ways = How do you meet clients?
application-ways-why = Clients choose among these.
application-ways-short = Ways of meeting

application-zone = Which time zone do you work in?
application-zone-why = Your hours are shown to each client in their own time.
application-zone-example = A city such as "New York" or a zone such as "Europe/Berlin".
application-zone-short = Time zone

application-hours = What are your working hours?
application-hours-why = Sessions can be booked within them, and clients who write outside them are told when you are back.
application-hours-example = For example "Mon-Thu 9:00-17:00, Fri 9:00-12:00".
application-hours-short = Working hours

application-capacity = How many clients can you take here, in all?
application-capacity-why = I suggest no more than that to you.
application-capacity-example = A whole number, such as "12".
application-capacity-short = Most clients

application-minutes = How long is a session, in minutes?
application-minutes-why = Slots in your calendar get this length.
application-minutes-example = A whole number from 10 to 180, such as "45".
application-minutes-short = Minutes a session

application-cost = What does a session cost, in whole units of money? Write 0 if it is free.
application-cost-why = Clients see it before they begin. Nothing is charged through me.
application-cost-example = A whole number, such as "80".
application-cost-short = Cost of a session

application-currency = In which currency?
application-currency-why = So that clients know what the number means.
application-currency-short = Currency
