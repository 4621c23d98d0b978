"""What a rulebook would do: tried on the market's real history before it is published, and told to each seller after.

Not here: rulebooks themselves (`trust.rulebook`), the scores that count (`trust.scores`).
"""
