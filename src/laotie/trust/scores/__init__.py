"""The market's scores: computed nightly from the lake, kept as published, explained, written down as standing.

Not here: the mathematics (`engine.scores`), the bars a score lifts (`people.standing`, `goods.standing`).
"""
