"""A program to be kept running, and how long to wait before it is started again."""

import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LEASH = Path(__file__).with_name("leash.py")
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0


@dataclass(frozen=True)
class Program:
    """What to run. `user` is whom to run it as, "" for ourselves; `ends_by` is its signal for a clean end; `niceness`
    (0 … 19) how far it stands back for the others when the processor is short.

    All it says goes to its log; lines matching `worth_showing` also to the terminal.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str = ""
    ends_by: signal.Signals = signal.SIGTERM
    worth_showing: str = ""
    niceness: int = 0

    def leashed(self, parent: int) -> list[str]:
        """The command that starts it so that it dies with `parent`."""
        leash = [sys.executable, "-I", "-S", str(LEASH)]
        return [*leash, str(parent), str(int(self.ends_by)), self.user, str(self.niceness), "--", *self.command]


def python(name: str, *arguments: str, environment: Mapping[str, str] | None = None, niceness: int = 0) -> Program:
    """A program written in Python, run by this interpreter."""
    return Program(name, (sys.executable, *arguments), environment or {}, niceness=niceness)


@dataclass
class Patience:
    """Pauses between restarts, in seconds: doubling up to half a minute, forgotten after a steady minute."""

    pause: float = FIRST_PAUSE

    def after(self, lived: float) -> float:
        """How long to wait before the next start of a program that lived `lived` seconds."""
        if lived >= STEADY_AFTER:
            self.pause = FIRST_PAUSE
        pause, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
        return pause
