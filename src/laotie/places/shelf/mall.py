"""The mall: every category that has goods, each with a face: its most bought product's cover."""

from dataclasses import dataclass
from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Category
from laotie.goods.offers import queries as offers
from laotie.places.search import queries as search
from laotie.places.search.contracts import Ask, Filters, Sort

MOST_FACES = 120  # categories whose face is looked up; the others show their first letter


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category in the mall. `cover` is a picture's id."""

    node: Category
    count: int
    cover: UUID | None
    below: "list[Shelf]"


def mall() -> list[Shelf]:
    """The stocked roots, in the tree's order, with two levels below each."""
    counts = {facet.key: facet.count for facet in search.search(Ask(size=1)).categories}
    stocked = [node for root in catalogue.categories() for node in root.walk() if node.slug in counts][:MOST_FACES]
    faces = {node.slug: face[0] for node in stocked if (face := search.page(_most_bought(node)))}
    covers = {key: card.cover for key, card in offers.cards(set(faces.values())).items()}
    return [
        _shelf(root, counts, {slug: covers.get(face) for slug, face in faces.items()})
        for root in catalogue.categories()
        if root.slug in counts
    ]


def _most_bought(node: Category) -> Ask:
    return Ask(filters=Filters(category=node.slug, in_stock=True), sort=Sort.POPULAR, size=1)


def _shelf(node: Category, counts: dict[str, int], covers: dict[str, UUID | None]) -> Shelf:
    below = [_shelf(child, counts, covers) for child in node.children if child.slug in counts]
    return Shelf(node, counts[node.slug], covers.get(node.slug), below)
