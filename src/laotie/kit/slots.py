"""Slots: named places on a page that any room may fill without the page knowing it.

A template says `{% slot "offer.buy" offer=offer %}`; `runtime.bindings` binds names to fillers at start-up. A filler
takes the request and the slot's arguments and returns safe HTML, or "" to leave its place empty. Fillers of one slot
appear in the order in which they were bound.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Filler = Callable[..., str]
_fillers: dict[str, list[Filler]] = defaultdict(list)


def bind(name: str, filler: Filler) -> None:
    """Let `filler` fill the slot `name`; binding the same filler twice changes nothing."""
    if filler not in _fillers[name]:
        _fillers[name].append(filler)


def filled(name: str, request: HttpRequest, **arguments: Any) -> list[str]:
    """The HTML of every filler of `name`, in order, empty ones left out."""
    return [html for filler in _fillers[name] if (html := filler(request, **arguments))]
