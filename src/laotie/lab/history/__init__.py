"""Bringing an archive into a market: rows in PostgreSQL and facts for the lake, once, with their own times."""
