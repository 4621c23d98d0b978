"""Start a program that dies with us: `python leash.py PARENT SIGNAL USER NICE -- PROGRAM ARGUMENTS…`.

Runs as a file of its own, without site-packages, because it must be quick and must not import the house.
Linux tells the program of its parent's death (PR_SET_PDEATHSIG). Elsewhere the next `laotie up` finds what was left.
The user is changed first: a change of user would take the leash off again.
"""

import ctypes
import os
import pwd
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, signal_number, user, niceness = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    program = sys.argv[sys.argv.index("--") + 1 :]
    if user:
        entry = pwd.getpwnam(user)
        os.setgroups([entry.pw_gid])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)
        os.environ["HOME"] = "/"
    if niceness:
        os.nice(niceness)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # from behind its parent's group it may write to any terminal
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the parent is gone already")
    os.execv(program[0], program)  # noqa: S606  there is no shell, and the program is ours


if __name__ == "__main__":
    main()
