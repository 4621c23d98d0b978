"""Trials in words and charts."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from laotie.kit.charts import Histogram, histogram
from laotie.trust.previews.comparing import BINS
from laotie.trust.previews.contracts import KindResult, Mover
from laotie.trust.rulebook.queries import band_name, kind_name

BIN_NAMES = [f"{3 + at * 2 / BINS:.2f}–{3 + (at + 1) * 2 / BINS:.2f}" for at in range(BINS)]
TONES = {"leading": "good", "good": "", "weak": "wait"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A kind's result as the page shows it; shares in per cent."""

    result: KindResult
    title: str
    bands: tuple[tuple[str, str, str, str, int], ...]
    changing: int
    traffic: float
    new_before: float
    new_after: float
    before: Histogram
    after: Histogram


def doing(step: int) -> str:
    """What a running trial is at."""
    sentences = (
        _("Reading the history and scoring it by the rulebook in force"),
        _("Scoring the same history by the draft"),
        _("Comparing everybody's score, band and exposures"),
        _("Writing down what was found"),
    )
    return sentences[min(step, len(sentences) - 1)]


def shown(found: KindResult) -> Shown:
    """A result in words."""
    return Shown(
        result=found,
        title=kind_name(found.kind),
        bands=tuple((band_name(a), TONES[a], band_name(b), TONES[b], n) for a, b, n in found.bands),
        changing=sum(n for _a, _b, n in found.bands),
        traffic=100 * found.traffic,
        new_before=100 * found.new_before,
        new_after=100 * found.new_after,
        before=histogram([(_("Before"), "plain", found.histogram_before)], BIN_NAMES),
        after=histogram([(_("After"), "jade", found.histogram_after)], BIN_NAMES),
    )


def moved(mover: Mover) -> dict[str, Any]:
    """One of the largest changes, with its bands in words and its shares per ten thousand."""
    return {
        "by": mover.after - mover.before,
        "band_before": band_name(mover.band_before),
        "band_after": band_name(mover.band_after),
        "tone": TONES[mover.band_after],
        "share": 100 * (mover.share_after / mover.share_before - 1) if mover.share_before else 0.0,
    }
