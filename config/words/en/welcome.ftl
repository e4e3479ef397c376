# The first question of all.

welcome-role = What brings you here?
welcome-role-client = I'm looking for someone to talk to
welcome-role-therapist = I'm a therapist and want to offer sessions here
welcome-role-why = I ask different questions of people who look for help and of therapists who offer it.
welcome-role-short = Here for
welcome-done = Thank you.
