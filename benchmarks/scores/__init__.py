"""How long all scores of a large market take, and how long one more day, each beside other ways to the same sums.

python -m benchmarks.scores [--deals 10000000] [--peer-deals 1000000] [--without spark …] [--folder /tmp/laotie-scores]
"""
