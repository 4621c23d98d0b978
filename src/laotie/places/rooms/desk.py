"""What a host's desk shows beside the room itself: regulars who came in, questions, the last minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from laotie.kit import clock
from laotie.people.accounts import queries as accounts
from laotie.people.follows import queries as follows
from laotie.places.rooms import regulars
from laotie.places.rooms.contracts import Session
from laotie.places.rooms.crowd import viewers_there
from laotie.places.rooms.regulars import Bought

THERE = timedelta(seconds=40)


@dataclass(frozen=True, slots=True)
class Regular:
    """Someone who is here and was here before: as a buyer, or as one who follows and is followed."""

    account_id: UUID
    name: str
    face: UUID | None
    came_at: datetime
    bought: Bought | None
    mutual: bool


def regulars_there(session: Session, most: int = 30) -> list[Regular]:
    """Regulars in the room now: those who bought most often first. Four statements, however many."""
    there = viewers_there(session.id, clock.now() - THERE)
    people = accounts.by_pseudonyms(there)
    ids = {person.id: there[pseudonym] for pseudonym, person in people.items() if person.id != session.creator_id}
    books = regulars.bought(session.creator_id, ids)
    mutual = follows.following(session.creator_id, "account", ids)
    known = [
        Regular(person.id, person.name, person.face, ids[person.id], books.get(person.id), person.id in mutual)
        for person in people.values()
        if person.id in ids and (person.id in books or person.id in mutual)
    ]
    return sorted(known, key=lambda one: (-(one.bought.times if one.bought else 0), one.came_at))[:most]
