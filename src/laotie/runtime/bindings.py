"""Where rooms that do not know each other are joined: fillers of slots, handlers of tasks, ports.

One line a binding, sorted by slot. Only `runtime` may import both sides.
"""


def bind_all() -> None:
    """Called once, when Django is ready."""
