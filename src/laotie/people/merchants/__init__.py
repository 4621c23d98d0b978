"""Merchants and their shops: application, approval, members."""
