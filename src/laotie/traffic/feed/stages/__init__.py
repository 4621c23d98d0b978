"""The stages of a decision, one module each, in order: see `traffic.feed.pipeline`."""
