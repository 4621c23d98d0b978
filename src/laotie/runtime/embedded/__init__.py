"""Services that a market brings along: PostgreSQL and NATS from their wheels."""
