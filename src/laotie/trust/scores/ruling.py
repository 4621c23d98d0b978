"""The rulebook of a day, and of a kept run: the one place that asks for it."""

from datetime import date

from laotie.engine.scores.rulebook import Rulebook, published


def effective(day: date) -> Rulebook:
    """The rulebook that the scores of `day` are computed by."""
    return published()


def of_version(version: str) -> Rulebook:
    """The rulebook that a run names as `name-hash`."""
    return published(version.rpartition("-")[0])
