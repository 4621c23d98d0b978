"""Large counts in few letters."""

from django.utils.translation import get_language, gettext

SMALLEST_SHORTENED = 10_000


def sold(count: int) -> str:
    """How many were sold, in few letters: "已售 1.2万", "12k sold". "" for none."""
    if count <= 0:
        return ""
    return gettext("%(count)s sold") % {"count": _short(count)}


def _short(count: int) -> str:
    if count < SMALLEST_SHORTENED:
        return str(count)
    if (get_language() or "").startswith("zh"):
        return f"{count / 10_000:.1f}".removesuffix(".0") + "万"
    return f"{count / 1000:.1f}".removesuffix(".0") + "k"
