"""A night's scores are those of a full computation, though they are made while the ledger is still counting."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from laotie.engine.scores import engines, nights, scoring
from laotie.engine.scores.ledger import Ledger
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.rulebook import published
from laotie.engine.scores.tally import deal_metrics, side_metrics
from tests.engine.test_score_ledger import RULE, as_rows, facts_of, in_full, known, touched

BOOK = replace(published(), cohort=RULE)
KINDS = scoring.ORDER
DEAL = {"shop": "a", "creator": "x", "buyer": "m", "late": 0, "cancelled": None, "voided": None, "shipped": (1, 0)}
MADE = [
    DEAL | {"day": day, "signed": (day % 4 + 2, 0), "complained": ((5, 0), "quality") if day % 3 else None}
    | {"reviewed": ((4, 0), day % 5 + 1), "shop": "ab"[day % 2], "creator": ["x", "y", None][day % 3]}
    for day in range(8)
]  # fmt: skip


def ledger_of(folder, engine):
    return Ledger(
        Pages(folder, engine),
        RULE,
        {kind: deal_metrics(BOOK, kind) for kind in KINDS},
        {kind: side_metrics(BOOK, kind) for kind in KINDS},
    )


def test_scores_of_a_night_are_those_of_all_facts_at_once(tmp_path):
    rows, scored_anybody = facts_of(MADE), set()
    with engines.engine() as engine:
        for night in range(6, 12):
            day, facts = date(2026, 1, 1 + night), known(engine, rows, night)
            news = touched(engine, rows, -1 if night == 6 else night - 1, night)
            market, scores = nights.brought_up(ledger_of(tmp_path, engine), facts, news, day, BOOK)
            whole = scoring.scored(scoring.counted(facts, day, BOOK), BOOK)
            assert list(scores) == list(whole) == list(KINDS)
            for kind, found in whole.items():
                for name in ("total", "score", "status", "band"):
                    assert np.array_equal(getattr(scores[kind], name), getattr(found, name)), (kind, name)
                assert scores[kind].evidence.entity.tolist() == found.evidence.entity.tolist()
                scored_anybody |= {kind} if len(found.total) else set()
            again = scoring.scored(nights.counted_by(ledger_of(tmp_path, engine), facts.sides, day, BOOK), BOOK)
            assert {kind: found.total.tolist() for kind, found in again.items()} == {
                kind: found.total.tolist() for kind, found in scoring.scored(market, BOOK).items()
            }
    assert scored_anybody == set(KINDS), "else nobody was compared"


def test_what_a_kind_is_counted_by_is_at_hand_before_the_night_is_in_force(tmp_path):
    rows, seen = facts_of(MADE), []
    with engines.engine() as engine:
        ledger = ledger_of(tmp_path, engine)
        ledger.refresh(known(engine, rows, 9), touched(engine, rows, -1, 9), date(2026, 1, 10))
        facts, day = known(engine, rows, 10), date(2026, 1, 11)
        ledger.refresh(
            facts,
            touched(engine, rows, 9, 10),
            day,
            counted=lambda kind: seen.append((kind, ledger.pages.day, as_rows(ledger.counts(kind))[1])),
        )
        full = in_full(facts, day)[0]
    assert seen == [(kind, date(2026, 1, 10), full[kind][1]) for kind in KINDS]


def test_a_night_that_fails_while_it_scores_leaves_the_ledger_as_it_stood(tmp_path):
    rows = facts_of(MADE)

    def fails(_kind):
        raise RuntimeError("no power")

    with engines.engine() as engine:
        ledger = ledger_of(tmp_path, engine)
        ledger.refresh(known(engine, rows, 9), touched(engine, rows, -1, 9), date(2026, 1, 10))
        stood = as_rows(ledger.counts("shop"))
        facts, day = known(engine, rows, 10), date(2026, 1, 11)
        with pytest.raises(RuntimeError, match="no power"):
            ledger.refresh(facts, touched(engine, rows, 9, 10), day, counted=fails)
        assert as_rows(ledger_of(tmp_path, engine).counts("shop")) == as_rows(ledger.counts("shop")) == stood
        once_more = ledger_of(tmp_path, engine)
        nights.brought_up(once_more, facts, touched(engine, rows, 9, 10), day, BOOK)
        assert as_rows(once_more.counts("shop"))[1] == in_full(facts, day)[0]["shop"][1]
