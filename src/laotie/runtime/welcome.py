"""What `laotie up` tells the person at the terminal once the market is open."""

import json
import os

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from laotie.runtime.certificates.authority import Papers, fingerprint
from laotie.runtime.certificates.names import reachable
from laotie.runtime.config import Config

NEAR = ("localhost", "127.0.0.1", "::1")
ENGLISH = {"open": "is open at", "stop": "Ctrl-C stops it; the next start finds everything again.",
           "trust": "Phones trust this market's certificate once, from here:",
           "alone": "Only this machine reaches it so; for phones add --host 0.0.0.0.",
           "careful": "Whoever reaches this address can sign in as these.",
           "who": "sign in as", "email": "e-mail", "password": "password"}  # fmt: skip
CHINESE = {"open": "已开门:", "stop": "按 Ctrl-C 停止;下次启动,数据都在。",
           "trust": "手机先打开这里,信任一次证书:",
           "alone": "这样只有本机能打开;手机要用,请加 --host 0.0.0.0。",
           "careful": "能打开这个地址的人都能用这些身份登录。",
           "who": "登录身份", "email": "邮箱", "password": "密码",
           "buyer": "买家", "merchant": "商家", "creator": "达人", "operator": "平台"}  # fmt: skip


def language_of_terminal() -> str:
    """ "zh" or "en", as the terminal's locale says."""
    chosen = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if chosen.startswith("zh") else "en"


def greet(config: Config, address: str, host: str) -> None:
    """The address, and in a demo the people to sign in as, with a word of care where `host` is open to others."""
    words = CHINESE if config.language == "zh" else ENGLISH
    console = Console(stderr=True, highlight=False)
    console.print(f"\n[bold]{config.market_name}[/bold] {words['open']} [bold cyan]{address}[/bold cyan]")
    people = sign_ins(config)
    if people:
        table = Table(words["who"], words["email"], words["password"])
        for person in people:
            table.add_row(words.get(person["role"], person["role"]), person["email"], person["password"])
        console.print(table)
        if host not in NEAR:
            console.print(f"[yellow]{words['careful']}[/yellow]")
    console.print(words["stop"] + "\n")


def warn(words: str) -> None:
    """Say what works less well than it might; the start goes on."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"[yellow]{escape(words)}[/yellow]")


def say_how_to_trust(config: Config, host: str, port: int, papers: Papers) -> None:
    """Where a phone opens what it must trust first."""
    words = CHINESE if config.language == "zh" else ENGLISH
    known = (reachable() if host in ("0.0.0.0", "::") else [host]) or ["localhost"]  # noqa: S104  only compared with
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(f"\n{words['trust']} [bold cyan]{' '.join(f'http://{each}:{port}' for each in known)}[/bold cyan]")
    console.print(f"[dim]SHA-256 {fingerprint(papers.authority)}[/dim]")
    if host in NEAR:
        console.print(f"[yellow]{words['alone']}[/yellow]")


def sign_ins(config: Config) -> list[dict[str, str]]:
    """The demo's people as its seeding noted them; none outside a demo."""
    path = config.home / "sign-ins.json"
    if not config.demo or not path.exists():
        return []
    people: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return people
