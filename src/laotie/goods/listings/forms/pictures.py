"""The pictures of a listing as a form sends them: ids in hidden fields, an order, removals, and new files."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, QueryDict

from laotie.goods.catalogue.errors import TooMuch
from laotie.kit.errors import MarketError
from laotie.kit.pictures import actions, queries

MOST = 9


@dataclass(frozen=True)
class Pictures:
    """Pictures in their order, the first the cover."""

    ids: Sequence[UUID]

    @classmethod
    def sent(cls, request: HttpRequest, owner: UUID) -> "tuple[Pictures, list[MarketError]]":
        """Those the form still has, then the new files; with what was wrong with any of these."""
        kept = _kept(request.POST)
        files = request.FILES.getlist("pictures")
        room = MOST - len(kept)
        refused: list[MarketError] = [TooMuch(field="pictures", most=MOST)] if len(files) > room else []
        for file in files[:room]:
            try:
                kept.append(actions.admit_loose(file.read(actions.MOST_BYTES + 1), owner))
            except MarketError as error:
                refused.append(error)
        return cls(tuple(kept)), refused


def _kept(data: QueryDict) -> list[UUID]:
    listed = [each for each in map(_uuid, data.getlist("picture")) if each and f"picture-{each}-remove" not in data]
    known = queries.existing(listed)
    ordered = sorted(enumerate(listed), key=lambda pair: (_place(data, pair[1], pair[0]), pair[0]))
    return list(dict.fromkeys(picture for _, picture in ordered if picture in known))[:MOST]


def _place(data: QueryDict, picture: UUID, otherwise: int) -> int:
    text = data.get(f"picture-{picture}-place", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise + 1


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
