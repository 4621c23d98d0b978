"""Where the lake's bytes lie. A port of six acts; what a store promises is what the manifest's safety rests on."""

import fcntl
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pyarrow import fs

from laotie.kit.ids import new_id

TEMPORARY = ".new-"  # begins the name of what was never finished


class LakeError(Exception):
    """The base of what can go wrong with a lake; the message is for an operator."""


class Taken(LakeError):
    """Someone else holds the lake, or has written this manifest."""


class Store(ABC):
    """Paths are relative, with `/`. Files are never changed once written."""

    filesystem: fs.FileSystem  # for readers: `filesystem.open_input_file(path)`

    @abstractmethod
    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer. Raises Taken at once where another is; a writer that died holds nothing."""

    @abstractmethod
    def write(self, path: str, content: bytes) -> None:
        """Write a new file. When this returns it survives a power cut; before, it may be there in part."""

    @abstractmethod
    def create(self, path: str, content: bytes) -> None:
        """Like `write`, but the file appears whole or not at all. Raises Taken where there is one."""

    @abstractmethod
    def read(self, path: str) -> bytes:
        """Raises FileNotFoundError."""

    @abstractmethod
    def list(self, folder: str = "") -> list[str]:
        """Every file below `folder`, unfinished ones too, sorted; [] where there is no such folder."""

    @abstractmethod
    def delete(self, path: str) -> None:
        """Nothing happens where there is no such file."""


class LocalStore(Store):
    """A folder on a local disk, with fsync of every file and of every folder that gained a name."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.root.mkdir(parents=True, exist_ok=True)
        self.filesystem = fs.SubTreeFileSystem(str(root), fs.LocalFileSystem())

    @contextmanager
    def lock(self) -> Iterator[None]:
        with (self.root / "lock").open("a") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the kernel lets go when a writer dies
            except BlockingIOError as error:
                raise Taken(f"another process is writing the lake {self.root}") from error
            yield

    def write(self, path: str, content: bytes) -> None:
        target = self.root / path
        self._make_folder(target.parent)
        self._fill(target, content)
        self._sync_folder(target.parent)

    def create(self, path: str, content: bytes) -> None:
        target = self.root / path
        self._make_folder(target.parent)
        unfinished = target.with_name(f"{TEMPORARY}{new_id().hex}")
        self._fill(unfinished, content)
        try:
            self._link(unfinished, target)
        except FileExistsError as error:
            raise Taken(f"{path} was written by someone else") from error
        finally:
            self._drop(unfinished)
        self._sync_folder(target.parent)

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def list(self, folder: str = "") -> list[str]:
        root = self.root / folder
        return sorted(path.relative_to(self.root).as_posix() for path in root.rglob("*") if path.is_file())

    def delete(self, path: str) -> None:
        self._drop(self.root / path)

    def _fill(self, path: Path, content: bytes) -> None:
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def _link(self, source: Path, target: Path) -> None:
        target.hardlink_to(source)  # unlike a rename it never replaces

    def _drop(self, path: Path) -> None:
        with suppress(FileNotFoundError):
            path.unlink()

    def _make_folder(self, folder: Path) -> None:
        if not folder.exists():
            self._make_folder(folder.parent)
            folder.mkdir(exist_ok=True)
            self._sync_folder(folder.parent)

    def _sync_folder(self, folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
