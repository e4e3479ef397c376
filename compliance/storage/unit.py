"""One unit of work: all repositories over one transaction."""

from compliance.storage.documents import Documents
from compliance.storage.due import Dues
from compliance.storage.grants import Grants
from compliance.storage.journal import Journal
from compliance.storage.outbox import Outbox
from compliance.storage.people import People
from compliance.storage.rooms import Rooms
from compliance.storage.work import Work


class Unit:
    """The repositories of one transaction, to be used by one task until the unit ends."""

    def __init__(self, work: Work) -> None:
        self.people = People(work)
        self.grants = Grants(work)
        self.rooms = Rooms(work)
        self.documents = Documents(work)
        self.due = Dues(work)
        self.outbox = Outbox(work)
        self.journal = Journal(work)
