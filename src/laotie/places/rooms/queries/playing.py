"""Coupons, draws and votes, as they are and as browsers are told of them."""

from typing import Any
from uuid import UUID

from django.db.models import Count

from laotie.goods.terms import queries as terms
from laotie.places.rooms import lots, telling, views
from laotie.places.rooms.contracts.selling import Draw, Handed
from laotie.places.rooms.errors import NoSuchCoupon, NoSuchDraw
from laotie.places.rooms.models import BallotRow, DrawRow, EntryRow, HandedRow, VoteRow

SHOWN = 10  # draws, votes


def handed_in(session_id: UUID, coupon_id: UUID) -> Handed:
    """Raises NoSuchCoupon."""
    row = HandedRow.objects.filter(session_id=session_id, coupon=coupon_id).first()
    if row is None:
        raise NoSuchCoupon
    return Handed(row.coupon, row.at, row.gone_at is not None)


def coupons_told(session_id: UUID) -> list[dict[str, Any]]:
    """The coupons of a session as browsers are told of them, the oldest first."""
    rows = list(HandedRow.objects.filter(session_id=session_id).order_by("at", "coupon"))
    known = terms.coupons(row.coupon for row in rows) if rows else {}
    return views.coupons_told(rows, known)


def coupons_had(account_id: UUID | None, session_id: UUID) -> set[UUID]:
    """The coupons of a session that the account has claimed."""
    rows = HandedRow.objects.filter(session_id=session_id).values_list("coupon", flat=True)
    return terms.claimed(account_id, rows) if account_id else set()


def draw(draw_id: UUID) -> Draw:
    """Raises NoSuchDraw."""
    row = DrawRow.objects.filter(pk=draw_id).first()
    if row is None:
        raise NoSuchDraw
    entries = EntryRow.objects.filter(draw=row)
    names = sorted(str(pk) for pk in entries.values_list("pk", flat=True)) if row.drawn_at else []
    won = [str(pk) for pk in entries.filter(won__isnull=False).order_by("won").values_list("pk", flat=True)]
    return Draw(
        row.pk, row.session_id, row.prize, row.winners, lots.commitment(row.secret), row.opened_at, row.ends_at,
        row.drawn_at, row.secret if row.drawn_at else "", tuple(names), tuple(won),
    )  # fmt: skip


def draw_in(session_id: UUID, draw_id: UUID) -> Draw:
    """Raises NoSuchDraw."""
    found = draw(draw_id)
    if found.session_id != session_id:
        raise NoSuchDraw
    return found


def draws_told(session_id: UUID) -> list[dict[str, Any]]:
    """The draws of a session as browsers are told of them, the oldest first; the last ten."""
    rows = DrawRow.objects.filter(session_id=session_id).order_by("-opened_at")[:SHOWN]
    return telling.draws(list(reversed(rows)))


def entries_of(account_id: UUID | None, session_id: UUID) -> dict[str, str]:
    """The account's own entries by draw."""
    rows = EntryRow.objects.filter(draw__session_id=session_id, account_id=account_id) if account_id else []
    return {str(row.draw_id): str(row.pk) for row in rows}


def votes_told(session_id: UUID) -> list[dict[str, Any]]:
    """The votes of a session as browsers are told of them, the oldest first; the last ten."""
    rows = VoteRow.objects.filter(session_id=session_id).order_by("-opened_at")[:SHOWN]
    return [telling.vote(row) for row in reversed(rows)]


def ballots_of(account_id: UUID | None, session_id: UUID) -> dict[str, int]:
    """The account's own answers by vote."""
    rows = BallotRow.objects.filter(vote__session_id=session_id, account_id=account_id) if account_id else []
    return {str(row.vote_id): row.choice for row in rows}


def counts(vote_id: UUID, options: int) -> list[int]:
    """How many each answer of a vote has."""
    rows = BallotRow.objects.filter(vote_id=vote_id).order_by().values_list("choice").annotate(Count("pk"))
    found = dict(rows)
    return [found.get(option, 0) for option in range(options)]
