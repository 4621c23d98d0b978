"""The catalogues of every room: `python -m tools.messages [update|compile|check] [room …]`.

    update   collect what is said in Python and templates into <room>/locale/zh_Hans/LC_MESSAGES/django.po: new
             sentences come in empty (or as another room says them), unused ones go, translations stay
    compile  write the .mo files that Django reads
    check    fail unless every sentence is translated, none is unused or fuzzy, placeholders match, and no two
             rooms translate the same sentence differently

Sentences are English. Collected: gettext and its kin, `{% translate %}` and `{% blocktranslate %}`, the `sentence` of
a MarketError, the question of `confirmed`, the sentence given to `notify`.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from laotie.runtime.catalogues import LANGUAGE, PACKAGE, compile_stale

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = 'msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
PLURALS = '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
BRACES = re.compile(r"\{(\w*)[^{}]*\}")
PERCENTS = re.compile(r"%\((\w+)\)[a-z]|%[sd]")
Key = tuple[str, str | tuple[str, ...]]
Words = str | tuple[str, ...] | list[str]


@dataclass
class Said:
    """One sentence of a room: where it stands, what translators are told."""

    places: set[str] = field(default_factory=set)
    comments: set[str] = field(default_factory=set)


def rooms() -> list[str]:
    return sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())


def catalogue_path(room: str) -> Path:
    return PACKAGE / room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def said_in(room: str) -> dict[Key, Said]:
    """Every sentence of the room."""
    found: dict[Key, Said] = {}
    for path in sorted((PACKAGE / room).rglob("*")):
        if path.suffix not in {".py", ".html", ".txt", ".md"} or "migrations" in path.parts:
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        for key, comments in _sentences(path):
            said = found.setdefault(key, Said())
            said.places.add(path.relative_to(PACKAGE).as_posix())
            said.comments.update(comments)
    return found


def _sentences(path: Path) -> Iterator[tuple[Key, list[str]]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _extracted(source)
        yield from (((("", sentence)), []) for sentence in _declared(ast.parse(source)))
    else:
        # inside brackets the tokenizer takes no notice of indentation
        yield from _extracted(f"(\n{templatize(source)}\n)")


def _extracted(source: str) -> Iterator[tuple[Key, list[str]]]:
    file = io.BytesIO(source.encode())
    for _line, message, comments, context in extract("python", file, KEYWORDS, ["Translators"], {"encoding": "utf-8"}):
        yield (context or "", message if isinstance(message, str) else tuple(message)), comments


def _declared(tree: ast.AST) -> Iterator[str]:
    """Sentences that are translated where they are shown: of errors, of questions, of notices."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from (text for statement in node.body if (text := _sentence_attribute(statement)))
        if isinstance(node, ast.Call):
            yield from _called(node)


def _sentence_attribute(statement: ast.stmt) -> str | None:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    named = any(isinstance(target, ast.Name) and target.id == "sentence" for target in targets)
    return _text(statement.value) if named and isinstance(statement, ast.Assign | ast.AnnAssign) else None


def _called(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    place = {"confirmed": 0, "notify": 2}.get(name)
    if place is None:
        return
    given = [call.args[place]] if len(call.args) > place else []
    given += [keyword.value for keyword in call.keywords if keyword.arg == "sentence"]
    yield from (text for value in given if (text := _text(value)))


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def read(room: str) -> Catalog:
    path = catalogue_path(room)
    if not path.exists():
        return Catalog(locale=LANGUAGE, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def key_of(message: Message) -> Key:
    identity = message.id if isinstance(message.id, str) else tuple(message.id)
    return (message.context or "", identity)


def translations(room: str) -> dict[Key, Message]:
    return {key_of(message): message for message in read(room) if message.id}


def update(room: str, elsewhere: dict[Key, Words]) -> int:
    """Rewrite the room's catalogue; returns how many sentences have no translation yet."""
    found, known = said_in(room), translations(room)
    catalogue = Catalog(locale=LANGUAGE, fuzzy=False)
    missing = 0
    for key in sorted(found, key=str):
        words = known[key].string if key in known and _complete(known[key]) else elsewhere.get(key, "")
        missing += not words
        context, identity = key
        catalogue.add(
            identity,
            words or ("" if isinstance(identity, str) else ("",)),
            locations=[(place, 0) for place in sorted(found[key].places)],
            auto_comments=sorted(found[key].comments),
            context=context or None,
        )
    if found or known:
        _write(room, catalogue)
    return missing


def _write(room: str, catalogue: Catalog) -> None:
    path = catalogue_path(room)
    path.parent.mkdir(parents=True, exist_ok=True)
    body = io.BytesIO()
    write_po(body, catalogue, omit_header=True, include_lineno=False, width=0)
    path.write_text(HEADER + PLURALS + body.getvalue().decode(), encoding="utf-8")


def _complete(message: Message) -> bool:
    return bool(words := _strings(message)) and all(words)


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def faults(room: str) -> list[str]:
    """What is wrong with the room's catalogue, one sentence a fault."""
    found, known = said_in(room), translations(room)
    told = [f"{room}: not in the catalogue: {key[1]!r} ({min(found[key].places)})" for key in found if key not in known]
    for key, message in known.items():
        if key not in found:
            told.append(f"{room}: no longer said anywhere: {key[1]!r}")
        elif not _complete(message):
            told.append(f"{room}: not translated: {key[1]!r} ({min(found[key].places)})")
        elif message.fuzzy:
            told.append(f"{room}: marked fuzzy: {key[1]!r}")
        elif missing := _lost_places(message):
            told.append(f"{room}: placeholders differ ({', '.join(missing)}): {key[1]!r}")
    return told


def conflicts() -> list[str]:
    """Sentences that rooms translate differently: Django keeps one of them for all, so one room would be wrong."""
    said: dict[Key, dict[str, str]] = {}
    for room in rooms():
        for key, message in translations(room).items():
            if _complete(message):
                said.setdefault(key, {})["、".join(_strings(message))] = room
    return [f"translated in two ways: {key[1]!r} {ways}" for key, ways in said.items() if len(ways) > 1]


def _lost_places(message: Message) -> list[str]:
    """Placeholders that stand on one side only. A Chinese plural may leave out what only the singular names."""
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = _places(sources[-1])
    return sorted(set().union(*(_places(string) ^ wanted for string in _strings(message))))


def _places(text: str) -> set[str]:
    percents = {match.group(1) or match.group(0) for match in PERCENTS.finditer(text)}
    return percents | {f"{{{name}}}" for name in BRACES.findall(text)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("act", choices=["update", "compile", "check"], nargs="?", default="check")
    parser.add_argument("rooms", nargs="*", default=[])
    options = parser.parse_args()
    chosen = options.rooms or rooms()
    if options.act == "update":
        elsewhere = {key: m.string or "" for room in rooms() for key, m in translations(room).items() if _complete(m)}
        for room in chosen:
            if missing := update(room, elsewhere):
                print(f"{room}: {missing} to translate in {catalogue_path(room).relative_to(Path.cwd())}")
    if options.act in {"update", "compile"}:
        compile_stale()
        return 0
    told = [fault for room in chosen for fault in faults(room)] + conflicts()
    print("\n".join(told) or "Every sentence is translated.")
    return bool(told)


if __name__ == "__main__":
    sys.exit(main())
