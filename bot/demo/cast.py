"""Who is in the play, and what they answer. All of them are made up."""

CLIENT = {
    "name": "Mia",
    "birth": "34",
    "country": "Germany",
    "zone": "Berlin",
    "languages": "English and German",
    "concerns": "1, sleep",
    "story": "Since the move I lie awake and my thoughts go round and round.",
    "hopes": "To sleep again and to feel at home here.",
    "earlier": "no",
    "thoughts": "1",
    "voices": "no",
    "substances": "no",
    "crises": "no",
    "ways": "message, video",
    "available": "evening",
    "wishes": "yes",
    "gender": "woman",
    "gender-strength": "2",
    "special": "no",
}
"""`thoughts`: never; `gender-strength`: it would be nice."""

KELLER = {
    "name": "Dr. Clara Keller",
    "licence-type": "psychotherapist",
    "licence-number": "PT-48213",
    "licence-country": "Germany",
    "licence-expires": "31 December 2031",
    "licence-more": "no",
    "specialties": "anxiety, sleep, big changes in life",
    "approaches": "skip",
    "languages": "English, German",
    "about": "I work calmly and practically, and I like to find the small step that helps this week.",
    "gender": "woman",
    "ways": "message, live chat, video",
    "zone": "Berlin",
    "hours": "Mon-Thu 10-18",
    "capacity": "12",
    "minutes": "45",
    "cost": "skip",
}

WINTER = {
    **KELLER,
    "name": "Dr. Ben Winter",
    "licence-number": "PT-50977",
    "specialties": "1, 2, 3",
    "about": "I listen first. Many of the people I work with have just moved or changed jobs.",
    "gender": "man",
    "zone": "Lisbon",
    "hours": "Mon-Fri 9-17",
}

AGREEMENT = {
    "mode": "therapy by message",
    "level": "3",
    "topics-fine": "sleep, the week, homework",
    "topics-off": "big decisions",
    "hours": "Mon-Fri 9-17",
    "answer-time": "24",
    "phone": "1",
    "outside": "1",
    "private-topics": "1",
    "review-on": "1 March 2027",
}
