"""The demo's clock: the machine's time and a lead that another process sets."""

from datetime import datetime, timedelta
from pathlib import Path

from config.clock import SystemClock


class LeadingClock:
    """Runs with the machine's clock, ahead of it by the seconds in a file. It is re-read when told to."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._system = SystemClock()
        self._lead = timedelta()
        self.read()

    def now(self) -> datetime:
        return self._system.now() + self._lead

    def read(self) -> None:
        """Take over the lead that the file says now."""
        self._lead = timedelta(seconds=float(self._file.read_text()))

    @staticmethod
    def write(file: Path, lead: timedelta) -> None:
        """Set the lead. The file is replaced whole, so that nobody reads half a number."""
        new = file.with_suffix(".new")
        new.write_text(f"{lead.total_seconds():.6f}")
        new.replace(file)
