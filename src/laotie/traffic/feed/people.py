"""Who looks: followed and hidden shops, and fondness, in three statements; none for a visitor."""

from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.people.follows import queries as follows
from laotie.places.search.contracts import category_mark, halves
from laotie.traffic.feed.contracts import Asking
from laotie.traffic.feed.models import Belief
from laotie.traffic.feed.stages.types import Person

NOBODY = Person({}, frozenset(), frozenset(), {}, {})
MOST_FOLLOWED = 500


def person(asking: Asking) -> Person:
    """What the feed knows of whoever asks."""
    if asking.account is None or asking.viewer is None:
        return NOBODY
    rows = list(Belief.objects.filter(viewer=asking.viewer).values_list("kind", "target_id", "strength"))
    followed = follows.follows(asking.account, "shop", limit=MOST_FOLLOWED)
    hosts = follows.follows(asking.account, "creator", limit=MOST_FOLLOWED)
    return Person(
        following={halves(one.target_id)[1]: one.target_id for one in followed},
        hosts=frozenset(halves(one.target_id)[1] for one in hosts),
        hidden=frozenset(halves(target)[1] for kind, target, _strength in rows if kind == Belief.Kind.HIDDEN),
        shops={halves(target)[1]: strength for kind, target, strength in rows if kind == Belief.Kind.SHOP},
        categories=_marks({target: strength for kind, target, strength in rows if kind == Belief.Kind.CATEGORY}),
    )


def _marks(strengths: dict[UUID, float]) -> dict[int, float]:
    nodes = catalogue.all_categories() if strengths else {}
    return {category_mark(nodes[key].slug): strength for key, strength in strengths.items() if key in nodes}
