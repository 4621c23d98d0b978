"""The market's rulebooks: kept by the hash of their content, in force from a day on, edited, compared, published.

Not here: what a number does to a score (`engine.scores`), what a new rulebook would do to a market (`trust.previews`).
"""
