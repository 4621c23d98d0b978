"""The rulebook of a day, and of a kept run: the one place that asks for it."""

from datetime import date

from laotie.engine.scores.rulebook import Rulebook
from laotie.trust.rulebook import queries as rulebooks


def effective(day: date) -> Rulebook:
    """The rulebook that the scores of `day` are computed by."""
    return rulebooks.effective(day)


def of_version(version: str) -> Rulebook:
    """The rulebook that a run names as `name-hash`."""
    return rulebooks.rulebook(version.rpartition("-")[2])
