"""Listings: what a merchant works with on one page: a product, its skus, their offers and stock; and their CSV."""
