"""`stillroom processing`: what is kept of whom and why, generated from the tables themselves."""

import argparse
import json


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(args: argparse.Namespace) -> int:
    """Show the record of processing."""
    from compliance.storage.processing import document_classes, record_of_processing

    rows = list(record_of_processing())
    kinds = document_classes()
    if args.json:
        columns = [
            {"table": row.table, "column": row.column, "data": row.data.value, "purpose": row.purpose}
            for row in rows
        ]
        documents = {kind: data.value for kind, data in kinds.items()}
        print(json.dumps({"columns": columns, "documents": documents}, indent=2))
        return 0
    print("# Record of processing")
    table = ""
    for row in rows:
        if row.table != table:
            table = row.table
            print(f"\n## {table}\n\nKept {row.purpose}.\n")
        print(f"- {row.column}: {row.data.value}")
    print("\n## Kinds of sealed documents\n")
    for kind, data in sorted(kinds.items()):
        print(f"- {kind}: {data.value}")
    return 0
