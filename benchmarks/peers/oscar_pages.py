"""django-oscar's own pages for browsing, as its sandbox serves them, behind the same server on the same PostgreSQL.

    python -m benchmarks.peers.oscar_pages DATABASE_URL PRODUCTS    lay a catalogue; the last line is JSON: its pages
    granian --interface wsgi benchmarks.peers.oscar_pages:application    with OSCAR_DATABASE_URL set

A catalogue of as many products as the market has, without pictures, in 20 categories; sessions in the database, cached
templates, DEBUG off, a pool. Its search (haystack's simple engine) is for development only and is left out; it has no
shops. It shows 20 products where the market shows 24 (a category) or 48 (its home page).
"""

import json
import os
import sys
import tempfile
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import django
from django.conf import settings

CATEGORIES = 20
SHOWN = 40  # products among which visits are spread
MISSING = "image_not_found.jpg"
CONTEXT = (
    "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
    "django.template.context_processors.i18n", "django.contrib.messages.context_processors.messages",
    "oscar.apps.search.context_processors.search_form", "oscar.apps.checkout.context_processors.checkout",
    "oscar.apps.communication.notifications.context_processors.notifications", "oscar.core.context_processors.metadata",
)  # fmt: skip
MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware", "oscar.apps.basket.middleware.BasketMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
)  # fmt: skip


class Thumbnailer:
    """Shows pictures as they are: none is made smaller while somebody waits."""

    url, width, height = f"/media/{MISSING}", 160, 160

    def generate_thumbnail(self, _source: Any, **_options: Any) -> "Thumbnailer":
        return self


def configure(url: str) -> None:
    from oscar import INSTALLED_APPS, defaults

    parts = urlsplit(url)
    oscar = {name: getattr(defaults, name) for name in dir(defaults) if name.startswith("OSCAR_")}
    media = Path(tempfile.gettempdir(), "oscar-pages")
    media.mkdir(exist_ok=True)
    (media / MISSING).touch()
    settings.configure(
        **oscar | {"OSCAR_THUMBNAILER": f"{__name__}.Thumbnailer"},
        SECRET_KEY="a benchmark's",
        ALLOWED_HOSTS=["*"],
        SITE_ID=1,
        USE_TZ=True,
        STATIC_URL="/static/",
        MEDIA_ROOT=media,
        MEDIA_URL="/media/",
        ROOT_URLCONF=__name__,
        MIDDLEWARE=MIDDLEWARE,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=INSTALLED_APPS,
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
            "OPTIONS": {"context_processors": CONTEXT},
        }],
        HAYSTACK_CONNECTIONS={"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        DATABASES={"default": {
            "ENGINE": "django.db.backends.postgresql", "NAME": "oscar_pages", "USER": parts.username,
            "HOST": dict(parse_qsl(parts.query))["host"],
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 16, "timeout": 30}},
        }},
    )  # fmt: skip
    django.setup()


def __getattr__(name: str) -> Any:
    """`application` and `urlpatterns`, made when the server and Django ask for them."""
    if name == "urlpatterns":
        from django.apps import apps
        from django.conf.urls.i18n import i18n_patterns  # noqa: F401  oscar's templates reverse `set_language`
        from django.urls import include, path

        shop: Any = apps.get_app_config("oscar")
        return [path("i18n/", include("django.conf.urls.i18n")), path("", include(shop.urls[0]))]
    if name == "application":
        configure(os.environ["OSCAR_DATABASE_URL"])
        from django.core.wsgi import get_wsgi_application

        return get_wsgi_application()
    raise AttributeError(name)


def lay(count: int) -> dict[str, list[str]]:
    """The catalogue, and the addresses of its pages."""
    from oscar.core.loading import get_model

    model = partial(get_model, "catalogue")
    kind = model("ProductClass").objects.create(name="Thing", track_stock=True)
    roots = [model("Category").add_root(name=f"Category {number}", slug=f"c{number}") for number in range(CATEGORIES)]
    products, record = model("Product"), get_model("partner", "StockRecord")
    made = products.objects.bulk_create([
        products(title=f"Thing {number}", slug=f"thing-{number}", product_class=kind, description="A thing. " * 20)
        for number in range(count)
    ])  # fmt: skip
    between = model("ProductCategory")
    between.objects.bulk_create([
        between(product=product, category=roots[number % CATEGORIES]) for number, product in enumerate(made)
    ])  # fmt: skip
    partner = get_model("partner", "Partner").objects.create(name="A Shop")
    record.objects.bulk_create([
        record(product=product, partner=partner, partner_sku=str(product.pk), price=Decimal("9.90"), num_in_stock=50)
        for product in made
    ])  # fmt: skip
    some = [product.get_absolute_url() for product in made[:: max(1, count // SHOWN)]]
    return {
        "home": ["/catalogue/"],
        "category": [root.get_absolute_url() for root in roots],
        "product": some,
        "cart": ["/basket/"],
    }


def main() -> None:
    import psycopg

    url, count = sys.argv[1], int(sys.argv[2])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS oscar_pages WITH (FORCE)")
        connection.execute("CREATE DATABASE oscar_pages")
    configure(url)
    from django.core.management import call_command
    from django.db import connection as made

    call_command("migrate", verbosity=0, interactive=False)
    pages = lay(count)
    with made.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(json.dumps(pages))


if __name__ == "__main__":
    main()
