"""The walk itself: the stations of the circle, in their order."""

from collections.abc import Iterator

from laotie.kit import clock
from laotie.lab.demo import reading
from laotie.lab.walk import judging, market, parcel, selling
from laotie.lab.walk.cast import Cast, cast
from laotie.lab.walk.contracts import Astray, Figure, Station
from laotie.lab.walk.judging import Judged
from laotie.places.search import actions as search
from laotie.traffic.feed import queries as feed
from laotie.traffic.feed.contracts import Asking, Manner

VISITOR = Asking(Manner.FOR_YOU, size=12)
TRIALS = 200
STATIONS = ("market", "room", "feed", "deal", "parcel", "scores", "standing", "exposure", "appeal", "back")


def walk(language: str) -> Iterator[Station]:
    """Walk the circle in this (fresh) market. Raises Astray at the station where it breaks, however it breaks."""
    stations = _stations(language)
    for name in STATIONS:
        try:
            station = next(stations)
        except Astray:
            raise
        except Exception as error:
            raise Astray(name, f"{type(error).__name__}: {error}") from error
        yield station


def _stations(language: str) -> Iterator[Station]:
    market.furnish(language)
    search.ensure()
    people, words = cast(), reading.words("zh" if language.startswith("zh") else "en")["walk"]
    yield _market(people)
    station, session, card = selling.opened(people, words)
    yield station
    station, decision = selling.seen(people, session)
    yield station
    station, order = selling.bought(people, session, card, decision)
    yield station
    yield parcel.late_and_broken(people, order, words)
    day = parcel.matures(order)
    before = judging.until_maturity(people, day)
    shown_before = _share(people, before)
    market.publish(day)
    after = judging.judged(people, day)
    yield judging.scored(before, after, order)
    yield judging.stands(before, after)
    shown_after = _share(people, after)
    yield _exposure(shown_before, shown_after)
    station, restored = judging.appealed(people, day, after, order, words)
    yield station
    yield _back(shown_after, _share(people, restored))


def _market(people: Cast) -> Station:
    found = judging.stood(people, market.BEGIN)
    figures: dict[str, Figure] = {
        "shop": people.shop.name,
        "score": found.score.score,
        "status": found.score.status,
        "matured deals": found.score.deals,
    }
    return Station("market", "A market stands, with its first scores", figures)


def _share(people: Cast, at: Judged) -> float:
    """The shop's share of a visitor's first page, over so many decisions."""
    with clock.travel(at.standing.since):
        return feed.share(people.shop.id, VISITOR, TRIALS)


def _exposure(before: float, after: float) -> Station:
    if not after < before:
        raise Astray("exposure", f"the shop is seen as often as before: {before:.4f}, {after:.4f}")
    figures: dict[str, Figure] = {
        "share of slots the night before": round(before, 4),
        "share of slots": round(after, 4),
        "change": f"{100 * (after / before - 1):.1f} %",
    }
    return Station("exposure", f"The shop is seen less, over {TRIALS} pages of the feed", figures)


def _back(after: float, restored: float) -> Station:
    if not restored > after:
        raise Astray("back", f"the shop is not seen more again: {after:.4f}, {restored:.4f}")
    figures: dict[str, Figure] = {
        "share of slots": round(restored, 4),
        "change": f"+{100 * (restored / after - 1):.1f} %",
    }
    return Station("back", "The shop is seen as before", figures)
