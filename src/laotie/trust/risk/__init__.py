"""Which deals were no real ones: found nightly in the lake, judged by operators, answered by those they touch.

Not here: the mathematics (`engine.risk`), what a void does to a score (`trust.scores`).
"""
