"""What a row of a follow list shows: a name, a face, where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from laotie.people.accounts.queries import accounts
from laotie.people.creators.queries import creators
from laotie.people.follows.contracts import Followed, Follower
from laotie.people.merchants.queries import shops


@dataclass(frozen=True, slots=True)
class Face:
    """One row. `kind` is shop, creator or account; `words` a line below the name."""

    kind: str
    id: UUID
    name: str
    picture: UUID | None
    words: str
    link: str
    mutual: bool


def of_followed(rows: Sequence[Followed]) -> list[Face]:
    """The faces of those that are followed, in order, in at most three statements; vanished ones are left out."""
    found = _shops([row.target_id for row in rows if row.kind == "shop"])
    found |= _people([row.target_id for row in rows if row.kind != "shop"])
    return [_marked(found[row.target_id], row.mutual) for row in rows if row.target_id in found]


def of_followers(rows: Sequence[Follower]) -> list[Face]:
    """The faces of followers, in order."""
    found = _people([row.account_id for row in rows])
    return [_marked(found[row.account_id], row.mutual) for row in rows if row.account_id in found]


def _shops(ids: list[UUID]) -> dict[UUID, Face]:
    return {
        shop.id: Face("shop", shop.id, shop.name, shop.face, shop.ships_from, f"/s/{shop.slug}", mutual=False)
        for shop in shops(ids).values()
    }


def _people(ids: list[UUID]) -> dict[UUID, Face]:
    known = creators(ids)
    faces = {}
    for account in accounts(ids).values():
        creator = known.get(account.id)
        kind, words = ("creator", creator.persona) if creator else ("account", "")
        link = f"/u/{creator.slug if creator else account.id}"
        faces[account.id] = Face(kind, account.id, account.name, account.face, words, link, mutual=False)
    return faces


def _marked(face: Face, mutual: bool) -> Face:
    return Face(face.kind, face.id, face.name, face.picture, face.words, face.link, mutual)
