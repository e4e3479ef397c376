"""One unit of work: all repositories over one transaction."""

from collections.abc import Callable

from compliance.storage.alerts import Alerts
from compliance.storage.audit import Audit
from compliance.storage.consents import Consents
from compliance.storage.documents import Documents
from compliance.storage.due import Dues
from compliance.storage.forms import Forms
from compliance.storage.grants import Grants
from compliance.storage.journal import Journal
from compliance.storage.notices import Notices
from compliance.storage.outbox import Outbox
from compliance.storage.pairs import Pairs
from compliance.storage.people import People
from compliance.storage.polls import Polls
from compliance.storage.rooms import Rooms
from compliance.storage.sessions import Sessions
from compliance.storage.work import Work


class Unit:
    """The repositories of one transaction, to be used by one task until the unit ends."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.people = People(work)
        self.grants = Grants(work)
        self.rooms = Rooms(work)
        self.pairs = Pairs(work)
        self.forms = Forms(work)
        self.documents = Documents(work)
        self.consents = Consents(work)
        self.sessions = Sessions(work)
        self.alerts = Alerts(work)
        self.notices = Notices(work)
        self.polls = Polls(work)
        self.due = Dues(work)
        self.outbox = Outbox(work)
        self.journal = Journal(work)
        self.audit = Audit(work)

    def after(self, call: Callable[[], object]) -> None:
        """Have something called as soon as this is committed; never if it is rolled back."""
        self._work.after.append(call)
