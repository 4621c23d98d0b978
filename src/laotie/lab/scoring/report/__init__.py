"""The report of a whole market: one HTML file that needs nothing beside it."""
