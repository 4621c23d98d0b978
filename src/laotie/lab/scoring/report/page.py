"""The whole page: the market in figures, then a chapter for each kind of score, then the lines that were left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from laotie.lab.scoring.day import Day
from laotie.lab.scoring.report import chapter
from laotie.lab.scoring.report.markup import card, listed, paragraph
from laotie.lab.scoring.wording import Words

KINDS = ("shop", "product", "creator")  # in this order on the page
SHOWN = 12  # sentences on lines that were left out


@dataclass(frozen=True, slots=True)
class Basis:
    """What the page says of the history itself: its name, `rejects` reasons in all, their firsts in sentences, and
    whether it gives reasons for returns."""

    name: str
    rejects: int
    left_out: Sequence[str]
    has_reasons: bool


def page(found: Day, basis: Basis, words: Words) -> str:
    """The report as one HTML document."""
    kinds = [kind for kind in KINDS if kind in found.scores]
    title = words.say("title", name=basis.name)
    chapters = "".join(chapter.chapter(found, kind, words) for kind in kinds)
    language = "zh-Hans" if words.language == "zh" else words.language
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_style()}</style></head>\n"
        f"<body><main>{_head(found, basis, kinds, title, words)}{chapters}{_left_out(basis, words)}"
        f"<footer>laotie score · {found.rulebook.name}-{found.rulebook.version} · {found.day}</footer>"
        "</main></body></html>\n"
    )


def _style() -> str:
    return (files(__package__) / "report.css").read_text(encoding="utf-8")


def _head(found: Day, basis: Basis, kinds: list[str], title: str, words: Words) -> str:
    book = f"{found.rulebook.name}-{found.rulebook.version}"
    links = "".join(f'<a href="#{kind}">{escape(words.of("scores", kind))}</a>' for kind in kinds)
    note = "" if basis.has_reasons else paragraph(words.say("label_note"), "soft")
    return (
        f"<h1>{escape(title)}</h1>{paragraph(words.say('about', day=found.day, rulebook=book), 'soft')}{note}"
        f"<nav>{links}</nav>"
    )


def _left_out(basis: Basis, words: Words) -> str:
    said = words.say("left_out_says", n=basis.rejects) if basis.rejects else words.say("none_left_out")
    title = words.say("left_out")
    return f"<h2>{escape(title)}</h2>{card(title, paragraph(said, 'soft') + listed(basis.left_out[:SHOWN]))}"
