"""Ids of imported things: the same key of the same source is the same thing, in every run and every home."""

from uuid import UUID, uuid5

SPACE = UUID("6f9f4a3e-5a0e-5b57-9d35-7a8c0f7c1a11")


def past_id(source: str, table: str, key: str) -> UUID:
    """The id of a row by its archive's source, its table and its key (UUIDv5: the key alone decides)."""
    return uuid5(SPACE, f"{source}\n{table}\n{key}")
