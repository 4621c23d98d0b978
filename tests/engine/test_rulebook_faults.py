"""A bad rulebook is told every fault at once, each with its entry, its line and the mend."""

from importlib.resources import files

import pytest

from laotie.engine.scores import faults as wrong
from laotie.engine.scores.checking import faults
from laotie.engine.scores.places import places, replaced

BOOK = (files("laotie.engine.scores") / "rulebooks" / "v1.toml").read_text(encoding="utf-8")
GATE = """
[[gates]]
name = "plans"
kind = "shop"
metric = "quality"
above = 0.15
reason = "Too many complaints."
way_back = "Bad deals leave after 90 days."
"""


def line_of(text: str, start: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if line.startswith(start))


@pytest.mark.parametrize("path", list((files("laotie.engine.scores") / "rulebooks").iterdir()), ids=str)
def test_what_ships_has_no_fault(path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("entry", "value", "kind", "said"),
    [
        ("cohort.windows", "[-30, 60, 90]", wrong.OutOfBounds, "-30 cannot be used: choose a number from 1 to 3650."),
        ("cohort.windows", "[60, 30]", wrong.NotRising, "must rise"),
        ("cohort.windows", "30", wrong.NoNumber, "A number belongs here"),
        ("cohort.half_life", "0", wrong.OutOfBounds, "from 1 to 3650"),
        ("cohort.half_life", "14", wrong.ForgetsTooFast, "for 90 days: choose a half-life of 15 days or more"),
        ("cohort.enough", '"many"', wrong.NoNumber, "there is “many”"),
        ("cohort.enough", "true", wrong.NoNumber, "there is True"),
        ("curve.points", "[0.1, 0.9]", wrong.NotFalling, "must not rise"),
        ("map.score", "[3.0, 4.4, 5.0]", wrong.Uneven, "3 values here and 4 in map.points"),
        ("bands.good", "4.80", wrong.BandsCrossed, "good at 4.8"),
        ("resources.plans_from", '"best"', wrong.UnknownBand, "no band “best”"),
        ("resources.settlement.weak", "1", wrong.SlowerWhenBetter, "leading ≤ good ≤ weak"),
        ("shop.goods.metrics.quality", "25", wrong.WeightsDoNotSum, "sum to 45 and must sum to 40. Change one by 5."),
        ("effective_from", '"soon"', wrong.NoDate, "2027-01-31"),
        ("name", '"Version 2"', wrong.BadName, "v2"),
    ],
)
def test_a_fault_names_entry_line_and_mend(entry, value, kind, said):
    bad = replaced(BOOK, {entry: value})
    found = next(fault for fault in faults(bad) if type(fault) is kind)
    assert found.line == places(bad)[found.entry].line
    assert said in str(found)
    assert str(found).startswith(f"line {found.line}, {found.entry}: ")


def test_weights_over_a_hundred_are_told_at_the_first_dimension():
    (_, over) = faults(replaced(BOOK, {"shop.goods.weight": "90"}))[::-1]
    assert (type(over), over.entry, over.line) == (wrong.WeightsOver, "shop", line_of(BOOK, "[shop.goods]"))
    assert "Take 50 away" in str(over)


def test_an_unknown_metric_is_told_which_are_known():
    bad = BOOK.replace("quality = 20, bad_review = 20", "qality = 20, bad_review = 20")
    (fault,) = faults(bad)
    assert (type(fault), fault.entry) == (wrong.UnknownMetric, "shop.goods.metrics.qality")
    assert fault.line == line_of(bad, "metrics = { qality")
    assert "seller_cancels" in str(fault)


def test_a_slip_of_the_pen_is_both_missing_and_unknown():
    bad = BOOK.replace("enough = 30 ", "enogh = 30 ")
    assert [(type(fault), fault.entry, fault.line) for fault in faults(bad)] == [
        (wrong.Missing, "cohort.enough", line_of(bad, "[cohort]")),
        (wrong.Unknown, "cohort.enogh", line_of(bad, "enogh")),
    ]


@pytest.mark.parametrize("lost", ["reason", "way_back"])
def test_a_gate_says_its_reason_and_the_way_back(lost):
    whole = BOOK + GATE
    assert [fault for fault in faults(whole) if isinstance(fault, wrong.GateWithout)] == []
    bad = "\n".join(line for line in whole.split("\n") if not line.startswith(lost))
    (fault,) = [fault for fault in faults(bad) if isinstance(fault, wrong.GateWithout)]
    assert (fault.entry, fault.line) == (f"gates[0].{lost}", line_of(bad, "[[gates]]"))


def test_what_is_no_toml_is_told_its_line():
    bad = BOOK.replace("[bands]", "[bands")
    (fault,) = faults(bad)
    assert (type(fault), fault.line) == (wrong.NoToml, line_of(bad, "[bands"))


def test_all_faults_are_told_at_once_in_the_order_of_lines():
    bad = replaced(BOOK, {"cohort.windows": "[0]", "bands.days": "0", "shop.goods.weight": "41"})
    assert [fault.entry for fault in faults(bad)] == [
        "cohort.windows", "bands.days", "shop", "shop.goods.metrics",
    ]  # fmt: skip


def test_a_number_is_written_anew_where_it_stands_and_nothing_else():
    done = replaced(BOOK, {"resources.settlement.weak": "21", "bands.good": "4.45"})
    changed = [(a, b) for a, b in zip(BOOK.split("\n"), done.split("\n"), strict=True) if a != b]
    assert changed == [
        ("good = 4.40", "good = 4.45"),
        (
            "settlement = { leading = 3, good = 7, weak = 14 }    # days from signing to the shop's money",
            "settlement = { leading = 3, good = 7, weak = 21 }    # days from signing to the shop's money",
        ),
    ]


def test_places_pass_over_comments_strings_and_lists_of_several_lines():
    text = 'a = "x # y" # z\nb = [\n  1, # one\n  2,\n]\n[t]\nc = { d = "}", e = [1, 2] }\n[[g]]\nf = 1\n[[g]]\nf = 2\n'
    where = places(text)
    shown = {path: (place.line, text[place.start : place.end]) for path, place in where.items()}
    assert shown["a"] == (1, '"x # y"')
    assert shown["b"] == (2, "[\n  1, # one\n  2,\n]")
    assert shown["t.c.d"] == (7, '"}"')
    assert shown["t.c.e"] == (7, "[1, 2]")
    assert (shown["g[0].f"], shown["g[1].f"]) == ((9, "1"), (11, "2"))
