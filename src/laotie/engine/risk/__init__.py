"""Risk: which deals were no real ones, and whose word weighs little.

    market     who dealt with whom, and how many such pairs chance alone would give
    support    how far the pairs of shops that a buyer dealt with share more buyers than chance gives them
    peeling    the greedy densest block (FRAUDAR)
    blocks     dense blocks of buyers × shops, each more surprising than naming its members costs
    reviewers  fairness, reliability and goodness (REV2)
    sybils     trust that flows from verified accounts (SybilRank)
    traces     shared handles, refunds after praise, bursts, impossible parcels
    turns      shops that were good for a while and now harvest
    lineage    whose evidence a new shop of an old owner inherits
    rules      the names and versions of all of these, and how far their signals carry a void

Arrays in, arrays out; indices are of whatever the caller counts from 0. No wording of a review is read here.
"""
