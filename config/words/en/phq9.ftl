# PHQ-9: the wording of the items is the instrument's own. Source: https://www.phqscreeners.com (Pfizer Inc.)

phq9-intro =
    These are the nine questions of the PHQ-9, which many clinics use. They take about three minutes. I don't judge or interpret your answers; they are for your therapist, so that the two of you can see over time how you are doing.

    Over the last 2 weeks, how often have you been bothered by any of the following problems?
phq9-again = Over the last 2 weeks, how often have you been bothered by any of the following problems?
phq9-item1 = Little interest or pleasure in doing things
phq9-item2 = Feeling down, depressed, or hopeless
phq9-item3 = Trouble falling or staying asleep, or sleeping too much
phq9-item4 = Feeling tired or having little energy
phq9-item5 = Poor appetite or overeating
phq9-item6 = Feeling bad about yourself — or that you are a failure or have let yourself or your family down
phq9-item7 = Trouble concentrating on things, such as reading the newspaper or watching television
phq9-item8 = Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual
phq9-item9 = Thoughts that you would be better off dead or of hurting yourself in some way
phq9-difficulty = If you checked off any problems, how difficult have these problems made it for you to do your work, take care of things at home, or get along with other people?
phq9-why = This is one of nine questions that only make sense together, and always in the same words. Your therapist compares the answers over time. There are no right or wrong answers.
phq9-item9-why = Many people have such thoughts at some time, and it's all right to say so here. An answer other than "not at all" lets a person at this service know, so that you aren't left alone with it.
phq9-item9-thanks = Thank you for telling me about that. It isn't easy to say. I'm software and I can't judge what it means for you, so I pass it on to people here. Please don't wait for them if you might act on these thoughts: write "!crisis" for numbers that you can call or text now.
phq9-difficulty-why = This one shows how much the problems get in the way of your days. It isn't counted in the total.
phq9-done = Thank you. That was the last question. Your answers go to your therapist. I can't tell you what they mean; that is something to talk about with your therapist.
