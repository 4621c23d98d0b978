"""How facts travel: contracts, outbox, bus and lake."""
