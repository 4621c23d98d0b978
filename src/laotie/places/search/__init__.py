"""Finding goods by words and filters: the index, what it is asked, and how it learns from facts."""
