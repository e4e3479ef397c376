# After a session.

rating-done = Thank you. This helps to make the service better. Your therapist sees only sums over many sessions, not this answer.

rating-stars = How was the session for you?
rating-stars-why = It shows the people who run this service where things go well and where they don't.
rating-stars-short = The session

rating-recommend = Would you recommend this service to somebody in a situation like yours?
rating-recommend-why = It is asked of everybody, and only the share of yes and no is shown.
rating-recommend-example = Please write "yes" or "no".
rating-recommend-short = Would recommend

rating-word = Is there anything you would like to add?
rating-word-why = Only if you want to. The people who run this service can read it.
rating-word-example = For example "I felt listened to" or "I'd have liked more time".
rating-word-short = Your words
