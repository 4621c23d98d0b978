"""The machine: Python, packages, disk, clock, a browser for the tests."""

import re
import shutil
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

from laotie.runtime.doctor.finding import Finding, bad, good, note

OLDEST_PYTHON = (3, 11)
LITTLE = 5 * 2**30
TOO_LITTLE = 2**30
RELEASED = 1_760_000_000  # October 2025: no clock that is right shows less
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        return bad("python", f"Python {version} is too old.", "Install Python 3.11 or newer.")
    return good("python", f"{version} at {sys.executable}")


def packages() -> Finding:
    """Whether everything that `laotie[market]` names is installed."""
    try:
        named = metadata.requires("laotie") or []
    except metadata.PackageNotFoundError:
        return note("packages", "Laotie runs from its sources and is not installed.", "pip install -e '.[market]'")
    wanted = [_name(line) for line in named if "extra ==" not in line or re.search(r"extra == .market.", line)]
    missing = [name for name in wanted if not _is_installed(name)]
    if missing:
        return bad("packages", f"{len(missing)} missing: {', '.join(missing)}.", "pip install 'laotie[market]'")
    return good("packages", f"all {len(wanted)} are here")


def disk(home: Path) -> Finding:
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    words = f"{free / 2**30:.1f} GB free at {there}"
    if free < TOO_LITTLE:
        return bad("disk", words + ": too little to keep facts safely.", "Free some space or choose another --home.")
    return note("disk", words, "A market of some months needs more.") if free < LITTLE else good("disk", words)


def clock() -> Finding:
    shown = time.strftime("%Y-%m-%d %H:%M:%S %Z")
    if time.time() < RELEASED:
        return bad("clock", f"It shows {shown}, which is past.", "Set the clock: deadlines and days depend on it.")
    if _synchronised() is False:
        return note("clock", f"{shown}, not synchronised", "Turn on time synchronisation (timedatectl set-ntp true).")
    return good("clock", shown)


def browser() -> Finding:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        return note(
            "browser", "No Chromium: the browser tests would be skipped.", "apt install chromium fonts-noto-cjk"
        )
    return good("browser", f"{found}, for the tests")


def _name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    return match[0] if match else requirement


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _synchronised() -> bool | None:
    """What systemd says; None where it says nothing."""
    if not shutil.which("timedatectl"):
        return None
    said = subprocess.run(
        ["timedatectl", "show", "-p", "NTPSynchronized", "--value"], check=False, capture_output=True, text=True
    ).stdout.strip()
    return {"yes": True, "no": False}.get(said)
