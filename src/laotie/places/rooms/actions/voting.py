"""Votes: a question to the room, one answer a viewer, and a tally that is told at most once a second.

What the room is told is kept with the vote, so that a fresh state and the events say the same. A ballot that comes too
soon after the last telling leaves word (`due`), and one job tells them all.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from laotie.kit import clock
from laotie.kit.text import line
from laotie.people.accounts.queries import pseudonym
from laotie.places.rooms import queries, telling
from laotie.places.rooms.actions.numbering import hold, record
from laotie.places.rooms.contracts.selling import VoteCast, VoteEnded, VoteOpened
from laotie.places.rooms.errors import BadVote, NoSuchVote, VoteClosed, VotedAlready, VoteRuns
from laotie.places.rooms.models import BallotRow, SessionRow, VoteRow
from laotie.stream.outbox.actions import emit

SHORTEST, LONGEST = 10, 3600  # seconds
EVERY = timedelta(seconds=1)


def open_vote(account_id: UUID, session_id: UUID, question: str, options: list[str], seconds: int) -> UUID:
    """Ask the room for so many seconds. Raises NotYourRoom, WrongState, BadText, BadVote, VoteRuns."""
    queries.aired(account_id, session_id)
    words = line(question, "question", 120, 2)
    answers = [line(option, "options", 40, 1) for option in options]
    if not (2 <= len(answers) <= 4 and len(set(answers)) == len(answers) and SHORTEST <= seconds <= LONGEST):
        raise BadVote(field="options", longest=LONGEST // 60)
    try:
        return _open(session_id, account_id, words, answers, seconds)
    except IntegrityError as error:
        raise VoteRuns from error


@transaction.atomic
def _open(session_id: UUID, account_id: UUID, question: str, options: list[str], seconds: int) -> UUID:
    session, now = hold(session_id), clock.now()
    row = VoteRow.objects.create(
        session=session, question=question, options=options, opened_at=now, ends_at=now + timedelta(seconds=seconds),
        told=[0] * len(options), told_at=now,
    )  # fmt: skip
    app.configure_task("rooms.vote", queue="timers", schedule_at=row.ends_at).defer(vote_id=str(row.pk))
    emit(VoteOpened(session_id, row.pk, pseudonym(account_id), len(options), row.ends_at))
    record(session, "vote", {"vote": telling.vote(row)})
    return row.pk


def cast(account_id: UUID, session_id: UUID, vote_id: UUID, choice: int) -> None:
    """Answer, once; the same answer again changes nothing.

    Raises ShutOut, NoSuchVote, BadVote, VoteClosed, VotedAlready.
    """
    queries.session_for(account_id, session_id)
    row = VoteRow.objects.filter(pk=vote_id, session_id=session_id).first()
    if row is None:
        raise NoSuchVote
    if not 0 <= choice < len(row.options):
        raise BadVote(field="choice", longest=LONGEST // 60)
    if _answered(account_id, vote_id, choice):
        return
    if _counted(row, account_id, choice):
        _tell_soon(row, clock.now())


@transaction.atomic
def _counted(row: VoteRow, account_id: UUID, choice: int) -> bool:
    """Whether this was the account's first answer. Shares the vote's row with all who answer, not with its closing."""
    open_now = VoteRow.objects.raw("SELECT * FROM rooms_voterow WHERE id = %s FOR SHARE", [row.pk])[0]
    if open_now.closed_at or open_now.ends_at <= clock.now():
        raise VoteClosed
    _ballot, new = BallotRow.objects.get_or_create(vote=row, account_id=account_id, defaults={"choice": choice})
    if new:
        emit(VoteCast(row.session_id, row.pk, pseudonym(account_id), choice))
    elif _ballot.choice != choice:
        raise VotedAlready
    return new


def _answered(account_id: UUID, vote_id: UUID, choice: int) -> bool:
    """Raises VotedAlready."""
    known = BallotRow.objects.filter(vote_id=vote_id, account_id=account_id).first()
    if known and known.choice != choice:
        raise VotedAlready
    return known is not None


def _tell_soon(row: VoteRow, now: datetime) -> None:
    """Tell the tally, or leave word where it was told just now."""
    if row.told_at <= now - EVERY:
        tell_tally(row.pk)
    elif VoteRow.objects.filter(pk=row.pk, due=False).update(due=True):
        app.configure_task("rooms.tally", queue="timers", schedule_in={"seconds": 1}).defer(vote_id=str(row.pk))


@transaction.atomic
def tell_tally(vote_id: UUID) -> None:
    """Tell the room how many each answer has now, where that is news."""
    found = VoteRow.objects.filter(pk=vote_id).first()
    if found is None:
        return
    session = hold(found.session_id)
    row = VoteRow.objects.select_for_update().get(pk=vote_id)
    counts = queries.counts(row.pk, len(row.options))
    news = row.closed_at is None and counts != row.told
    row.told, row.told_at, row.due = counts, clock.now(), False
    row.save(update_fields=["told", "told_at", "due"])
    if news:
        record(session, "vote", {"vote": telling.vote(row)})


@transaction.atomic
def close_vote(account_id: UUID, session_id: UUID, vote_id: UUID) -> None:
    """The host has heard enough. Twice is once. Raises NotYourRoom, NoSuchVote."""
    queries.hosted(account_id, session_id)
    session = hold(session_id)
    if not VoteRow.objects.filter(pk=vote_id, session=session).exists():
        raise NoSuchVote
    _close(session, vote_id)


@transaction.atomic
def close_due(vote_id: UUID) -> None:
    """Close a vote whose time is over; called by the clock."""
    found = VoteRow.objects.filter(pk=vote_id, closed_at=None, ends_at__lte=clock.now()).first()
    if found:
        _close(hold(found.session_id), vote_id)


def close_rest(row: SessionRow) -> None:
    """On a held session that ends: what is open is closed now."""
    for vote_id in VoteRow.objects.filter(session=row, closed_at=None).values_list("pk", flat=True):
        _close(row, vote_id)


def _close(session: SessionRow, vote_id: UUID) -> None:
    row = VoteRow.objects.select_for_update().get(pk=vote_id)
    if row.closed_at:
        return
    row.closed_at, row.told, row.due = clock.now(), queries.counts(row.pk, len(row.options)), False
    row.save(update_fields=["closed_at", "told", "due"])
    emit(VoteEnded(session.pk, row.pk, row.told))
    record(session, "vote", {"vote": telling.vote(row)})
