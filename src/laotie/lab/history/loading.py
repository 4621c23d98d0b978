"""The parts of a load, in the order in which they lean on each other: people, goods, deals, ties."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.offers import actions as offers
from laotie.goods.stock import actions as stock
from laotie.kit import market
from laotie.lab.history import deals, goods, pictures
from laotie.lab.history.batches import OrderBatches, Row
from laotie.lab.history.contracts import Agreement
from laotie.lab.history.goods import Naming, OfferTerms
from laotie.people.accounts import actions as accounts
from laotie.people.follows import actions as follows
from laotie.people.merchants import actions as merchants
from laotie.stream.archive.checking import Archive
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries as order_queries
from laotie.trade.payments import actions as payments
from laotie.trade.payments import queries as payment_queries
from laotie.trade.refunds import actions as refunds
from laotie.trade.reviews import actions as reviews
from laotie.trade.talks import actions as talks

ROWS = 2000  # a batch of people or goods
Part = Callable[[], dict[str, int]]


class Loading:
    """One load. A part may have been done in an earlier run, so none hands anything to the next but through here."""

    def __init__(self, archive: Archive) -> None:
        self.naming = Naming(archive.sheet.source)
        self.language = archive.sheet.language
        self.rows: dict[str, list[Row]] = {
            name: archive.tables[name].to_pylist()
            for name in ("categories", "buyers", "shops", "products", "offers", "follows", "questions")
        }
        self.homes = {row["id"]: row for row in self.rows["buyers"]}
        self.listed = {row["id"]: row for row in self.rows["products"]}
        self.variants: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows["offers"]:
            self.variants[row["product"]].append(row)
        self.batches = OrderBatches(archive.tables)
        self.pictures = pictures.Album(archive.folder)
        self.terms: dict[str, OfferTerms] = {}

    def __len__(self) -> int:
        """How many parts there are."""
        chunked = ("buyers", "shops", "products", "follows", "questions")
        return 1 + len(self.batches) + sum((len(self.rows[name]) + ROWS - 1) // ROWS for name in chunked)

    def parts(self) -> Iterator[tuple[str, Part]]:
        """Each part by name. The names are the checkpoints': they must mean the same rows in every run."""
        yield from self._parts("buyers", self.rows["buyers"], self._buyers)
        yield from self._parts("shops", self.rows["shops"], self._shops)
        yield "categories", self._categories
        yield from self._parts("products", self.rows["products"], self._products)
        self._read_terms()
        for index in range(len(self.batches)):
            yield f"orders {index}", partial(self._checkouts, index)
        yield from self._parts("follows", self.rows["follows"], self._follows)
        yield from self._parts("questions", self.rows["questions"], self._questions)

    def sums(self) -> Iterator[Agreement]:
        """What the archive says that was ordered and paid, and what the market holds of it."""
        money = market.current().money
        said = [0, 0]
        held = [0, 0]
        for index in range(len(self.batches)):
            batch = self.batches.batch(index)
            past = [deals.checkout(self.naming, rows, self.terms, self.homes) for rows in batch]
            said[0] += sum(order.total_minor for checkout in past for order in checkout.orders)
            said[1] += sum(payment["amount"] for rows in batch for payment in rows.payments)
            ids = [checkout.id for checkout in past]
            held[0], held[1] = held[0] + order_queries.worth(ids), held[1] + payment_queries.settled(ids)
        yield Agreement("orders", money(said[0]), money(held[0]))
        yield Agreement("payments", money(said[1]), money(held[1]))

    def _parts(
        self, name: str, rows: Sequence[Row], write: Callable[[Sequence[Row]], dict[str, int]]
    ) -> Iterator[tuple[str, Part]]:
        for number, chunk in enumerate(rows[start : start + ROWS] for start in range(0, len(rows), ROWS)):
            yield f"{name} {number}", partial(write, chunk)

    def _buyers(self, rows: Sequence[Row]) -> dict[str, int]:
        return {"buyers": accounts.admit_history([goods.account(self.naming, row, self.language) for row in rows])}

    def _shops(self, rows: Sequence[Row]) -> dict[str, int]:
        faces = self.pictures.admit(row["face"] for row in rows if row["face"])
        new = merchants.admit_history([goods.shop(self.naming, row, faces) for row in rows])
        offers.admit_freight_plans([goods.freight_plan(self.naming, row, self.language) for row in rows])
        return {"shops": new}

    def _categories(self) -> dict[str, int]:
        return {"categories": catalogue.admit_categories(goods.categories(self.naming, self.rows["categories"]))}

    def _products(self, rows: Sequence[Row]) -> dict[str, int]:
        past = self._past_products(rows)
        new = catalogue.admit_history(past)
        fresh = [row for product in rows for row in self.variants[product["id"]]]
        on_sale = [goods.offer(self.naming, row, self.listed[row["product"]]) for row in fresh]
        added = offers.admit_history(on_sale)
        stock.admit_history({offer.id: goods.stock(row) for offer, row in zip(on_sale, fresh, strict=True)})
        return {"products": new, "offers": added}

    def _past_products(self, rows: Sequence[Row]) -> list[catalogue.PastProduct]:
        stands = catalogue.category_ids(goods.categories(self.naming, self.rows["categories"]))
        drawn = self.pictures.admit(file for row in rows for file in (row["pictures"] or "").split("|") if file)
        return [
            goods.product(
                self.naming, row, self.variants[row["id"]], stands[self.naming.category(row["category"])], drawn
            )
            for row in rows
        ]

    def _read_terms(self) -> None:
        """What lines copy of their offers; as it is here by now, whichever run brought it in."""
        products = self.rows["products"]
        for row, past in zip(products, self._past_products(products), strict=True):
            self.terms |= {offer["id"]: goods.terms(self.naming, offer, past) for offer in self.variants[row["id"]]}

    def _checkouts(self, index: int) -> dict[str, int]:
        batch = self.batches.batch(index)
        past = [deals.checkout(self.naming, rows, self.terms, self.homes) for rows in batch]
        fresh = orders.admit_history(past)
        new = [rows for checkout, rows in zip(past, batch, strict=True) if checkout.id in fresh]
        return {
            "orders": sum(len(rows.orders) for rows in new),
            "lines": sum(len(lines) for rows in new for lines in rows.lines.values()),
            "parcels": sum(len(parcels) for rows in new for parcels in rows.parcels.values()),
            "refunds": refunds.admit_history([past for rows in batch for past in deals.refunds(self.naming, rows)]),
            "reviews": reviews.admit_history(
                [past for rows in batch for past in deals.reviews(self.naming, rows, self.terms)]
            ),
            "payments": payments.admit_history([p for rows in batch for p in deals.payments(self.naming, rows)]),
        }

    def _follows(self, rows: Sequence[Row]) -> dict[str, int]:
        return {"follows": follows.admit_history([goods.follow(self.naming, row) for row in rows])}

    def _questions(self, rows: Sequence[Row]) -> dict[str, int]:
        return {"questions": talks.admit_history([self._talk(row) for row in rows])}

    def _talk(self, row: Row) -> talks.PastTalk:
        listed = self.listed[row["product"]]
        return goods.talk(self.naming, row, listed, self.pictures.known.get((listed["pictures"] or "").split("|")[0]))
