# Hours, times, slots, reminders, calendar files.

calendar-zone = { $place } time
calendar-moment = { $near ->
    [today] today, { $day }, { $time } ({ $zone })
    [tomorrow] tomorrow, { $day }, { $time } ({ $zone })
   *[other] { $day }, { $time } ({ $zone })
}
calendar-time = { $time } ({ $zone })
calendar-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
calendar-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
calendar-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}

calendar-hours-day = { $day }: { $hours }
calendar-hours-days = { $first } to { $last }: { $hours }
calendar-hours-all-day = all day
calendar-hours-none = No regular hours.

calendar-slot = { $number }. { $day }, { $time }
calendar-slots-zone = All times are { $zone }.

# What was not understood, what to do, an example. $part is what the person wrote.
calendar-hours-error-empty = I need days and hours. For example: Mon-Thu 9-17, Fri 9-12
calendar-hours-error-too-long = That is longer than I can read ({ $part } letters at most). Please write only days and hours, for example: Mon-Thu 9-17, Fri 9-12
calendar-hours-error-unknown = I did not understand “{ $part }”. Please write days and hours, for example: Mon-Thu 9-17, Fri 9-12
calendar-hours-error-days-missing = On which days? Please write days and hours together, for example: Mon-Fri 9-17
calendar-hours-error-times-missing = From when to when? Please write the hours after the days, for example: Mon-Fri 9-17
calendar-hours-error-bad-time = I could not read “{ $part }” as a time from and to. For example: Tue 14:00-20:00
calendar-hours-error-ambiguous = “{ $part }” could be early in the morning or in the afternoon. Please write it like 1pm-5pm or 13-17.
calendar-hours-error-backwards = “{ $part }” ends before it begins. Please write the earlier time first, for example: 9-17

calendar-away-error-empty = From when to when are you away? For example: 3-14 Aug "Back on the 15th"
calendar-away-error-unknown = I did not understand “{ $part }” as a day. For example: 3-14 Aug, or: tomorrow
calendar-away-error-no-such-day = There is no day like “{ $part }”. Please check it, for example: 3-14 Aug
calendar-away-error-ambiguous = “{ $part }” could be two different days. Please write the month in letters, for example: 3 Aug
calendar-away-error-past = “{ $part }” is over already. Please write days that are still to come, for example: 3-14 Aug
calendar-away-error-backwards = “{ $part }” ends before it begins. Please write the first day first, for example: 3-14 Aug
calendar-away-error-too-long = An absence can last { $part } days at most. Please write a nearer last day.
calendar-away-error-text-too-long = The text for your clients can have { $part } letters at most. Please shorten it.

calendar-when-error-empty = When would suit you? For example: tomorrow at 15:30
calendar-when-error-unknown = I did not understand “{ $part }” as a time. Answer with a number from the list, or write a day and a time, for example: Tue 15:30
calendar-when-error-no-such-day = There is no day like “{ $part }”. For example: 12 March 15:30
calendar-when-error-ambiguous = “{ $part }” could be two different days. Please write the month in letters, for example: 12 March 15:30
calendar-when-error-time-missing = At what time? Please write the day and the time together, for example: Tue 15:30
calendar-when-error-bad-time = “{ $part }” is not a time that I can read. For example: 15:30, or 3:30pm
calendar-when-error-no-such-time = The clocks go forward then, so that time does not come that day. Please choose one an hour later or earlier.
calendar-when-error-past = That time is over already. Please choose a later one, for example: tomorrow at 15:30
calendar-when-error-number = The list has no number { $part }. Answer with one of its numbers, or write a day and a time, for example: Tue 15:30
calendar-when-error-taken = That time is not open. Please choose one from the list, or ask for more times.

# The file for calendars says nothing of what the appointment is: calendars are often shared.
calendar-file-summary = Appointment
calendar-file-caption = A file for your calendar. It says only “Appointment” and the time.
calendar-file-caption-cancelled = A file that takes the appointment out of your calendar.
