"""Pin every dependency by version and hash: `python -m tools.lock` writes `requirements/*.lock`.

The locks name no index and no address: where packages come from is a machine's business, not the house's. They are
made from the public index alone (or from UV_DEFAULT_INDEX), because a mirror may lack other machines' wheels and
their hashes.
"""

import os
import subprocess
import sys
from pathlib import Path

from tools.environment import LOCKS, ROOT, VENV, pip_command, uv_settings

EXTRAS = {
    "base": (),
    "market": ("market",),
    "dev": ("market", "spark", "dev"),
    "bench": ("market", "spark", "dev", "bench"),
}
PLAIN = ("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet")


def main() -> None:
    for name, extras in EXTRAS.items():
        lock(
            LOCKS / f"{name}.lock", ROOT / "pyproject.toml", *(part for extra in extras for part in ("--extra", extra))
        )
    for name in ("installer", "setup"):
        lock(LOCKS / f"{name}.lock", LOCKS / f"{name}.in", "--constraint", str(LOCKS / "market.lock"))


def lock(into: Path, source: Path, *options: str) -> None:

    told = uv_settings(pip_command())
    certificate = {name: value for name, value in told.items() if name == "SSL_CERT_FILE"}
    subprocess.run(
        [str(VENV / "bin" / "uv"), "pip", "compile", "--universal", "--generate-hashes", "--python-version", "3.11",
         *PLAIN, *options, "--output-file", str(into), str(source), *sys.argv[1:]],
        check=True, env={**os.environ, **certificate}, cwd=ROOT, stdout=subprocess.DEVNULL,
    )  # fmt: skip


if __name__ == "__main__":
    main()
