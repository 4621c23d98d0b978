"""Relative price: what an offer costs among offers of the same item, and the points that this earns.

listings   what sellers say of their goods, as one table; anything may be missing
tokens     words, model numbers and facts of a listing, as sparse rows
matching   listings that may be the same item, and how alike they are
clusters   same items: by identifier, else by likeness, joined without contradiction
shown      from changes of price to the price that counts on a day, and the usual one of the 30 days before
hedonic    what a thing of its kind costs, where it has no equal
index      landed price ÷ the cluster's median, else the hedonic residual, else not comparable; and points
"""
