"""Keeps programs running until it is told to stop, then stops them in the reverse order of their start."""

import asyncio
import contextlib
import os
import signal
import time

from laotie.runtime.processes.program import Patience, Program
from laotie.runtime.processes.voices import Voices

GRACE = 8.0
LONGEST_LINE = 2**20


class Kept:
    """One program being kept. It has a process group of its own, so that Ctrl-C reaches the supervisor alone."""

    def __init__(self, program: Program, voices: Voices) -> None:
        self.program = program
        self.deaths = 0
        self.last_line = ""
        self._voices = voices
        self._patience = Patience()
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._listening: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._task = asyncio.create_task(self._keep(), name=self.program.name)

    async def end(self) -> None:
        """Ask it to stop; after GRACE seconds kill it and all that it started."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(self.program.ends_by)
        try:
            await asyncio.wait_for(process.wait(), GRACE)
        except TimeoutError:
            self._voices.say("laotie", f"{self.program.name} did not stop in {GRACE:.0f} s and is killed")
        await self._bury(process)

    async def _keep(self) -> None:
        while True:
            began = time.monotonic()
            process = await self._start()
            code = await process.wait()
            await self._bury(process)
            self.deaths += 1
            pause = self._patience.after(time.monotonic() - began)
            self._voices.say("laotie", f"{self.program.name} ended ({_ending(code)}); starting it again in {pause:g} s")
            await asyncio.sleep(pause)

    async def _start(self) -> asyncio.subprocess.Process:
        """A pipe of our own: asyncio's would make wait() last until grandchildren, too, have closed it."""
        ear, mouth = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                *self.program.leashed(os.getpid()), env={**os.environ, **self.program.environment},
                stdin=asyncio.subprocess.DEVNULL, stdout=mouth, stderr=mouth, process_group=0,
            )  # fmt: skip
        finally:
            os.close(mouth)
        self._process, self._listening = process, asyncio.create_task(self._listen(ear))
        return process

    async def _bury(self, process: asyncio.subprocess.Process) -> None:
        """End what it started and left behind, and hear its last words."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        if self._listening:
            await asyncio.wait({self._listening}, timeout=1)
            self._listening.cancel()

    async def _listen(self, ear: int) -> None:
        reader = asyncio.StreamReader(limit=LONGEST_LINE)
        protocol = asyncio.StreamReaderProtocol(reader)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, os.fdopen(ear, "rb", 0))
        with contextlib.closing(transport):
            while line := await _next_line(reader):
                self.last_line = line.decode(errors="replace").rstrip()
                self._voices.say(self.program.name, self.last_line, self.program.worth_showing)


class Supervisor:
    """All kept programs of one home. `stopping` is set by SIGINT, SIGTERM or SIGHUP."""

    def __init__(self, voices: Voices) -> None:
        self.voices = voices
        self.stopping = asyncio.Event()
        self._kept: list[Kept] = []

    def obey_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stopping.set)

    def keep(self, program: Program) -> Kept:
        """Start `program` and keep it running."""
        kept = Kept(program, self.voices)
        self._kept.append(kept)
        kept.begin()
        return kept

    async def run(self, program: Program) -> int:
        """Run a program once, to its end or until we are told to stop, on the terminal; returns its exit code."""
        process = await asyncio.create_subprocess_exec(
            *program.leashed(os.getpid()), env={**os.environ, **program.environment}, stdin=asyncio.subprocess.DEVNULL,
            process_group=0,
        )  # fmt: skip
        ended, told = asyncio.create_task(process.wait()), asyncio.create_task(self.stopping.wait())
        await asyncio.wait({ended, told}, return_when=asyncio.FIRST_COMPLETED)
        if not ended.done():
            process.terminate()
        told.cancel()
        return await ended

    async def stop(self) -> None:
        """Stop everything, last started first."""
        for kept in reversed(self._kept):
            await kept.end()
        self._kept.clear()
        self.voices.close()


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


async def _next_line(reader: asyncio.StreamReader) -> bytes:
    """The next line; b"" at the end. Of one longer than LONGEST_LINE only the last part."""
    while True:
        try:
            return await reader.readline()
        except ValueError:
            continue
