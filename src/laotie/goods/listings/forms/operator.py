"""Forms of the operators' pages: categories, and taking products down."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from laotie.goods.catalogue import queries as catalogue


def parents(without: set[str] | None = None) -> list[tuple[str, Any]]:
    """Nodes that others may hang below, indented by level."""
    language = get_language() or "en"
    nodes = [node for root in catalogue.categories() for node in root.walk() if node.level < 3]
    return [("", _("At the top"))] + [
        (str(node.id), f"{'　' * (node.level - 1)}{node.name(language)}")
        for node in nodes
        if str(node.id) not in (without or set())
    ]


class CategoryForm(forms.Form):
    """A new category."""

    name_zh = forms.CharField(label=_("Chinese name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=80)
    slug = forms.SlugField(
        label=_("Address in links"), max_length=80, help_text=_("Latin letters, digits and hyphens; it stays.")
    )
    parent = forms.ChoiceField(label=_("Hangs below"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = parents()  # type: ignore[attr-defined]


class RenameForm(forms.Form):
    name_zh = forms.CharField(label=_("Chinese name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=80)


class MoveForm(forms.Form):
    """Where a category hangs, and at which place among its siblings (1 is first)."""

    parent = forms.ChoiceField(label=_("Hangs below"), required=False)
    place = forms.IntegerField(label=_("Position"), min_value=1, max_value=10_000)

    def __init__(self, *args: Any, without: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = parents(without)  # type: ignore[attr-defined]


class TakedownForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 3}), help_text=_("The merchant reads this.")
    )
