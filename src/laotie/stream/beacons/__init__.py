"""Behaviour facts from browsers: sealed by a slot's token, through JetStream, never touching PostgreSQL."""
