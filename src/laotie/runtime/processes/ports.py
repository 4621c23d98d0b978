"""Ports: the one that was asked for or a sentence about who holds it; otherwise the first free one."""

import socket
import sys
from dataclasses import dataclass

import psutil

_claimed: dict[int, int] = {}  # by port: the open mark, which nobody closes


@dataclass(frozen=True)
class PortTaken(Exception):
    """The port that was asked for belongs to somebody else."""

    port: int
    holder: str

    def __str__(self) -> str:
        return (
            f"Port {self.port} is held by {self.holder}. Stop it, or choose another with --port "
            f"(without --port a free one is chosen)."
        )


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen on `port` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def asked_for(port: int, host: str = "127.0.0.1") -> int:
    """`port`, or PortTaken naming its holder."""
    if not is_free(port, host):
        raise PortTaken(port, holder_of(port))
    return port


def first_free(start: int, tries: int = 200, host: str = "127.0.0.1", taken: frozenset[int] = frozenset()) -> int:
    """The first free port from `start` on that is not in `taken`; no other market that starts just now chooses it."""
    for port in range(start, start + tries):
        if port not in taken and is_free(port, host) and _claim(port):
            return port
    raise PortTaken(start, f"others, and so are the {tries} after it")


def _claim(port: int) -> bool:
    """Whether the port is ours to use. A mark in the kernel holds it until this process ends: seconds pass between
    choosing a port and listening on it. Only Linux knows such marks; elsewhere two that start at once may collide."""
    if port in _claimed or sys.platform != "linux":
        return True
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as mark:
        try:
            mark.bind(f"\0laotie-port-{port}")
        except OSError:
            return False
        _claimed[port] = mark.detach()
    return True


def holder_of(port: int) -> str:
    """Who listens on `port`, as far as this user may know."""
    try:
        for connection in psutil.net_connections("tcp"):
            if connection.laddr and connection.laddr.port == port and connection.status == psutil.CONN_LISTEN:
                return _called(connection.pid)
    except psutil.AccessDenied:
        pass
    return "a process of another user"


def _called(pid: int | None) -> str:
    if pid is None:
        return "a process of another user"
    try:
        return f"{psutil.Process(pid).name()} (pid {pid})"
    except psutil.Error:
        return f"pid {pid}"
