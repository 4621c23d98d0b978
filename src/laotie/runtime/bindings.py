"""Where rooms that do not know each other are joined: fillers of slots, handlers of tasks, ports.

One line a binding, sorted by slot. Only `runtime` may import both sides.
"""

from laotie.kit import slots
from laotie.people.desk import actions as desk
from laotie.people.desk import slots as desk_slots
from laotie.places.shelf import slots as shelf_slots
from laotie.runtime import reportables


def bind_all() -> None:
    """Called once, when Django is ready."""
    slots.bind("console.nav", desk_slots.operator_nav)
    slots.bind("header.search", shelf_slots.suggestions)
    slots.bind("report.this", desk_slots.report_link)
    for reportable in reportables.ALL:
        desk.open_to_reports(reportable)
