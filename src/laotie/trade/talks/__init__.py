"""Ask the seller: simple threads between a buyer and a shop."""
