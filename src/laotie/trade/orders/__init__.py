"""Orders: placed, paid, shipped, signed, done; the state table."""
