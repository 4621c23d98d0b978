"""Simple refunds."""
