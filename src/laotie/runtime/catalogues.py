"""Compiled translations: a room's `.po` (kept in git) is compiled to the `.mo` that Django reads, wherever it is newer.

Runs at install, before the tests and at `laotie up`. Needs Babel only, neither Django nor GNU gettext.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGE = "zh_Hans"


def compile_stale(package: Path = PACKAGE) -> list[Path]:
    """Compile every catalogue under `package` that is newer than its `.mo`; returns those `.mo`."""
    stale = [po for po in sorted(package.glob("*/locale/*/LC_MESSAGES/django.po")) if _is_stale(po)]
    return [compile_one(po) for po in stale]


def compile_one(po: Path) -> Path:
    mo = po.with_suffix(".mo")
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3], abort_invalid=True)
    fresh = mo.with_suffix(".mo.new")
    with fresh.open("wb") as target:
        write_mo(target, catalogue)
    fresh.replace(mo)
    return mo


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime
