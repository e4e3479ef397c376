"""Boundaries of a pair: conduct in what the two write, links, topics kept for sessions. Rules only."""

from compliance.boundaries.conduct import judge
from compliance.boundaries.links import LinkFinding, links
from compliance.boundaries.topics import touched
from compliance.boundaries.touch import KINDS, Direction, Kind, Touch

__all__ = ["KINDS", "Direction", "Kind", "LinkFinding", "Touch", "judge", "links", "touched"]
