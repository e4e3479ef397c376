"""`python -m compliance.crisis`: work out the index of the crisis packs anew, after a change to a pack."""

from compliance.crisis import index

index.write()
