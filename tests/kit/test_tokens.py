"""Slot tokens prove what was served, and nothing else opens."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laotie.kit import clock, tokens
from laotie.kit.tokens import BadToken, ExpiredToken, Served, open_token, seal

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DECISION, ITEM, VIEWER = UUID(int=1), UUID(int=2), UUID(int=3)


@given(st.uuids(), st.uuids(), st.integers(0, 65535), st.none() | st.uuids())
def test_what_is_sealed_opens(decision: UUID, item: UUID, position: int, viewer: UUID | None):
    assert open_token(seal(decision, item, position, viewer)) == Served(decision, item, position, viewer)


def test_a_token_expires():
    with clock.travel(NOON):
        token = seal(DECISION, ITEM, 3)
    with clock.travel(NOON + tokens.LIFE):
        assert open_token(token).position == 3
    with clock.travel(NOON + tokens.LIFE + timedelta(minutes=2)), pytest.raises(ExpiredToken):
        open_token(token)


@given(st.integers(0, 8 * (tokens._LAYOUT.size + 16) - 1))
def test_one_flipped_bit_spoils_it(bit: int):
    raw = bytearray(b"".join(tokens._parts(seal(DECISION, ITEM, 3, VIEWER))))
    raw[bit // 8] ^= 1 << bit % 8
    forged = tokens.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")
    with pytest.raises(BadToken):
        open_token(forged)


@pytest.mark.parametrize("token", ["", "a", "####", "é", "A" * 95, "A" * 94, "A" * 10_000])
def test_rubbish_is_refused(token: str):
    with pytest.raises(BadToken):
        open_token(token)


@pytest.mark.parametrize("position", [-1, 65536])
def test_a_position_out_of_bounds_is_refused(position: int):
    with pytest.raises(ValueError, match="position"):
        seal(DECISION, ITEM, position)
