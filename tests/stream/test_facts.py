"""Facts survive the way to JSON and back exactly; what breaks a contract is refused where it is made."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laotie.stream.facts import BadFact, Fact, arrow_schema, decode, encode, fact, latest
from laotie.stream.facts.json import columns

TEXT = st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
INT64 = st.integers(-(2**63), 2**63 - 1)


@fact("test.everything", version=1)
@dataclass(frozen=True, slots=True)
class Everything(Fact):
    id: UUID
    words: str
    count: int
    open: bool
    at: datetime
    on: date
    maybe: str | None
    ids: list[UUID]
    names: list[str]
    counts: list[int] | None = None


EVERYTHING = st.builds(
    Everything,
    id=st.uuids(),
    words=TEXT,
    count=INT64,
    open=st.booleans(),
    at=st.datetimes(timezones=st.just(UTC)),
    on=st.dates(),
    maybe=st.none() | TEXT,
    ids=st.lists(st.uuids(), max_size=3),
    names=st.lists(TEXT, max_size=3),
    counts=st.none() | st.lists(INT64, max_size=3),
)


@given(EVERYTHING)
def test_a_fact_survives_json(given_fact: Everything):
    assert decode(Everything, json.loads(json.dumps(encode(given_fact)))) == given_fact


@given(EVERYTHING)
def test_a_fact_fits_its_arrow_schema(given_fact: Everything):
    schema = arrow_schema("test.everything")
    own = {name: getattr(given_fact, name) for name in ("words", "count", "open", "at", "on", "maybe", "counts")}
    row = own | {"id": str(given_fact.id), "ids": [str(i) for i in given_fact.ids], "names": given_fact.names}
    assert pa.Table.from_pylist([row], schema=schema).select(list(row)).to_pylist() == [row]


def test_times_are_kept_in_utc():
    shanghai = timezone(timedelta(hours=8))
    made = EXAMPLE.at.astimezone(shanghai)
    assert encode(replace(EXAMPLE, at=made))["at"] == "2026-01-02T03:04:05+00:00"


EXAMPLE = Everything(
    id=UUID(int=1), words="a", count=1, open=True, at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    on=date(2026, 1, 2), maybe=None, ids=[UUID(int=2)], names=[],
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "00000000-0000-0000-0000-000000000001"),
        ("words", None),
        ("words", "a\x00b"),
        ("words", "\ud800"),
        ("count", True),
        ("count", 2**63),
        ("count", 1.0),
        ("open", 1),
        ("at", datetime(2026, 1, 1)),  # noqa: DTZ001
        ("at", date(2026, 1, 1)),
        ("on", datetime(2026, 1, 1, tzinfo=UTC)),
        ("ids", [1]),
        ("ids", "abc"),
        ("ids", [UUID(int=1), "00000000-0000-0000-0000-000000000001"]),
        ("names", ["a", "b\x00"]),
        ("names", ["\ud800"]),
        ("names", ["a", 1]),
        ("counts", [1, 2**63]),
        ("counts", [1, True]),
    ],
)
def test_a_value_against_its_annotation_is_refused(field: str, value: object):
    with pytest.raises(BadFact, match=f"Everything.{field}"):
        encode(replace(EXAMPLE, **{field: value}))


@given(EVERYTHING)
def test_columns_hold_what_the_fact_holds(given_fact: Everything):
    own = columns(Everything, json.loads(json.dumps(encode(given_fact))))
    assert own == {
        name: [str(one) for one in value] if name == "ids" else str(value) if name == "id" else value
        for name, value in ((name, getattr(given_fact, name)) for name in own)
    }


def test_columns_hold_ids_with_their_hyphens():
    ids = [str(UUID(int=1)), UUID(int=2).hex]
    assert columns(Everything, encode(EXAMPLE) | {"ids": ids})["ids"] == [str(UUID(int=1)), str(UUID(int=2))]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ids", [str(UUID(int=1)), 1]),
        ("ids", [str(UUID(int=1)), "no id"]),
        ("ids", str(UUID(int=1))),
        ("names", ["a", None]),
        ("names", ["a", "b\x00"]),
        ("names", ["\ud800"]),
        ("counts", [1, -(2**63) - 1]),
        ("counts", [1, 1.0]),
        ("counts", [False, 1]),
    ],
)
def test_a_body_against_its_contract_gives_no_columns_and_no_fact(field: str, value: object):
    for way in (columns, decode):
        with pytest.raises(BadFact, match=f"Everything.{field}"):
            way(Everything, encode(EXAMPLE) | {field: value})


def test_what_an_older_body_does_not_name_takes_the_default():
    body = encode(EXAMPLE)
    del body["counts"]
    assert decode(Everything, body).counts is None
    del body["id"]
    with pytest.raises(BadFact, match="id"):
        decode(Everything, body)


def test_declarations_that_the_lake_could_not_keep_are_refused():
    with pytest.raises(BadFact, match="no fact kind"):
        fact("Order Placed")(Everything)
    with pytest.raises(BadFact, match="frozen"):

        @fact("test.loose")
        @dataclass
        class Loose(Fact):
            count: int

    with pytest.raises(BadFact, match="cannot be in a fact"):

        @fact("test.real")
        @dataclass(frozen=True)
        class Real(Fact):
            share: float

    with pytest.raises(BadFact, match="kind"):

        @fact("test.clash")
        @dataclass(frozen=True)
        class Clash(Fact):
            kind: str

    with pytest.raises(BadFact, match="declared twice"):

        @fact("test.everything", version=1)
        @dataclass(frozen=True)
        class Other(Fact):
            count: int


def test_an_unknown_kind_has_a_schema_of_envelope_and_rest():
    assert latest("test.unknown") is None
    names = ["fact_id", "kind", "version", "occurred_at", "recorded_at", "day", "rest"]
    assert arrow_schema("test.unknown").names == names


def test_a_schema_covers_every_version_and_no_column_changes_its_type():
    @fact("test.grown", version=1)
    @dataclass(frozen=True)
    class Grown1(Fact):
        old: int
        both: str

    @fact("test.grown", version=2)
    @dataclass(frozen=True)
    class Grown2(Fact):
        both: str | None
        new: date

    assert arrow_schema("test.grown").names[6:] == ["old", "both", "new", "rest"]
    assert latest("test.grown") is Grown2
    with pytest.raises(BadFact, match="changes its type"):

        @fact("test.grown", version=3)
        @dataclass(frozen=True)
        class Grown3(Fact):
            both: int
