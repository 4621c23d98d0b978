"""Buyers who do not give up: `python -m tests.faults.buyers ADDRESS COUNT` places and pays COUNT orders in a market.

Each order has an idempotency key and is asked for under it until there is an answer; the provider tells the market of
the payment, over HTTP, until the market says that it heard. `python -m tests.faults.buyers setup` makes the people and
goods first; `python -m tests.faults.buyers check` counts afterwards. Both print JSON.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from urllib.error import URLError
from urllib.request import Request, urlopen
from uuid import UUID

import django

PAUSE = Event()
AT_ONCE = 8
STOCK = 5000
OFFERS = 3
PATIENCE = 600  # attempts, a tenth of a second apart


def setup() -> dict[str, list[str]]:
    """Shops, offers, buyers with an address; what a buyer needs to know of them."""
    from django.db import transaction

    from tests.makers import make_account, make_address, make_offer, make_shop

    with transaction.atomic():
        offers = [make_offer(make_shop(make_account("Owner"), f"Shop {n}"), stock=STOCK) for n in range(OFFERS)]
        buyers = [make_account("Buyer") for _ in range(AT_ONCE)]
        addresses = [make_address(buyer) for buyer in buyers]
    return {
        "offers": [str(offer.id) for offer in offers],
        "buyers": [str(buyer.id) for buyer in buyers],
        "addresses": [str(address.id) for address in addresses],
    }


def buy(number: int, people: dict[str, list[str]], address: str) -> None:
    """One order, placed and paid, whatever happens meanwhile."""
    buyer = UUID(people["buyers"][number % AT_ONCE])
    place_at = UUID(people["addresses"][number % AT_ONCE])
    checkout = insist(lambda: placed(number, buyer, place_at, people["offers"]))
    reference = insist(lambda: started(buyer, checkout))
    message = insist(lambda: collected(reference))
    insist(lambda: told(address, *message))


def placed(number: int, buyer: UUID, address: UUID, offers: list[str]) -> UUID:
    from laotie.goods.offers.queries import offers as known
    from laotie.trade.orders import actions
    from laotie.trade.orders.contracts import Wanted

    ids = [UUID(offers[number % OFFERS]), UUID(offers[(number + 1) % OFFERS])]
    prices = known(ids)
    lines = [Wanted(offer_id, 1, prices[offer_id].price) for offer_id in ids]
    return actions.place(buyer, lines, address, f"order-{number}").checkout_id


def started(buyer: UUID, checkout: UUID) -> str:
    from laotie.trade.payments import actions

    return actions.start(buyer, checkout, "sandbox").page.rpartition("/")[2]


def collected(reference: str) -> tuple[dict[str, str], bytes]:
    """The provider has the money; its message, made anew where the last one may have been lost."""
    from laotie.trade.payments.contracts import EventKind
    from laotie.trade.payments.providers import sandbox

    sandbox.choose(reference, sandbox.Choice.SUCCEED)
    callback = sandbox.callback(sandbox.booked(reference), EventKind.SETTLED)
    return callback.headers, callback.body


def told(address: str, headers: dict[str, str], body: bytes) -> None:
    with urlopen(Request(f"{address}/payments/webhook/sandbox", data=body, headers=headers), timeout=5) as answer:
        assert answer.status == 200


def insist(act):
    """The answer of `act`, asked for again while a part of the market is away."""
    from django.db import DatabaseError, connection
    from psycopg_pool import PoolTimeout

    for _ in range(PATIENCE):
        try:
            return act()
        except (DatabaseError, PoolTimeout, URLError, OSError):
            connection.close()
            PAUSE.wait(0.1)
    return act()


def check(people: dict[str, list[str]]) -> dict[str, object]:
    """What the market's own rows say of the offers we sold: their orders and these by state, pieces sold and left."""
    from django.db import connection

    from laotie.goods.stock.queries import available

    with connection.cursor() as cursor:
        ours = "SELECT order_id FROM orders_linerow WHERE offer_id = ANY(%s::uuid[])"  # a demo market has others
        mine = [people["offers"]]
        cursor.execute(f"SELECT state, count(*) FROM orders_orderrow WHERE id IN ({ours}) GROUP BY state", mine)
        states = dict(cursor.fetchall())
        cursor.execute(
            f"""SELECT count(*), count(DISTINCT key) FROM orders_checkoutrow
                WHERE id IN (SELECT checkout_id FROM orders_orderrow WHERE id IN ({ours}))""",
            mine,
        )
        checkouts, keys = cursor.fetchone()
        cursor.execute("SELECT coalesce(sum(quantity), 0) FROM orders_linerow WHERE offer_id = ANY(%s::uuid[])", mine)
        sold = int(cursor.fetchone()[0])
        cursor.execute(ours, mine)
        orders = sorted(str(row[0]) for row in cursor.fetchall())
    left = sum(available([UUID(offer) for offer in people["offers"]]).values())
    counts = {"states": states, "checkouts": checkouts, "keys": keys, "sold": sold, "left": left}
    return {"counts": counts, "orders": orders}


def buy_all(address: str, count: int, people: dict[str, list[str]], progress: Path) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool, progress.open("ab") as done:

        def one(number: int) -> None:
            buy(number, people, address)
            os.write(done.fileno(), b".")  # what the test kills by

        list(pool.map(one, range(count)))


def main() -> None:
    django.setup()
    act, *arguments = sys.argv[1:]
    if act == "setup":
        print(json.dumps(setup()))
    elif act == "check":
        print(json.dumps(check(json.loads(arguments[0]))))
    else:
        buy_all(act, int(arguments[0]), json.loads(arguments[1]), Path(arguments[2]))


if __name__ == "__main__":
    main()
