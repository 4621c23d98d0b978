"""What the market decided about a product, written down here from above. Not: why (trust knows)."""
