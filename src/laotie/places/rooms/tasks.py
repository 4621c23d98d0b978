"""Rooms in the background: reminders, forgotten sessions, and prices and stock that changed while on air."""

from collections.abc import Sequence
from uuid import UUID

from procrastinate.contrib.django import app

from laotie.places.rooms import actions
from laotie.stream.facts import Recorded

KINDS = ("line.placed", "offer.changed", "price.timed", "price.timed_ended")


def follow(facts: Sequence[Recorded]) -> None:
    """What an order took, or a shop changed, is told to the rooms that show it: once a card, however many facts."""
    actions.refresh_cards({UUID(fact.body["offer_id"]) for fact in facts if fact.body.get("offer_id")})


@app.task(name="rooms.turn", queue="timers")  # type: ignore[untyped-decorator]
def turn(offer_id: str) -> None:
    """A price has just begun or ended to hold."""
    actions.refresh_cards([UUID(offer_id)])


@app.task(name="rooms.draw", queue="timers")  # type: ignore[untyped-decorator]
def draw(draw_id: str) -> None:
    """The entries of a draw close now."""
    actions.draw(UUID(draw_id))


@app.task(name="rooms.vote", queue="timers")  # type: ignore[untyped-decorator]
def vote(vote_id: str) -> None:
    """The time of a vote is over."""
    actions.close_due(UUID(vote_id))


@app.task(name="rooms.tally", queue="timers")  # type: ignore[untyped-decorator]
def tally(vote_id: str) -> None:
    """Ballots came in since the room was told."""
    actions.tell_tally(UUID(vote_id))


@app.task(name="rooms.replays")  # type: ignore[untyped-decorator]
def replays(session_id: str) -> None:
    """Cut what was said of each card."""
    actions.cut_replays(UUID(session_id))


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="rooms.minute", queue="timers", queueing_lock="rooms.minute")  # type: ignore[untyped-decorator]
def minute(timestamp: int) -> None:
    """Remind those who reserved; end what its host has left."""
    actions.remind_due()
    actions.end_forgotten()
