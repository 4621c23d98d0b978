"""Beliefs: which shops and categories a person is fond of, from what they opened and bought."""

from collections import defaultdict
from datetime import datetime
from math import exp
from uuid import UUID

import pyarrow as pa
from django.db import transaction

from laotie.goods.catalogue import queries as catalogue
from laotie.places.search.contracts import category_mark
from laotie.traffic.feed.estimating.goods import Goods
from laotie.traffic.feed.models import Belief, Forgotten

ENOUGH = 8.0  # points at which a belief is two thirds of the whole: a page opened is 1, a thing bought 5
MOST = {Belief.Kind.SHOP: 20, Belief.Kind.CATEGORY: 10}
LEAST = 0.1  # weaker beliefs change nothing that anybody could see
Points = dict[tuple[UUID, str], dict[UUID, float]]


def believe(liked: pa.Table, goods: Goods, run: datetime) -> list[Belief]:
    """The beliefs that follow from `liked` (see `counts.liked`), as far as nobody deleted them."""
    points = _points(liked, goods)
    return [
        Belief(viewer=viewer, kind=kind, target_id=target, strength=strength, since=run)
        for (viewer, kind), found in points.items()
        for target, strength in _strongest(found, MOST[Belief.Kind(kind)])
    ]


@transaction.atomic
def keep(beliefs: list[Belief]) -> None:
    """Put `beliefs` in the place of what was concluded before; what people said stays."""
    Belief.objects.exclude(kind=Belief.Kind.HIDDEN).delete()
    Belief.objects.bulk_create(beliefs, 2000)


def _points(liked: pa.Table, goods: Goods) -> Points:
    points: Points = defaultdict(lambda: defaultdict(float))
    shops, marks = goods.columns.shop_ids, goods.columns.category.tolist()
    nodes = {category_mark(node.slug): key for key, node in catalogue.all_categories().items()}
    forgotten = dict(Forgotten.objects.values_list("viewer", "at"))
    for row in liked.to_pylist():
        viewer, at = UUID(row["viewer"]), forgotten.get(UUID(row["viewer"]))
        place = goods.row.get(row["item"])
        if place is None or (at is not None and row["at"] <= at):
            continue
        points[viewer, Belief.Kind.SHOP][shops[place]] += row["points"]
        if marks[place] in nodes:
            points[viewer, Belief.Kind.CATEGORY][nodes[marks[place]]] += row["points"]
    return points


def _strongest(found: dict[UUID, float], most: int) -> list[tuple[UUID, float]]:
    strengths = {target: 1 - exp(-points / ENOUGH) for target, points in found.items()}
    ranked = sorted(strengths.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    return [(target, round(strength, 4)) for target, strength in ranked if strength >= LEAST]
