"""Scores: what deals did to their buyers, as one figure from 3.00 to 5.00 that can be replayed to the last digit.

    rulebook   parameters, versioned by the hash of their file
    deals      facts → one row a deal, with its outcome and the day it matured      (Ibis)
    counting   deals → integer counts by entity, metric, day and n-th deal          (Ibis)
    evidence   counts → weighted counts inside each entity's window                 (NumPy from here on)
    prior      weighted counts → a beta prior for each category
    points     shrunk rates → points on the category's curve → the score, its band and status
    explaining a score → contributions that sum to it, and the deals that cost most

The database makes integer counts only, so that every engine agrees to the unit; the rest runs in a fixed order.
Times are the market's wall clock without a zone: a market day begins at midnight.
"""
