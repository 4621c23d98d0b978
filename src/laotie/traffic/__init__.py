"""Traffic: who is seen, and why."""
