"""Creators: accounts that make content and sell for merchants."""
