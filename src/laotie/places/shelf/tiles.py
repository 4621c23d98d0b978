"""Making tiles: two statements for any number of products, however many rows they are shown in."""

from collections.abc import Collection, Iterable
from uuid import UUID

from laotie.goods.offers import queries as offers
from laotie.kit import tokens
from laotie.kit.ids import new_id
from laotie.people.merchants.contracts import Shop
from laotie.places.search import queries as search
from laotie.places.shelf import known
from laotie.places.shelf.contracts import Ordered, RoomTile, Slot, SlotKind, Tile


class Tiles:
    """The tiles of one page. Products that are no longer for sale are left out, whatever the index still says."""

    def __init__(self, product_ids: Iterable[UUID], viewer: UUID | None, also_shops: Collection[UUID] = ()) -> None:
        wanted = set(product_ids)
        self.cards = offers.cards(wanted)
        ids = {card.shop_id for card in self.cards.values()} | set(also_shops)
        self.shops: dict[UUID, Shop] = known.shops(ids)
        self.sales = known.sales(wanted)
        self.viewer = viewer

    def of(self, product_ids: Iterable[UUID], marks: Collection[str] = ()) -> list[Tile]:
        """Tiles in the given order, sealed as one decision."""
        shown = [product_id for product_id in product_ids if self._shown(product_id)]
        sealed = tokens.seal_all(new_id(), shown, self.viewer)
        return [self._tile(product_id, marks, token) for product_id, token in zip(shown, sealed, strict=True)]

    def ordered(self, ordered: Ordered) -> list[Tile]:
        """The products of a decision, each sealed in the position that it was decided for."""
        return [tile for tile in self.mixed(ordered) if isinstance(tile, Tile)]

    def mixed(self, ordered: Ordered) -> list[Tile | RoomTile]:
        """The same with the rooms among them; one that went off air a moment ago is left out."""
        drawn = (self._slot(slot, self._seal(ordered.decision, slot)) for slot in ordered.slots)
        return [tile for tile in drawn if tile is not None]

    def _slot(self, slot: Slot, token: str) -> Tile | RoomTile | None:
        if slot.kind is SlotKind.SESSION:
            room = known.on_air().get(slot.item)
            return RoomTile(room, token, slot.why) if room else None
        return self._tile(slot.item, (), token, slot.why) if self._shown(slot.item) else None

    def _seal(self, decision: UUID, slot: Slot) -> str:
        return tokens.seal(decision, slot.item, slot.position, self.viewer)

    def sold(self, product_id: UUID) -> int:
        """Units ever ordered."""
        return self.sales[product_id].sold if product_id in self.sales else 0

    def _shown(self, product_id: UUID) -> bool:
        card = self.cards.get(product_id)
        return card is not None and card.shop_id in self.shops and self.shops[card.shop_id].is_open

    def _tile(self, product_id: UUID, marks: Collection[str], token: str, why: str = "") -> Tile:
        card = self.cards[product_id]
        title = tuple(search.highlighted(card.title, marks)) if marks else ((card.title, False),)
        return Tile(card, self.shops.get(card.shop_id), self.sold(product_id), title, token, why)
