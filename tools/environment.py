"""Make `.venv` from lock files: `python3 tools/environment.py market|dev|bench`. Standard library only.

uv installs, because it is ten times quicker than pip, but it does not read pip's configuration. So what pip was told
about this machine (index, find-links, certificate) is told to uv; nothing of it is written into the house. Where uv
cannot be had, pip installs.
"""

import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
OLDEST = (3, 11)
PIP_REACHES_OTHERS = (22, 3)  # by --python
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3.14")
UV_OF_PIP = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS"}


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else "market"
    if sys.version_info < OLDEST:
        hand_over()
    make_venv()
    install(LOCKS / "setup.lock", LOCKS / f"{wanted}.lock")


def hand_over() -> None:
    """Go on with a newer Python of this machine, or say that one is missing."""
    for name in CANDIDATES:
        if subprocess.run([name, "-c", ""], check=False, capture_output=True, shell=False).returncode == 0:
            os.execvp(name, [name, *sys.argv])  # noqa: S606
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit(f"Laotie needs Python 3.11 or newer and found {found}. Install one, or: make PYTHON=/path/to/python3 run")


def make_venv() -> None:
    """A fresh environment; one that was left half made, or whose Python is gone, is made again."""
    if PYTHON.exists() and run_quietly(str(PYTHON), "-c", "") == 0:
        return
    bare = ["--without-pip"] if pip_reaches_others() else []
    command = [sys.executable, "-m", "venv", "--clear", *bare, str(VENV)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        version = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"A virtual environment could not be made. On Debian and Ubuntu: apt install python{version}-venv\n"
            f"{(done.stdout + done.stderr).strip()[-600:]}"
        )


def pip_reaches_others() -> bool:
    """Whether the pip of this Python can install into another environment; asked without starting it."""
    try:
        import pip
    except ImportError:
        return False
    return tuple(int(part) for part in pip.__version__.split(".")[:2]) >= PIP_REACHES_OTHERS


def pip_command() -> list[str]:
    """pip for the environment: that of the Python which made it (five seconds sooner than a new pip), else its own."""
    own = [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)] if pip_reaches_others() else own


def install(*locks: Path) -> None:
    """Everything the locks name, by its hash, and this house itself, editable."""
    pip, uv = pip_command(), VENV / "bin" / "uv"
    with ThreadPoolExecutor(1) as aside:
        told = aside.submit(uv_settings, pip)
        if not uv.exists():
            run_quietly(*pip, "install", "--quiet", "--require-hashes", "-r", str(LOCKS / "installer.lock"))
    environment = {**os.environ, **told.result(), "VIRTUAL_ENV": str(VENV)}
    tool = [str(uv), "pip", "install", "--quiet"] if uv.exists() else [*pip, "install", "--quiet"]
    named = [part for lock in locks for part in ("-r", str(lock))]
    run_or_explain([*tool, "--require-hashes", *named], environment)
    run_or_explain([*tool, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], environment)


def uv_settings(pip: list[str]) -> dict[str, str]:
    """What pip was told about this machine, in uv's words. Several indexes are searched as pip does: best match."""
    told = pip_configuration(pip)
    settings = {uv: told[name] for name, uv in UV_OF_PIP.items() if told.get(name)}
    if "cert" in told:
        settings["SSL_CERT_FILE"] = told["cert"]
    settings.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return {name: value for name, value in settings.items() if name not in os.environ}


def pip_configuration(pip: list[str]) -> dict[str, str]:
    """pip's options from its files and environment, the environment last because it wins."""
    listed = subprocess.run([*pip, "config", "list"], check=False, capture_output=True, text=True).stdout
    told: dict[str, str] = {}
    for line in sorted(listed.splitlines(), key=lambda line: line.startswith(":env:")):
        key, _, value = line.partition("=")
        told[key.rpartition(".")[2]] = "".join(shlex.split(value))
    return told


def run_or_explain(command: list[str], environment: "dict[str, str] | os._Environ[str]") -> None:
    """Run `command`; where it fails, end with what it said."""
    done = subprocess.run(
        command, check=False, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        shown = shlex.join(command[:4])
        sys.exit(f"The packages could not be installed ({shown} …). Is there a network?\n{done.stdout.strip()[-2000:]}")


def run_quietly(*command: str) -> int:
    return subprocess.run(command, check=False, capture_output=True).returncode


if __name__ == "__main__":
    main()
