"""Ports, locks, leashes and patience: what keeps processes in order."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import termios
import time
import tty

import psutil
import pytest

from laotie.runtime.processes import orphans, ports
from laotie.runtime.processes.program import Patience, Program, python
from laotie.runtime.processes.supervisor import Supervisor
from laotie.runtime.processes.voices import Voices
from laotie.runtime.running import AlreadyRunning, HomeLock

TALKS_AND_STAYS = "import os, time; print('here', os.getpid(), flush=True); time.sleep(600)"


@pytest.fixture
def listener():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_port_that_was_asked_for_is_refused_with_its_holder(listener):
    with pytest.raises(ports.PortTaken) as refusal:
        ports.asked_for(listener)
    assert f"Port {listener} is held by" in str(refusal.value)
    assert f"(pid {os.getpid()})" in str(refusal.value)


def test_without_one_asked_for_the_next_free_port_is_taken(listener):
    chosen = ports.first_free(listener)
    assert chosen > listener
    assert ports.first_free(listener, taken=frozenset({chosen})) > chosen


def test_a_home_has_one_holder_and_the_second_is_told_who(tmp_path):
    with HomeLock(tmp_path) as lock:
        with pytest.raises(AlreadyRunning, match="is still starting"), HomeLock(tmp_path):
            pass
        lock.tell("http://localhost:8000")
        with pytest.raises(AlreadyRunning) as refusal, HomeLock(tmp_path):
            pass
        assert refusal.value.note.pid == os.getpid()
        assert str(refusal.value).startswith("This home is already running at http://localhost:8000 (pid ")
    with HomeLock(tmp_path):
        pass


def test_pauses_double_up_to_half_a_minute_and_are_forgotten():
    patience = Patience()
    assert [patience.after(1) for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert patience.after(61) == 0.5


def until(true, seconds=20):
    """Wait for a condition that another process brings about."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


async def until_said(voices, words, seconds=20):
    deadline = time.monotonic() + seconds
    while not any(words in line for line in voices.said):
        assert time.monotonic() < deadline, voices.said
        await asyncio.sleep(0.02)


class Heard(Voices):
    """Voices that are remembered."""

    def __init__(self, folder):
        super().__init__(folder)
        self.said = []

    def say(self, speaker, line, worth_showing=""):
        self.said.append(line)


def pids(voices):
    return [int(line.split()[1]) for line in voices.said if line.startswith("here ")]


async def until_it_speaks(folder, program):
    """Keep a program until it has said where it is, and stop it; what was said."""
    voices = Heard(folder)
    supervisor = Supervisor(voices)
    supervisor.keep(program)
    await until_said(voices, "here ")
    await supervisor.stop()
    return voices


def test_a_program_that_dies_is_started_again_and_stopped_for_good(tmp_path):
    async def story():
        voices = Heard(tmp_path)
        supervisor = Supervisor(voices)
        supervisor.keep(python("talker", "-c", TALKS_AND_STAYS))
        await until_said(voices, "here ")
        os.kill(pids(voices)[0], signal.SIGKILL)
        while len(pids(voices)) < 2:
            await asyncio.sleep(0.02)
        await supervisor.stop()
        return voices

    voices = asyncio.run(story())
    assert "talker ended (signal SIGKILL); starting it again in 0.5 s" in voices.said
    assert not any(psutil.pid_exists(pid) for pid in pids(voices))


def test_a_program_that_does_not_want_to_stop_is_killed_with_its_children(tmp_path, monkeypatch):
    monkeypatch.setattr("laotie.runtime.processes.supervisor.GRACE", 0.2)
    stubborn = (
        "import os, signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print('here', child.pid, flush=True); time.sleep(600)"
    )

    voices = asyncio.run(until_it_speaks(tmp_path, python("stubborn", "-c", stubborn)))
    assert "stubborn did not stop in 0 s and is killed" in voices.said
    until(lambda: not is_alive(pids(voices)[0]))


def is_alive(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="the leash is Linux's; elsewhere the next start cleans up")
def test_a_program_on_the_leash_dies_with_its_parent():
    program = python("talker", "-c", TALKS_AND_STAYS)
    parent = (
        "import os, subprocess, sys, time\n"
        "from laotie.runtime.processes.program import python\n"
        f"program = python('talker', '-c', {TALKS_AND_STAYS!r})\n"
        "subprocess.Popen(program.leashed(os.getpid())); time.sleep(600)"
    )
    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True)
    child = int(process.stdout.readline().split()[1])
    process.kill()
    process.wait()
    process.stdout.close()
    until(lambda: not is_alive(child))
    assert program.ends_by is signal.SIGTERM


FORKS = """
import multiprocessing, os, time
from laotie.runtime.processes import tether

def stay(tied):
    if tied:
        tether.hold()
    print("here", os.getpid(), flush=True)
    time.sleep(600)

if __name__ == "__main__":
    for method in ("fork", "spawn"):
        multiprocessing.get_context(method).Process(target=stay, args=(True,)).start()
    time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the tether is Linux's; elsewhere the next start cleans up")
def test_what_a_program_forked_dies_with_it_however_it_dies(tmp_path):
    (tmp_path / "forks.py").write_text(FORKS)
    with subprocess.Popen([sys.executable, "forks.py"], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as parent:
        children = [int(parent.stdout.readline().split()[1]) for _ in range(2)]
        assert all(is_alive(child) for child in children)
        parent.kill()
        until(lambda: not any(is_alive(child) for child in children))


def test_what_nobody_forked_is_tied_to_nobody():
    tied_to_a_shell = f"from laotie.runtime.processes import tether; tether.hold(); {TALKS_AND_STAYS}"
    shell = ["sh", "-c", '"$0" -c "$1" & wait', sys.executable, tied_to_a_shell]
    with subprocess.Popen(shell, stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline().split()[1])
        parent.kill()
        parent.wait()
        assert is_alive(child)
        os.kill(child, signal.SIGKILL)


def test_what_a_killed_supervisor_left_behind_is_found_by_its_mark_and_ended(tmp_path):
    marked = {**os.environ, orphans.MARK: str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", TALKS_AND_STAYS], env=marked, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        found = orphans.left_behind(tmp_path)
        assert [left.pid for left in found] == [process.pid]
        assert orphans.left_behind(tmp_path / "other") == []
        orphans.end(found)
        assert not is_alive(process.pid)
        process.wait()


def test_files_keep_what_was_said_without_colours_and_terminals_only_what_is_worth_it(tmp_path, capsys):
    voices = Voices(tmp_path, terminal=sys.stderr)
    voices.say("nats", "\x1b[31m[INF] ready\x1b[0m", worth_showing=r"\[ERR\]")
    voices.say("nats", "[ERR] broken", worth_showing=r"\[ERR\]")
    voices.close()
    assert (tmp_path / "nats.log").read_text() == "[INF] ready\n[ERR] broken\n"
    assert capsys.readouterr().err == "nats     │ [ERR] broken\n"


def test_a_program_as_somebody_else_says_so_to_its_leash():
    leashed = Program("x", ("/bin/true",), user="nobody", niceness=3).leashed(7)
    assert leashed[-6:] == ["7", "15", "nobody", "3", "--", "/bin/true"]


def test_a_port_that_another_start_has_chosen_is_left_to_it():
    choose = "from laotie.runtime.processes import ports; print(ports.first_free(29000), flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", choose], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdin
        theirs = int(other.stdout.readline())
        assert ports.first_free(29000) > theirs
        other.stdin.write(b"\n")


def test_a_program_stands_back_for_the_others():
    program = Program("x", (sys.executable, "-c", "import os; print(os.nice(0))"), niceness=3)
    said = subprocess.run(program.leashed(os.getpid()), capture_output=True, text=True, check=True)
    assert int(said.stdout) == os.nice(0) + 3


def test_a_program_may_write_to_a_terminal_that_stops_whoever_is_behind():
    says = Program("x", (sys.executable, "-c", "print('written')"))
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    with_stops = termios.tcgetattr(theirs)
    with_stops[3] |= termios.TOSTOP
    termios.tcsetattr(theirs, termios.TCSANOW, with_stops)
    leader = f"""import fcntl, os, subprocess, termios
fcntl.ioctl(1, termios.TIOCSCTTY, 0)
command = {says.leashed(0)!r}
command[4] = str(os.getpid())
raise SystemExit(subprocess.run(command, process_group=0, timeout=20).returncode)"""
    subprocess.run([sys.executable, "-c", leader], stdout=theirs, start_new_session=True, timeout=30, check=True)
    assert os.read(ours, 100) == b"written\n"
    os.close(ours)
    os.close(theirs)


def test_programs_share_our_session_and_have_groups_of_their_own(tmp_path):
    """Linux heeds niceness within a session only; Ctrl-C is told to a group."""
    tells = "import os, time; print('here', os.getpid(), os.getpgid(0), os.getsid(0), flush=True); time.sleep(600)"

    voices = asyncio.run(until_it_speaks(tmp_path, python("teller", "-c", tells)))
    assert f"here {pids(voices)[0]} {pids(voices)[0]} {os.getsid(0)}" in voices.said
