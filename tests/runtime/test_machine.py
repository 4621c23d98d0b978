"""What `make test` asks of the machine: apt where it may be used, else a sentence and no failure."""

import os
import sys
from pathlib import Path

import pytest

from tools import machine


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A PATH with nothing but what the test puts there; programs write down how they were called."""
    folder, said = tmp_path / "bin", tmp_path / "said"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(machine, "RTMP", folder / "rtmp.so")
    monkeypatch.setattr(machine, "SBIN", str(folder))

    def put(name: str, code: int = 0) -> None:
        path = folder / name
        path.write_text(f"#!{sys.executable}\nimport sys\nopen({str(said)!r}, 'a').write({name!r} + ' ' + "
                        f"' '.join(sys.argv[1:]) + '\\n')\nsys.exit({code})\n")  # fmt: skip
        path.chmod(0o755)

    put.said = lambda: said.read_text().splitlines() if said.exists() else []
    return put


def as_user(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: number)


def test_a_bare_machine_lacks_everything(programs) -> None:
    assert machine.wanted() == {
        "chromium": False, "fonts-noto-cjk": False, "default-jre-headless": False, "libnginx-mod-rtmp": False,
    }  # fmt: skip


def test_root_installs_what_is_missing(programs, monkeypatch, capsys) -> None:
    as_user(monkeypatch, 0)
    programs("apt-get")
    programs("chromium")
    machine.main()
    lacking = "fonts-noto-cjk default-jre-headless libnginx-mod-rtmp"
    assert programs.said() == ["apt-get update -q", f"apt-get install -y -q --no-install-recommends {lacking}"]
    assert capsys.readouterr().err == "Installing fonts-noto-cjk, default-jre-headless, libnginx-mod-rtmp …\n"


def test_somebody_else_does_so_by_sudo_that_asks_nothing(programs, monkeypatch) -> None:
    as_user(monkeypatch, 1000)
    programs("apt-get")
    programs("sudo")
    machine.main()
    assert programs.said()[:2] == ["sudo -n true", "sudo -n apt-get update -q"]


@pytest.mark.parametrize("there", [(), ("apt-get",), ("apt-get", "sudo-refuses"), ("apt-get-fails",)])
def test_where_it_may_not_it_says_what_is_missing(programs, monkeypatch, capsys, there) -> None:
    as_user(monkeypatch, 0 if "apt-get-fails" in there else 1000)
    for name in there:
        programs(name.removesuffix("-refuses").removesuffix("-fails"), int(name.endswith(("refuses", "fails"))))
    machine.main()
    said = capsys.readouterr().err
    lacking = ("chromium", "fonts-noto-cjk", "default-jre-headless", "libnginx-mod-rtmp")
    assert f"Missing on this machine, so some tests are skipped: {', '.join(lacking)}." in said
    assert f"sudo apt install {' '.join(lacking)}" in said
