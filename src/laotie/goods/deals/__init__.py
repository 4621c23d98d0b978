"""Deals: everything an order copies from an offer, read in one statement because placing an order is the hot path."""
