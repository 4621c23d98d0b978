"""Goods as CSV: one line a variant, read in any usual encoding, judged cell by cell, planned, carried out, exported."""
