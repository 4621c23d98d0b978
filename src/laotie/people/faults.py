"""A refusal of an action, shown in the form that asked for it."""

from django.forms import BaseForm
from django.utils.translation import gettext

from laotie.kit.errors import MarketError


def blame(form: BaseForm, error: MarketError) -> None:
    """Put the error's sentence at its field, or above the form. What was typed stays."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, gettext(error.sentence).format(**error.data))
