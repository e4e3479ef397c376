# GAD-7: the wording of the items is the instrument's own. Source: https://www.phqscreeners.com (Pfizer Inc.)

gad7-intro =
    These are the seven questions of the GAD-7, which many clinics use. They take about two minutes. I don't judge or interpret your answers; they are for your therapist, so that the two of you can see over time how you are doing.

    Over the last 2 weeks, how often have you been bothered by the following problems?
gad7-again = Over the last 2 weeks, how often have you been bothered by the following problems?
gad7-item1 = Feeling nervous, anxious or on edge
gad7-item2 = Not being able to stop or control worrying
gad7-item3 = Worrying too much about different things
gad7-item4 = Trouble relaxing
gad7-item5 = Being so restless that it is hard to sit still
gad7-item6 = Becoming easily annoyed or irritable
gad7-item7 = Feeling afraid as if something awful might happen
gad7-why = This is one of seven questions that only make sense together, and always in the same words. Your therapist compares the answers over time. There are no right or wrong answers.
gad7-done = Thank you. That was the last question. Your answers go to your therapist. I can't tell you what they mean; that is something to talk about with your therapist.
