"""HTML by the piece; every text is escaped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

KEY = 14  # characters of a key that are shown


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `kind` is its class: num, key, up, down …; `html` stands as it is."""

    text: str
    kind: str = ""
    html: str = ""


def table(caption: str, head: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> str:
    """A table that scrolls by itself where it is wider than the page."""
    top = "".join(f'<th scope="col"{_kind(cell)}>{escape(cell.text)}</th>' for cell in head)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="scroll"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def card(title: str, inside: str, wide: bool = False) -> str:
    """A part of the page with a heading of its own."""
    return f'<section class="card{" wide" if wide else ""}"><h3>{escape(title)}</h3>{inside}</section>'


def paragraph(text: str, kind: str = "") -> str:
    return f"<p{_kind(Cell('', kind))}>{escape(text)}</p>"


def listed(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def named(key: str) -> Cell:
    """A key that may be long: its beginning, the whole where the pointer rests."""
    shown = key if len(key) <= KEY else f"{key[: KEY - 1]}…"
    return Cell(key, "key", f'<span title="{escape(key)}">{escape(shown)}</span>')


def num(text: str, kind: str = "") -> Cell:
    return Cell(text, f"num {kind}".strip())


def _cell(cell: Cell) -> str:
    return f"<td{_kind(cell)}>{cell.html or escape(cell.text)}</td>"


def _kind(cell: Cell) -> str:
    return f' class="{cell.kind}"' if cell.kind else ""
