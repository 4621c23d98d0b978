"""One decision from end to end: sources → hydrate → filter → score → arrange → explain → record."""

from dataclasses import replace
from uuid import UUID

from laotie.engine.matching.policy import Policy, published
from laotie.kit import tokens
from laotie.kit.ids import new_id
from laotie.kit.memory import ShortMemory
from laotie.traffic.feed import people, sources
from laotie.traffic.feed.contracts import Asking, Chosen, Decision, Manner
from laotie.traffic.feed.stages.arrange import arrange
from laotie.traffic.feed.stages.explain import explain
from laotie.traffic.feed.stages.filter import IN_CATEGORY, RULES, Rule, keep
from laotie.traffic.feed.stages.hydrate import hydrate, joined
from laotie.traffic.feed.stages.record import record
from laotie.traffic.feed.stages.score import score
from laotie.traffic.feed.stages.types import KINDS, Explained, Request, Sheet

THREAD = UUID("f3ed0000-0000-4000-8000-000000000000")  # the item that stands for a thread in its token
_sheets: ShortMemory[Asking, Sheet] = ShortMemory(50)
_categories: ShortMemory[Asking, Sheet] = ShortMemory(500, ages=4)  # many, each asked for now and then


def decide(asking: Asking) -> Decision:
    """Decide who is shown, and record why."""
    request = requested(asking)
    rules = rules_of(asking)
    explained = stages(request, rules)
    decided = record(explained, request, rules)
    slots = [
        Chosen(kind, item, position, arm)
        for position, (kind, item, arm) in enumerate(zip(decided.kinds, decided.items, decided.arms, strict=True))
    ]
    return Decision(request.decision, tuple(slots), _sealed(request) if explained.arranged.more else "")


def stages(request: Request, rules: tuple[Rule, ...]) -> Explained:
    """All stages but the last: nothing is recorded."""
    sheet = candidates(request, request.policy)
    return explain(arrange(score(keep(sheet, request, rules), request), request))


def candidates(request: Request, policy: Policy) -> Sheet:
    """Sources and hydrate: the part that everybody shares is remembered for a few seconds."""
    asking = request.asking
    memory = _categories if asking.manner is Manner.CATEGORY else _sheets
    shared = memory.get(_impersonal(asking), lambda: hydrate(sources.shared(asking), policy))
    own = sources.personal(asking, request.person)
    return joined(shared, hydrate(own, policy)) if own else shared


def requested(asking: Asking, decision: UUID | None = None) -> Request:
    """The request, with who looks and the seed: that of the thread where one goes on, else the decision's own."""
    decision = decision or new_id()
    thread = _thread(asking)
    first = (asking.page - 1) * asking.size
    return Request(asking, decision, thread or decision, first, people.person(asking), published())


def rules_of(asking: Asking) -> tuple[Rule, ...]:
    return IN_CATEGORY if asking.manner is Manner.CATEGORY else RULES


def _impersonal(asking: Asking) -> Asking:
    return replace(asking, account=None, viewer=None, page=1, thread="")


def _thread(asking: Asking) -> UUID | None:
    """The decision that a thread goes on with. Sealed, so that nobody draws until the order pleases."""
    found = tokens.served(asking.thread, THREAD)
    return found.decision if found and found.viewer == asking.viewer else None


def _sealed(request: Request) -> str:
    return tokens.seal(request.thread, THREAD, 0, request.asking.viewer)


__all__ = ["KINDS", "candidates", "decide", "requested", "rules_of", "stages"]
