"""Content of the search that is no code: words that mean the same."""
