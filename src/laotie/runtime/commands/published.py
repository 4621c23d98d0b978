"""A published score of a market's home, as the explanation that an archive's scores have."""

from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from laotie.lab.scoring.explained import Explanation, NoSuchEntity
from laotie.runtime.commands.needs import market_parts

if TYPE_CHECKING:
    from laotie.trust.scores.contracts import Score


@market_parts
def published(home: Path, kind: str, entity: str, day: datetime | None, target: float | None) -> Explanation:
    """The score that `home`'s market published: of the day, else the newest. Raises NoSuchEntity, ClickException."""
    from laotie.runtime.commands.opened import opened
    from laotie.runtime.config import ConfigError
    from laotie.runtime.embedded.postgres import PostgresFault
    from laotie.runtime.home import Founding

    if not (home / "market.toml").is_file():
        raise click.ClickException(f"{home} is no market's home: it has no market.toml. Name the folder of laotie up.")
    try:
        with opened(home, Founding()):
            return _explained(_score(kind, entity, day), target)
    except (ConfigError, PostgresFault) as error:
        raise click.ClickException(str(error)) from error


def _score(kind: str, entity: str, day: datetime | None) -> "Score":
    from laotie.trust.scores import queries

    key = _key(kind, entity)
    found = queries.history(kind, key, most=10_000 if day else 1) if key else []
    if day:
        found = [score for score in found if score.day == day.date()]
    if not found:
        near = f" Nothing was published of it on {day.date()}." if day else " Give its id, or a shop's address."
        raise NoSuchEntity(kind=kind, entity=entity, near=near)
    return found[0]


def _key(kind: str, entity: str) -> UUID | None:
    from laotie.people.merchants import queries as merchants
    from laotie.people.merchants.errors import NoSuchShop

    try:
        return UUID(entity)
    except ValueError:
        pass
    try:
        return merchants.shop_by_slug(entity).id if kind == "shop" else None
    except NoSuchShop:
        return None


def _explained(score: "Score", target: float | None) -> Explanation:
    from laotie.engine.scores.explaining import Cost, Part
    from laotie.engine.scores.wishing import WhatIf, Wish
    from laotie.trust.scores import queries

    wished = queries.what_if(score, target) if target else None
    keys = ("line_id", "order_id", "product_id")
    return Explanation(
        kind=score.kind,
        entity=str(score.entity_id),
        day=score.day,
        score=score.score,
        status=score.status,
        band=score.band,
        deals=score.deals,
        window=score.window,
        category="",
        total=score.total,
        rulebook=score.rulebook,
        parts=tuple(Part(**asdict(part)) for part in score.parts),
        costs=tuple(Cost(**asdict(cost) | {name: str(getattr(cost, name)) for name in keys}) for cost in score.costs),
        absent=score.absent,
        since=score.day - timedelta(days=1) if score.change else None,
        changes=asdict(score.change) if score.change else {},
        wish=WhatIf(wished.target, wished.score, wished.reached, tuple(Wish(**asdict(w)) for w in wished.wishes))
        if wished
        else None,
    )
