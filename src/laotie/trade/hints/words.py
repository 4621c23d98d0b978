"""What reasons are called where they are a guess."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REASONS: dict[str, Promise] = {
    "quality": gettext_lazy("quality"),
    "damaged": gettext_lazy("damaged on the way"),
    "not_as_claimed": gettext_lazy("not as claimed"),
    "late": gettext_lazy("came late"),
    "service": gettext_lazy("service"),
    "price": gettext_lazy("price"),
    "fit": gettext_lazy("size or fit"),
}
