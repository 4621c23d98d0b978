"""Where a cluster can lie, and as whom it runs.

An ordinary user runs PostgreSQL as itself, in the home. Root may not: then an ordinary user of the machine does, and
that user must be able to reach the data and the programs. A home or an environment below a closed folder (such as
/root) is out of its reach; the cluster then lies in /var/lib/laotie, the home points there, and the programs are
copied.
"""

import hashlib
import os
import pwd
import shutil
import tempfile
from pathlib import Path

OUTSIDE = Path("/var/lib/laotie")
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


def is_root() -> bool:
    return os.geteuid() == 0


def user(seat: Path) -> str:
    """Whom PostgreSQL runs as: "" for ourselves; as root whoever owns the data already, else an ordinary user."""
    if not is_root():
        return ""
    try:
        owner = pwd.getpwuid((seat / "data").stat().st_uid).pw_name
    except (OSError, KeyError):
        owner = "root"
    return owner if owner != "root" else _ordinary()


def group(seat: Path) -> int | None:
    return pwd.getpwnam(user(seat)).pw_gid if is_root() else None


def groups() -> list[int] | None:
    """No further groups as somebody else; our own as ourselves."""
    return [] if is_root() else None


def seat(root: Path) -> Path:
    """`root`, or the folder outside that stands in for it; `root` becomes a link to it, so that a home can be moved.
    What a home that was copied to where nobody reaches it brought along goes outside, too."""
    if root.is_symlink() or not is_root() or reachable(root, _ordinary()):
        return root.resolve()
    OUTSIDE.mkdir(parents=True, exist_ok=True)
    outside = Path(tempfile.mkdtemp(prefix="home-", dir=OUTSIDE))
    if root.is_dir():
        _move(root, outside)
    root.parent.mkdir(parents=True, exist_ok=True)
    root.symlink_to(outside)
    return outside


def _move(root: Path, outside: Path) -> None:
    """Everything in `root`; a copy that root made belongs to root, whom PostgreSQL does not serve."""
    for entry in list(root.iterdir()):
        shutil.move(entry, outside)
    root.rmdir()
    keeper = pwd.getpwnam(_ordinary())
    for path in (outside, *outside.rglob("*")):
        if path.lstat().st_uid == 0:
            os.chown(path, keeper.pw_uid, keeper.pw_gid, follow_symlinks=False)


def reachable(path: Path, name: str) -> bool:
    """Whether the user `name` may walk to `path` through every folder that stands above it."""
    entry = pwd.getpwnam(name)
    return all(_may_enter(folder.stat(), entry) for folder in path.absolute().parents if folder.exists())


def _may_enter(status: os.stat_result, entry: pwd.struct_passwd) -> bool:
    if status.st_uid == entry.pw_uid:
        return bool(status.st_mode & 0o100)
    if status.st_gid == entry.pw_gid:
        return bool(status.st_mode & 0o010)
    return bool(status.st_mode & 0o001)


def reachable_copy(folder: Path) -> Path:
    """`folder` of programs, or a copy of its installation that an ordinary user can reach, made once.

    A wheel keeps shared libraries in a folder `….libs` beside its package, found by their relative place.
    """
    if not is_root() or reachable(folder / "postgres", _ordinary()):
        return folder
    installation = folder.parent
    package = installation.parent
    stamp = f"{installation}:{(folder / 'postgres').stat().st_mtime_ns}"
    copy = OUTSIDE / f"postgresql-{hashlib.sha256(stamp.encode()).hexdigest()[:12]}"
    if not copy.exists():
        OUTSIDE.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=OUTSIDE))
        shutil.copytree(installation, draft / package.name / installation.name, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.chmod(0o755)
        draft.replace(copy)
    return copy / package.name / installation.name / folder.name


def socket_folder(seat: Path) -> Path:
    """`seat`/socket, or a short stand-in where a socket's address would be longer than the kernel takes."""
    folder = seat / "socket"
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    digest = hashlib.sha256(os.fsencode(seat)).hexdigest()[:12]
    runtime = Path("/run") if is_root() else Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return runtime / f"laotie-{os.geteuid()}-{digest}"


def own(folder: Path, name: str, mode: int) -> None:
    """Make `folder` for the user `name` ("" for us). Raises PermissionError where a stranger made it before us."""
    folder.mkdir(parents=True, exist_ok=True)
    if is_root():
        entry = pwd.getpwnam(name)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    elif folder.stat().st_uid != os.geteuid():
        raise PermissionError(f"{folder} belongs to somebody else; remove it, or choose another home.")
    folder.chmod(mode)


def _ordinary() -> str:
    """The user PostgreSQL runs as when we are root."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
