"""Where rooms that do not know each other are joined: fillers of slots, holders of personal data, ports.

One module a room, one line a binding, sorted by slot; `consoles` keeps the order of navigation. Only `runtime` may
import both sides.
"""

from laotie.runtime.bindings.consoles import bind_consoles
from laotie.runtime.bindings.lab import bind_lab
from laotie.runtime.bindings.people import bind_people
from laotie.runtime.bindings.places import bind_places
from laotie.runtime.bindings.rooms import bind_rooms
from laotie.runtime.bindings.trade import bind_trade
from laotie.runtime.bindings.traffic import bind_traffic
from laotie.runtime.bindings.trust import bind_trust


def bind_all() -> None:
    """Called once, when Django is ready. Where rooms share a slot, the order here is the order on the page."""
    bind_consoles()
    bind_lab()
    bind_people()
    bind_places()
    bind_rooms()
    bind_trade()
    bind_traffic()
    bind_trust()
