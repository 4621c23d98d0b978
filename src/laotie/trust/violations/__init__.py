"""Judged violations: an operator says which rule was broken and takes points off a score. Not: how they wear off."""
