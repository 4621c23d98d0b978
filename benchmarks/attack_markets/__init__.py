"""Markets with planted attacks, for `benchmarks.attacks`."""
