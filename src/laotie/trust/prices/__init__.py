"""What goods cost among the same ones: compared every night, shown beside the price, handed to the product score.

Not here: the mathematics (`engine.price`), what points do to a score (`trust.scores`).
"""
