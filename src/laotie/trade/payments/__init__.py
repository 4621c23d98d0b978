"""Payments behind one port of providers."""
