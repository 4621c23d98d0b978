"""What the tests need of the machine: a Chromium, a font with Chinese, a Java, nginx with RTMP.

`python -m tools.machine` fetches it.

With apt and the right to use it (root, or sudo that asks nothing) it is installed; else it says what is missing and
the tests that need it skip themselves with the same sentence.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

RTMP = Path("/usr/lib/nginx/modules/ngx_rtmp_module.so")
SBIN = "/usr/sbin"  # where Debian puts nginx, and not in everybody's path
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    missing = [package for package, there in wanted().items() if not there]
    if missing and not install(missing):
        print(f"Missing on this machine, so some tests are skipped: {', '.join(missing)}.\n"
              f"Install them, for instance: sudo apt install {' '.join(missing)}", file=sys.stderr)  # fmt: skip


def wanted() -> dict[str, bool]:
    """Debian's package name → whether the machine has what it brings."""
    return {"chromium": browser() is not None, "fonts-noto-cjk": has_chinese_font(), "default-jre-headless": has_java(),
            "libnginx-mod-rtmp": rtmp_module() is not None}  # fmt: skip


def browser() -> str | None:
    """The system's Chromium, where there is one."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], check=False, capture_output=True, text=True).stdout.strip())


def has_java() -> bool:
    """Whether Spark, of which the slowest tests are, can run."""
    return bool(os.environ.get("JAVA_HOME") or shutil.which("java"))


def rtmp_module() -> Path | None:
    """nginx's module for RTMP, where nginx is there, too: encoders are tried with it."""
    return RTMP if RTMP.exists() and shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:{SBIN}") else None


def install(packages: list[str]) -> bool:
    """Whether apt could install them."""
    if not shutil.which("apt-get"):
        return False
    right = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if right and (
        not shutil.which("sudo") or subprocess.run([*right, "true"], check=False, capture_output=True).returncode
    ):
        return False
    print(f"Installing {', '.join(packages)} …", file=sys.stderr)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
        if subprocess.run(
            [*right, "apt-get", *arguments], check=False, env=quiet, stdout=subprocess.DEVNULL
        ).returncode:
            return False
    return True


if __name__ == "__main__":
    main()
