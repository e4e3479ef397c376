"""Nothing is kept without a class and a purpose, and the migrations make exactly the tables."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Connection, MetaData, Table, Text

from compliance.storage.columns import DataClass
from compliance.storage.processing import Unclassified, record_of_processing
from compliance.storage.schema import metadata
from compliance.storage.store import Store


def test_the_record_of_processing_covers_every_column() -> None:
    record = list(record_of_processing())
    assert len(record) == sum(len(table.columns) for table in metadata.tables.values())
    told = {(row.table, row.column): row for row in record}
    assert told["people", "name"].data is DataClass.PERSONAL_SEALED
    assert told["people", "mxid_index"].data is DataClass.KEYED_INDEX
    assert told["documents", "body_json"].data is DataClass.HEALTH_SEALED
    assert "which therapist cares" in told["pairs", "client"].purpose


@pytest.mark.parametrize(
    ("column_info", "table_info", "says"),
    [
        ({}, {"purpose": "to remember"}, r"mood\.words has no data class"),
        ({"data": "secret"}, {"purpose": "to remember"}, r"mood\.words has no data class"),
        ({"data": DataClass.HEALTH_SEALED}, {}, "table mood has no purpose"),
    ],
)
def test_a_column_without_a_class_or_a_table_without_a_purpose_fails(
    column_info: dict[str, object], table_info: dict[str, object], says: str
) -> None:
    tables = MetaData()
    Table("mood", tables, Column("words", Text, info=column_info), info=table_info)
    with pytest.raises(Unclassified, match=says):
        list(record_of_processing(tables))


def test_what_is_classed_as_sealed_is_kept_as_bytes() -> None:
    sealed = {DataClass.PERSONAL_SEALED, DataClass.HEALTH_SEALED}
    for row in record_of_processing():
        kept = metadata.tables[row.table].c[row.column].type.python_type
        assert (kept is bytes) or row.data not in sealed, f"{row.table}.{row.column}"


async def test_migrations_and_models_agree(store: Store) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with store.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
