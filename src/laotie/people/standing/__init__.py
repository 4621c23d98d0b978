"""What the market lets a seller do today, as decided above and written down here. Not: why (trust knows)."""
