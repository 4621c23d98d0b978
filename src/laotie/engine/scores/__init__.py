"""Scores: what deals did to their buyers, as one figure from 3.00 to 5.00 that can be replayed to the last digit.

    metrics    every metric: what it counts, from which facts, which way is better
    rulebook   parameters, versioned by the hash of their file; `mapping` makes the map of a new one
    deals      facts → one row a deal, with its outcome and the day on which it matured            (Ibis)
    sides      all other facts → observations by entity and day                                    (Ibis)
    counting   deals → numbered deals and integer counts by entity, metric, day and n-th deal       (Ibis)
    weighing, pairs   counts → whole numbers weighted by day and n-th deal, by window                (Ibis)
    beside     side observations → whole numbers in the longest window
    tally      what was counted of one kind of entity
    evidence   its window and what lies in it                                                       (NumPy from here on)
    prior, curves   evidence → a prior for each category, and the curve through its quantiles, for a week
    points     shrunk values → points on the curve → less deductions → the score, its band and status
    scoring    all of it in one step, products first
    explaining, changing, wishing, heavy, gates   where a score comes from, what moved it, what would, who did
    rosters    who is to be scored
    ledger, judging, pages   counts kept by day in a folder, so that one more day costs what the day's facts cost
    carrying, running, observed, moving   the sums of deals, and of what lies beside them, carried from day to day
    engines    DuckDB, or Spark where a market is larger than a machine

The database adds whole numbers only, so that every engine agrees to the unit; the rest runs in a fixed order.
Times are the market's wall clock without a zone: a market day begins at midnight.
"""
