"""Terms of sale: timed prices, caps, commission plans."""
