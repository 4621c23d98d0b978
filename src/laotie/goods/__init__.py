"""What: catalogue, offers and stock, terms of sale."""
