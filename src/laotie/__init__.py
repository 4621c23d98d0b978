"""Laotie: a market where people buy from people they trust. Read the folder names aloud: they are the product."""

__version__ = "0.1.0"
