"""The feed: who is shown to whom, decided in stages and recorded with its reasons.

    sources → hydrate → filter → score → arrange → explain → record

Not here: the mathematics of ranking (`engine.matching`), what a page looks like (`places.shelf`), why a multiplier is
what it is (`trust.scores`).
"""
