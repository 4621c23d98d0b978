"""Checks that a page is valid HTML, for every room's tests: `validate(response.content)`."""

import re
from collections import Counter

import html5lib

DATA = {"application/json", "application/ld+json"}
TAGS = re.compile(rb"<!doctype|<html", re.IGNORECASE)


def validate(content: bytes | str) -> None:
    """Fail on a parse error, a doubled id, inline script or style, an image without alt, a label without its field."""
    data = content.encode() if isinstance(content, str) else content
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    whole = TAGS.search(data) is not None
    tree = parser.parse(data) if whole else parser.parseFragment(data)
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    assert [name for name, times in ids.items() if times > 1] == [], "ids used twice"
    for element in elements:
        assert element.get("style") is None, f"inline style on {element.tag}"
        assert not any(name.startswith("on") for name in element.attrib), f"inline handler on {element.tag}"
        assert element.tag != "style", "inline style sheet"
        assert element.tag != "script" or element.get("src") or element.get("type") in DATA, "inline script"
        assert element.tag != "img" or element.get("alt") is not None, "image without alt"
        if whole and element.tag == "label" and element.get("for"):
            assert element.get("for") in ids, f"label for {element.get('for')}, which is not there"
