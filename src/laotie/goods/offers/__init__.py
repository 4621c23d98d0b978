"""Offers: a merchant's price and freight for a sku."""
