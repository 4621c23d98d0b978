"""`GET /demo/mail`: the mail of a demo, which goes nowhere else. There is no such page in a market that is no demo."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from laotie.kit.pages import render
from laotie.lab.demo import mail as demo_mail

app_name = "demo"


@require_GET
@never_cache
def mail(request: HttpRequest) -> HttpResponse:
    """What was written lately, newest first."""
    if not demo_mail.is_kept():
        raise Http404
    return render(request, "demo/mail.html", letters=demo_mail.newest())


urlpatterns = [path("demo/mail", mail, name="mail")]
