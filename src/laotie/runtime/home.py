"""The home: the one folder that holds everything of a market. Copy it while nothing runs, and you have a backup.

market.toml   name, currency, time zone, language, secrets (0600); written once, then yours to edit
pg/           PostgreSQL's data        nats/    JetStream's data      lake/   history
media/        pictures, recordings     spool/   live video on its way
static/       collected assets         logs/    one file a process
run/          lock, ports, short-lived things; may be deleted while nothing runs
"""

import json
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from laotie.runtime.writing import write_whole

FOLDERS = ("run", "logs", "media", "static", "lake", "nats", "assets")


@dataclass(frozen=True)
class Founding:
    """What is fixed for a market when its home is made."""

    market_name: str = "Laotie"
    currency: str = "CNY"
    time_zone: str = "Asia/Shanghai"
    language: str = "zh"
    demo: bool = False


@dataclass(frozen=True)
class Home:
    path: Path

    @property
    def market_file(self) -> Path:
        return self.path / "market.toml"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    def forget_counters(self) -> None:
        """Counters begin with a start of the market. Only for who holds the home's lock."""
        shutil.rmtree(self.run / "metrics", ignore_errors=True)
        (self.run / "metrics").mkdir()

    def make(self, founding: Founding) -> bool:
        """Make what is missing; True when the home is new. Nothing that stands is changed."""
        self.path.mkdir(parents=True, exist_ok=True)
        for name in FOLDERS:
            (self.path / name).mkdir(exist_ok=True)
        self.run.chmod(0o700)
        if self.market_file.exists():
            return False
        write_whole(self.market_file, market_toml(founding).encode())
        return True


def market_toml(founding: Founding) -> str:
    """The first `market.toml`: JSON strings are TOML strings, so names may hold anything."""
    fixed = "\n".join(f"{name} = {json.dumps(value)}" for name, value in vars(founding).items())
    return (
        "# Fixed when this home was made: amounts and days already recorded are in this currency and time zone.\n"
        f"{fixed}\n\n"
        "# Secrets of this home. Who changes secret_key signs everybody out.\n"
        f'secret_key = "{secrets.token_urlsafe(48)}"\n'
        f'nats_password = "{secrets.token_urlsafe(32)}"\n'
    )
