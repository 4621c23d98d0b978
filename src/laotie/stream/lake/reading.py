"""Reading files that a manifest names, older versions' files included."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from laotie.stream.lake.manifest import BrokenLake, File
from laotie.stream.lake.store import Store


def table_of(store: Store, schema: pa.Schema, files: Sequence[File]) -> pa.Table:
    """All rows of `files` in `schema`, plus columns that only the files know. Raises BrokenLake on a missing file."""
    tables = [_table(store, file) for file in files]
    return pa.concat_tables([schema.empty_table(), *tables], promote_options="default")


def found_in(store: Store, schema: pa.Schema, file: File, column: str, value: str) -> pa.Table:
    """The rows of `file` whose `column` is `value`; row groups that cannot hold it are not read."""
    try:
        with store.filesystem.open_input_file(file.path) as handle:
            found = pq.read_table(handle, filters=[(column, "=", value)])
    except (FileNotFoundError, pa.ArrowInvalid) as error:
        raise BrokenLake(f"{file.path} is named by the manifest and cannot be read: {error}") from error
    return pa.concat_tables([schema.empty_table(), found], promote_options="default")


def _table(store: Store, file: File) -> pa.Table:
    try:
        table = pq.ParquetFile(store.filesystem.open_input_file(file.path)).read()
    except (FileNotFoundError, pa.ArrowInvalid) as error:
        raise BrokenLake(f"{file.path} is named by the manifest and cannot be read: {error}") from error
    if table.num_rows != file.rows:
        raise BrokenLake(f"{file.path} holds {table.num_rows} facts, the manifest says {file.rows}")
    return table
