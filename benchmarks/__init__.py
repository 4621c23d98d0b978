"""Measurements: one runnable module a question. Each runs its peer in the same run and ends with one line of JSON."""
