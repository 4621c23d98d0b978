"""Rulebooks are written by one at a time."""

from django.db import connection


def held() -> None:
    """Hold the rulebooks until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('rulebooks', 7))")
