"""Ranking: from what is known of candidates to an order with its propensities. Pure NumPy; an analyst replays with it.

policy     every number of the ranking, from one TOML file, known by the hash of its content
estimates  counts → rates of what people do with a thing, shrunk to its category's
values     rates → Σ weight · P(action) × multiplier, with what each part added
thompson   Beta–Thompson: the chance of each newcomer to be the best
noise      uniforms that depend on a seed and a key alone
drawing    values → slots: Plackett–Luce at low temperature, decay, newcomers' lane, random arm, propensities
ranking    the whole of it
exposure   who was seen, and who is expected to be
"""
