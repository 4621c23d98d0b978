"""How the states of products are called and coloured on pages."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TABS = [
    ("", _("All")),
    ("listed", _("Listed")),
    ("draft", _("Drafts")),
    ("ended", _("Sale ended")),
    ("taken_down", pgettext_lazy("product state", "Taken down")),
]
LABELS = {
    "draft": (_("Draft"), ""),
    "listed": (_("Listed"), "good"),
    "ended": (_("Sale ended"), "wait"),
    "taken_down": (pgettext_lazy("product state", "Taken down"), "bad"),
}
