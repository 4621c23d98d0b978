"""What people write, cleaned: no control characters (PostgreSQL cannot even keep a NUL), bounded, trimmed."""

from laotie.kit.errors import BadInput


class BadText(BadInput):
    """Too short, too long, or not text."""

    code = "text.bad"
    sentence = "Write between {least} and {most} characters here, without control characters."


def text(value: str, field: str, most: int, least: int = 0) -> str:
    """`value` without surrounding space. Raises BadText on a wrong length or on control characters."""
    clean = value.replace("\r\n", "\n").strip()
    strange = any((ord(sign) < 32 and sign not in "\n\t") or 0xD800 <= ord(sign) <= 0xDFFF for sign in clean)
    if strange or not least <= len(clean) <= most:
        raise BadText(field=field, least=least, most=most)
    return clean


def line(value: str, field: str, most: int, least: int = 0) -> str:
    """Like `text`, on one line: runs of space become one."""
    return " ".join(text(value, field, most, least).split())
