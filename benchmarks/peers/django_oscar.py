"""django-oscar sells one hot product: its own OrderCreator with stock allocation, as its checkout calls it.

    python django_oscar.py DATABASE_URL STOCK BUYERS PROCESSES

Baskets are filled beforehand and are not timed; timed is what its checkout does at the last click: look whether the
basket can still be bought, place the order (order, line, prices, shipping address, allocation), submit the basket.
The last line is JSON.
"""

import json
import multiprocessing
import sys
import threading
import time
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import django
from django.conf import settings

PRICE = Decimal("9.90")


def configure(url: str) -> None:
    from oscar import INSTALLED_APPS, defaults

    parts = urlsplit(url)
    oscar = {name: getattr(defaults, name) for name in dir(defaults) if name.startswith("OSCAR_")}
    settings.configure(
        **oscar | {"OSCAR_SEND_REGISTRATION_EMAIL": False},
        SECRET_KEY="a benchmark's",
        SITE_ID=1,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=INSTALLED_APPS,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        HAYSTACK_CONNECTIONS={"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        DATABASES={"default": {
            "ENGINE": "django.db.backends.postgresql", "NAME": "oscar", "USER": parts.username,
            "HOST": dict(parse_qsl(parts.query))["host"],
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 16, "timeout": 30}},
        }},
    )  # fmt: skip
    django.setup()


def create_database(url: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE oscar")


def lay(stock: int, buyers: int) -> list[list[int]]:
    """A product with stock, users, and a filled basket for every order that may be tried; basket ids by buyer."""
    from django.contrib.auth.models import User
    from oscar.core.loading import get_model

    product_class = get_model("catalogue", "ProductClass").objects.create(name="Thing", track_stock=True)
    product = get_model("catalogue", "Product").objects.create(title="Hot thing", product_class=product_class)
    partner = get_model("partner", "Partner").objects.create(name="Hot Shop")
    record = get_model("partner", "StockRecord").objects.create(
        product=product, partner=partner, partner_sku="hot", price=PRICE, price_currency="GBP", num_in_stock=stock
    )
    get_model("address", "Country").objects.create(
        iso_3166_1_a2="GB", printable_name="UK", name="UK", is_shipping_country=True
    )
    users = [User.objects.create(username=f"buyer-{number}") for number in range(buyers)]
    baskets, lines = get_model("basket", "Basket"), get_model("basket", "Line")
    tries = stock // buyers + 4
    made = baskets.objects.bulk_create([baskets(owner=user, status="Open") for user in users for _ in range(tries)])
    lines.objects.bulk_create([
        lines(basket=basket, product=product, stockrecord=record, line_reference=f"{product.id}_{record.id}",
              quantity=1, price_currency="GBP", price_excl_tax=PRICE, price_incl_tax=PRICE)
        for basket in made
    ])  # fmt: skip
    return [[basket.id for basket in made[at * tries : (at + 1) * tries]] for at in range(buyers)]


def place(basket_id: int) -> bool:
    """What its checkout does at the last click; False when there is none left."""
    from oscar.apps.checkout.calculators import OrderTotalCalculator
    from oscar.apps.order.utils import OrderCreator
    from oscar.apps.partner.exceptions import InvalidStockAdjustment
    from oscar.apps.partner.strategy import Default
    from oscar.apps.shipping.methods import Free
    from oscar.core.loading import get_model

    basket = get_model("basket", "Basket").objects.select_related("owner").get(id=basket_id)
    basket.strategy = Default()
    for line in basket.all_lines():
        allowed, _reason = line.purchase_info.availability.is_purchase_permitted(line.quantity)
        if not allowed:
            return False
    method = Free()
    charge = method.calculate(basket)
    address = get_model("order", "ShippingAddress")(
        first_name="Buyer", line1="1 West Lake Road", line4="Hangzhou", postcode="N1 9RT", country_id="GB"
    )
    address.save()
    try:
        OrderCreator().place_order(
            basket, OrderTotalCalculator().calculate(basket, charge), method, charge, user=basket.owner,
            shipping_address=address,
        )  # fmt: skip
    except InvalidStockAdjustment:
        return False
    basket.submit()
    return True


def shop_on(baskets: list[int]) -> tuple[int, float]:
    from django.db import connections

    had, last = 0, 0.0
    for basket_id in baskets:
        try:
            if place(basket_id):
                had, last = had + 1, time.monotonic()
        finally:
            connections.close_all()
    return had, last


def crowd(url: str, people: list[list[int]], start: Any, answers: Any) -> None:
    configure(url)
    counts: list[tuple[int, float]] = []
    start.wait()
    began = time.monotonic()
    threads = [threading.Thread(target=lambda own=own: counts.append(shop_on(own))) for own in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put((began, max(last for _, last in counts)))


def main() -> None:
    url, stock, buyers, processes = sys.argv[1], *map(int, sys.argv[2:5])
    create_database(url)
    configure(url)
    from django.core.management import call_command
    from django.db.models import Sum
    from oscar.core.loading import get_model

    call_command("migrate", verbosity=0, interactive=False)
    people = lay(stock, buyers)
    context = multiprocessing.get_context("spawn")
    start, answers = context.Barrier(processes), context.Queue()
    crowds = [
        context.Process(target=crowd, args=(url, people[at::processes], start, answers)) for at in range(processes)
    ]
    for process in crowds:
        process.start()
    told = [answers.get() for _ in crowds]
    for process in crowds:
        process.join()
    sold = get_model("order", "Line").objects.aggregate(sold=Sum("quantity"))["sold"] or 0
    seconds = max(last for _, last in told) - min(began for began, _ in told)
    print(json.dumps({
        "orders_per_s": round(sold / seconds, 1), "oversold": max(0, sold - stock), "undersold": max(0, stock - sold),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
