"""The kinds of notice that people choose mail for. A dotted kind ("order.shipped") belongs to its first word's."""

from django.utils.translation import gettext_noop as _

from laotie.people.notices.contracts import Kind

OTHER = Kind("market", _("News of the market"), by_email=False)
KINDS = (
    Kind("account", _("Your account"), by_email=True),
    Kind("order", _("Orders and parcels"), by_email=True),
    Kind("refund", _("Refunds"), by_email=True),
    Kind("talk", _("Questions and answers"), by_email=True),
    Kind("review", _("Reviews"), by_email=False),
    Kind("shop", _("Your shop"), by_email=True),
    Kind("score", _("Scores and appeals"), by_email=True),
    Kind("report", _("Reports and decisions"), by_email=True),
    Kind("room", _("Live rooms you reserved"), by_email=True),
    Kind("follow", _("New followers"), by_email=False),
    OTHER,
)
_by_name = {kind.name: kind for kind in KINDS}


def kind_of(name: str) -> Kind:
    """The kind that "order" or "order.shipped" belongs to; unknown ones belong to the market."""
    return _by_name.get(name.partition(".")[0], OTHER)
