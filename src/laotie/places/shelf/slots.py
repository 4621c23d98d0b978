"""What the shelf puts on pages of other rooms."""

from django.http import HttpRequest
from django.template.loader import render_to_string


def suggestions(request: HttpRequest) -> str:
    """The place under the header's search field where suggestions appear while typing."""
    return render_to_string("shelf/parts/suggestions_place.html", request=request)
