"""Identifiers: UUIDv7, so that keys made by many machines still sort by time of making."""

import uuid

import uuid_utils.compat


def new_id() -> uuid.UUID:
    """A fresh UUIDv7 (RFC 9562, section 5.7), monotonic within this process."""
    return uuid_utils.compat.uuid7()
