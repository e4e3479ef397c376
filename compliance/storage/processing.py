"""The record of processing (GDPR article 30), generated from the tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import MetaData

from compliance.storage.columns import DataClass
from compliance.storage.documents import KINDS
from compliance.storage.schema import metadata


@dataclass(frozen=True, slots=True)
class Processing:
    """One column: what class of data it carries and what its table is for."""

    table: str
    column: str
    data: DataClass
    purpose: str


class Unclassified(Exception):  # noqa: N818
    """A column or table of which nobody has said what it carries and why."""


def record_of_processing(of: MetaData = metadata) -> Iterator[Processing]:
    """Every column of every table, in order. Raises `Unclassified` naming the first that is left open."""
    for table in sorted(of.tables.values(), key=lambda table: table.name):
        purpose = table.info.get("purpose")
        if not isinstance(purpose, str) or not purpose:
            raise Unclassified(f"table {table.name} has no purpose")
        for column in table.columns:
            data = column.info.get("data")
            if not isinstance(data, DataClass):
                raise Unclassified(f"column {table.name}.{column.name} has no data class")
            yield Processing(table.name, column.name, data, purpose)


def document_classes() -> dict[str, DataClass]:
    """The kinds of sealed documents and the class of each."""
    return dict(KINDS)
