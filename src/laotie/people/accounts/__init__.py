"""Accounts: who signs in, how they are shown, their language. Not: what they may do (grants) or sell (merchants)."""
