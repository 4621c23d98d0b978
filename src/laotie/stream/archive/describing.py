"""The tables of an archive in words, for `docs/archive.md`: `python -m laotie.stream.archive.describing`."""

from collections.abc import Iterator

from laotie.stream.archive.tables import TABLES, Column, Table


def describe() -> str:
    """Every table as Markdown."""
    return "\n\n".join(_table(table) for table in TABLES) + "\n"


def _table(table: Table) -> str:
    return "\n".join(_lines(table))


def _lines(table: Table) -> Iterator[str]:
    yield f"### {table.name}{' (required)' if table.required else ''}\n\n{table.says}\n"
    yield "| column | holds | | meaning |\n| --- | --- | --- | --- |"
    for column in table.columns:
        required = "required" if column.required else ""
        yield f"| `{column.name}` | {_holds(column)} | {required} | {column.says} |"


def _holds(column: Column) -> str:
    if column.refers:
        return f"key of {column.refers}"
    match column.kind:
        case "choice":
            return "one of " + ", ".join(f"`{choice}`" for choice in column.choices)
        case "count":
            return f"count, {column.low:,} to {column.high:,}"
        case "text" | "json":
            return f"{column.kind}, at most {column.limit:,} characters"
    return column.kind


if __name__ == "__main__":
    print(describe(), end="")
