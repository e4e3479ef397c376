"""Work out the index of the crisis packs anew, after a change to a pack or to what reads packs:

    python -m compliance.crisis.index

The index keeps what is costly to work out at every start (which rare words to search for). Without it, or
with an outdated one, everything works the same and starts more slowly.
"""

from compliance.crisis.packs import write_index

if __name__ == "__main__":
    write_index()
