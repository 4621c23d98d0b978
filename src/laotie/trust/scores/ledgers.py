"""The ledger beside a lake: counts by day, so that a night's scores cost what the day's facts cost.

It can always be thrown away: the next night counts everything again.
"""

import fcntl
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from laotie.engine.scores import nights
from laotie.engine.scores.curves import Curves
from laotie.engine.scores.ledger import Ledger
from laotie.engine.scores.metrics import OF_DEALS
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.points import Scores
from laotie.engine.scores.rulebook import Rulebook
from laotie.engine.scores.scoring import ORDER, Market
from laotie.engine.scores.tally import deal_metrics, side_metrics
from laotie.stream.lake.queries import Snapshot
from laotie.stream.lake.store import LocalStore
from laotie.trust.scores import beside
from laotie.trust.scores.gathering import TOUCHING, gathered, touched
from laotie.trust.scores.reading import Reader

VERSION = 8  # of what a ledger holds: another one begins afresh


@contextmanager
def locked(lake: Snapshot) -> Iterator[Path | None]:
    """The folder of the lake's ledgers, whose only user the caller is; None where the lake is on no local disk."""
    if not isinstance(lake.store, LocalStore):
        yield None
        return
    folder = lake.store.root.with_name(f"{lake.store.root.name}-scores")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # the kernel lets go when a process dies
        yield folder


def standing(folder: Path, reader: Reader, rulebook: Rulebook, today: date) -> Market | None:
    """What was counted of the reader's day, if that is the day at which the ledger stands, and as it weighs `today`:
    read before the ledger goes on."""
    ledger = _ledger(folder, rulebook, reader)
    if ledger.pages.day != reader.day:
        return None
    market = nights.counted_by(ledger, gathered(reader).sides, reader.day, rulebook)
    assert market.later is not None
    aged = market.later((today - reader.day).days)
    return replace(market, cohort=None, later=lambda days: aged)


def brought_up(
    folder: Path, reader: Reader, rulebook: Rulebook, curves: Mapping[str, Curves]
) -> tuple[Market, dict[str, Scores]] | None:
    """The ledger brought up to the reader's day: what was counted, and its scores by the week's `curves`. None where it
    stands at a later day already."""
    ledger = _ledger(folder, rulebook, reader)
    if ledger.pages.day and ledger.pages.day > reader.day:
        return None
    facts = gathered(reader)
    known = int(ledger.pages.state.known or 0)
    fresh = touched(reader, facts, known)
    # What is recorded later than this night knows (a moved clock) is looked at again, whichever commit brought it.
    news = known if reader.holds_later({*TOUCHING, *beside.KINDS}, known) else reader.lake.state.number
    since = reader.first_day(beside.KINDS, known) or reader.day
    return nights.brought_up(ledger, facts, fresh, reader.day, rulebook, curves, str(news), since)


def _ledger(folder: Path, rulebook: Rulebook, reader: Reader) -> Ledger:
    metrics = {kind: deal_metrics(rulebook, kind) for kind in ORDER if kind in rulebook.dimensions}
    others = {kind: side_metrics(rulebook, kind) for kind in metrics}
    text = json.dumps([VERSION, asdict(rulebook.cohort), metrics, others, OF_DEALS])
    name = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Ledger(Pages(folder / name, reader.engine), rulebook.cohort, metrics, others)
