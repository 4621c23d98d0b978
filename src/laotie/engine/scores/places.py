"""Where the entries of a TOML file stand, so that a fault can name its line and a form can change one number.

`tomllib` says what a file means and not where; this says where and trusts `tomllib` for the rest.
"""

import re
from dataclasses import dataclass

KEY = re.compile(r"""\s*([A-Za-z0-9_-]+|"[^"]*"|'[^']*')\s*=\s*""")
HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Place:
    """`line` counts from 1; `text[start:end]` is the value (of a table: its header)."""

    line: int
    start: int
    end: int


def places(text: str) -> dict[str, Place]:
    """The place of every table and entry by its dotted path; `[[gates]]` are `gates[0]`, `gates[1]` …

    Inline tables are taken apart, arrays are one value. Of a file that is no TOML: what was found.
    """
    found: dict[str, Place] = {}
    table, arrays, at = "", dict[str, int](), 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        line = text[at:end]
        if header := HEADER.match(line):
            table = _table(header[2], header[1] == "[[", arrays)
            found[table] = Place(_line(text, at), at + header.start(1), at + header.end())
        elif key := KEY.match(line):
            stop = _value(text, at + key.end(), _path(table, key[1]), found)
            end = text.find("\n", stop) + 1 or len(text)
        at = end
    return found


def replaced(text: str, values: dict[str, str]) -> str:
    """The file with the values at those paths written anew, comments and order kept. Raises KeyError for none such."""
    where = places(text)
    for path in sorted(values, key=lambda path: -where[path].start):
        place = where[path]
        text = text[: place.start] + values[path] + text[place.end :]
    return text


def _table(name: str, is_array: bool, arrays: dict[str, int]) -> str:
    if not is_array:
        return name
    arrays[name] = arrays.get(name, -1) + 1
    return f"{name}[{arrays[name]}]"


def _path(table: str, key: str) -> str:
    key = key.strip("\"'")
    return f"{table}.{key}" if table else key


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _value(text: str, start: int, path: str, found: dict[str, Place]) -> int:
    """Note the value that begins at `start`, and what is inside an inline table; returns where it ends."""
    end = _end(text, start)
    while end > start and text[end - 1].isspace():
        end -= 1
    found[path] = Place(_line(text, start), start, end)
    if text[start : start + 1] == "{":
        at = start + 1
        while at < end and (key := KEY.match(text, at)):
            at = _value(text, key.end(), f"{path}.{key[1]}", found)
            comma = text.find(",", at, end)
            at = comma + 1 if comma >= 0 else end
    return end


def _end(text: str, start: int) -> int:
    """Past the value: at the first comma, closing bracket, comment or line end that is not inside it."""
    open_brackets, at = [], start
    while at < len(text):
        sign = text[at]
        if sign in "\"'":
            at = text.find(sign, at + 1)
            if at < 0:
                return len(text)
        elif sign in CLOSING:
            open_brackets.append(CLOSING[sign])
        elif open_brackets and sign == open_brackets[-1]:
            open_brackets.pop()
        elif not open_brackets and sign in ",#\n]}":
            return at
        elif sign == "#":
            at = text.find("\n", at)
            if at < 0:
                return len(text)
        at += 1
    return len(text)
