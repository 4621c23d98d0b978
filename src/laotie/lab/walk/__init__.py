"""The whole circle, walked once in a demo market with a moved clock: deal, facts, scores, who is seen, room, deal.

Every station acts through the actions that the pages call and tells what it saw in figures. The same market walked
again gives the same figures.
"""
