"""Journals: streams in NATS' JetStream that carry to the lake what never touches the database."""
