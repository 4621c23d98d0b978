"""Servers that are not this home's own (DATABASE_URL, NATS_URL): whether a market can live with them."""
