"""Reviews: only of received deals, once, added to once, answered; the figures; who may read and write what."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from PIL import Image

from laotie.kit import clock
from laotie.kit.errors import MarketError
from laotie.kit.ids import new_id
from laotie.kit.text import BadText
from laotie.people.accounts.contracts import AccountView
from laotie.people.accounts.models import Account
from laotie.people.desk import actions as desk
from laotie.people.desk.errors import OwnThing
from laotie.people.grants.errors import NoGrant
from laotie.people.merchants.contracts import Shop
from laotie.people.notices.models import Notice
from laotie.stream.outbox.models import OutboxRow
from laotie.trade.orders import actions as order_actions
from laotie.trade.orders.contracts import Order
from laotie.trade.orders.errors import NotYours, OrderNotFound
from laotie.trade.orders.queries import orders
from laotie.trade.reviews import actions, errors, queries
from laotie.trade.reviews.contracts import PastReview, Rating, Review, Show
from laotie.trade.reviews.models import ReviewRow
from laotie.trade.reviews.showing import masked
from tests.html import validate
from tests.makers import make_account, make_offer, make_operator, make_paid, make_shop, make_staff, wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> AccountView:
    return make_account("Chen")


@pytest.fixture
def shop(seller: AccountView) -> Shop:
    return make_shop(seller)


@pytest.fixture
def buyer() -> AccountView:
    return make_account("Mei")


def signed(buyer: AccountView, seller: AccountView, *offers: object) -> Order:
    order = make_paid(buyer, *(wanted(offer) for offer in offers))  # type: ignore[arg-type]
    order_actions.ship(seller.id, order.id, "sf", f"SF{new_id().int % 10**10:010d}")
    order_actions.sign(buyer.id, order.id)
    return orders([order.id])[order.id]


@pytest.fixture
def order(buyer: AccountView, seller: AccountView, shop: Shop) -> Order:
    return signed(buyer, seller, make_offer(shop))


@pytest.fixture
def review(buyer: AccountView, order: Order) -> Review:
    return actions.write(buyer.id, order.lines[0].id, 4, "Fresh and salty")


def png() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def login(client: Client, account: AccountView) -> Client:
    client.force_login(Account.objects.get(pk=account.id))
    return client


def facts(kind: str) -> list[dict[str, object]]:
    return list(OutboxRow.objects.filter(kind=kind).order_by("pk").values_list("body", flat=True))


def test_a_review_of_a_received_deal(buyer: AccountView, order: Order, review: Review) -> None:
    assert (review.stars, review.title, review.buyer_id) == (4, order.lines[0].title, buyer.id)
    fact = facts("review.written")[0]
    assert (fact["stars"], fact["words"], fact["buyer"]) == (4, 15, str(buyer.pseudonym))
    assert queries.to_review(buyer.id) == []


def test_only_received_deals_are_reviewed(buyer: AccountView, shop: Shop) -> None:
    order = make_paid(buyer, wanted(make_offer(shop)))
    with pytest.raises(errors.NotSigned):
        actions.write(buyer.id, order.lines[0].id, 5)


def test_only_the_buyer_reviews(seller: AccountView, order: Order) -> None:
    line = order.lines[0].id
    with pytest.raises(errors.NotYourReview):
        actions.write(seller.id, line, 5)
    with pytest.raises(NotYours):
        actions.write(make_account().id, line, 5)
    with pytest.raises(OrderNotFound):
        actions.write(seller.id, new_id(), 5)


@pytest.mark.parametrize(
    ("stars", "words", "images", "error"),
    [
        (0, "", 0, errors.BadStars),
        (6, "", 0, errors.BadStars),
        (5, "x" * 1001, 0, BadText),
        (5, "a\x00b", 0, BadText),
        (5, "", 7, errors.TooManyPictures),
    ],
)
def test_bad_reviews_leave_nothing(
    buyer: AccountView, order: Order, stars: int, words: str, images: int, error: type[MarketError]
) -> None:
    with pytest.raises(error):
        actions.write(buyer.id, order.lines[0].id, stars, words, [png()] * images)
    assert ReviewRow.objects.count() == 0 and facts("review.written") == []


def test_a_deal_is_reviewed_once(buyer: AccountView, order: Order, review: Review) -> None:
    with pytest.raises(errors.AlreadyReviewed):
        actions.write(buyer.id, order.lines[0].id, 1)
    assert ReviewRow.objects.get().stars == 4


def test_the_database_holds_the_stars(review: Review) -> None:
    with pytest.raises(IntegrityError):
        ReviewRow.objects.update(stars=6)


def test_reviews_have_their_time(buyer: AccountView, order: Order) -> None:
    with clock.travel(clock.now() + timedelta(days=91)), pytest.raises(errors.TooLateToReview):
        actions.write(buyer.id, order.lines[0].id, 5)


def test_a_review_is_added_to_once_and_in_time(buyer: AccountView, review: Review) -> None:
    with clock.travel(review.written_at + timedelta(days=181)), pytest.raises(errors.TooLateToAdd):
        actions.add(buyer.id, review.id, "Still good")
    with clock.travel(review.written_at + timedelta(days=30)):
        added = actions.add(buyer.id, review.id, "Still good", [png()])
        assert (added.added_words, len(added.added_pictures), added.days_until_added) == ("Still good", 1, 30)
        with pytest.raises(errors.AlreadyAdded):
            actions.add(buyer.id, review.id, "And still")
    assert len(facts("review.added")) == 1


def test_a_shop_answers_once_and_may_change_it(buyer: AccountView, seller: AccountView, review: Review) -> None:
    first = actions.answer(seller.id, review.id, "Thank you")
    second = actions.answer(seller.id, review.id, "Thank you!")
    assert (second.answer, second.answered_at) == ("Thank you!", first.answered_at)
    assert len(facts("review.answered")) == 1
    assert Notice.objects.filter(account_id=buyer.id, kind="review.answered").count() == 1
    with pytest.raises(NoGrant):
        actions.answer(buyer.id, review.id, "Me too")


def test_a_bad_review_reaches_the_shop_at_once(buyer: AccountView, seller: AccountView, order: Order) -> None:
    actions.write(buyer.id, order.lines[0].id, 1, "It broke")
    assert Notice.objects.filter(account_id=seller.id, kind="review.bad").count() == 1
    assert queries.unanswered_bad(order.merchant_id) == 1


def test_the_figures_are_exact(seller: AccountView, shop: Shop) -> None:
    offer = make_offer(shop)
    for stars in (5, 5, 4, 3, 1):
        buyer = make_account()
        line = signed(buyer, seller, offer).lines[0]
        actions.write(buyer.id, line.id, stars, "", [png()] if stars == 3 else [])
    rating = queries.rating(offer.product_id)
    assert rating == Rating(5, 3.6, (1, 0, 1, 1, 2), 1, 0)
    assert rating.good_percent == 60
    shows = {show: queries.reviews_of_product(offer.product_id, show).count() for show in Show}
    assert shows == {"all": 5, "good": 3, "middling": 1, "bad": 1, "pictures": 1, "added": 0}


def test_an_unnamed_review_names_nobody(client: Client, buyer: AccountView, order: Order) -> None:
    review = actions.write(buyer.id, order.lines[0].id, 5, "Good", unnamed=True)
    assert queries.review_for(None, review.id).buyer_id is None
    page = client.get(f"/p/{review.product_id}/reviews").content.decode()
    assert "M***" not in page and "A buyer" in page


def test_names_are_shortened() -> None:
    assert (masked("Mei"), masked("苏小姐")) == ("M***", "苏***")


def test_a_review_taken_down_is_gone_and_does_not_count(
    client: Client, buyer: AccountView, seller: AccountView, review: Review
) -> None:
    operator = make_operator()
    report = desk.report(seller.id, "review", review.id, "offensive", "Calls me names")
    desk.take_down(operator.id, report.id, "Insults.")
    assert queries.rating(review.product_id).count == 0
    with pytest.raises(errors.NoSuchReview):
        queries.review_for(None, review.id)
    assert queries.review_for(buyer.id, review.id).hidden_reason == "Insults."
    with pytest.raises(errors.ReviewTakenDown):
        actions.answer(seller.id, review.id, "Ha")
    desk.object_to(buyer.id, report.id, "It is only a joke.")
    desk.restore(operator.id, report.id, "So it seems.")
    assert queries.rating(review.product_id).count == 1
    with pytest.raises(OwnThing):
        desk.report(buyer.id, "review", review.id, "spam")


def test_stars_outlive_the_person_and_words_do_not(buyer: AccountView, review: Review) -> None:
    actions.forget(buyer.id)
    left = queries.review_for(None, review.id)
    assert (left.stars, left.words, left.buyer_id) == (4, "", None)


def test_a_past_review_keeps_its_time(buyer: AccountView, order: Order) -> None:
    line = order.lines[0]
    ids = (line.id, order.id, line.product_id, order.merchant_id, buyer.id)
    past = PastReview(*ids, line.title, "", 2, "Ruim", clock.now() - timedelta(days=900), "Desculpe", clock.now())
    assert (actions.admit_history([past]), actions.admit_history([past])) == (1, 0)
    facts = OutboxRow.objects.filter(kind__startswith="review.").values_list("occurred_at", "kind")
    assert set(facts) == {(past.written_at, "review.written"), (past.answered_at, "review.answered")}
    assert queries.rating(line.product_id).average == 2.0


# address → status for (visitor, buyer, other buyer, seller, staff with care, operator)
PAGES = {
    "/p/{product}/reviews?show=good&page=9": (200, 200, 200, 200, 200, 200),
    "/p/{product}/reviews?show=x&stars=y": (200, 200, 200, 200, 200, 200),
    "/me/reviews": (302, 200, 200, 200, 200, 200),
    "/me/reviews/write/{unwritten}": (302, 200, 403, 403, 403, 403),
    "/me/reviews/{review}/add": (302, 200, 403, 403, 403, 403),
    "/seller/{slug}/reviews": (302, 403, 403, 200, 200, 403),
    "/seller/{slug}/reviews?show=bad": (302, 403, 403, 200, 200, 403),
    "/seller/{slug}/reviews/{review}": (302, 403, 403, 200, 200, 403),
}


@pytest.mark.parametrize("address", PAGES)
def test_who_reads_which_page(
    client: Client, buyer: AccountView, seller: AccountView, shop: Shop, review: Review, address: str
) -> None:
    unwritten = signed(buyer, seller, make_offer(shop)).lines[0].id
    actions.answer(seller.id, review.id, "Thank you")
    ids = {"product": review.product_id, "review": review.id, "slug": shop.slug, "unwritten": unwritten}
    people = (None, buyer, make_account(), seller, make_staff(seller, shop, "care"), make_operator())
    for account, status in zip(people, PAGES[address], strict=True):
        if account:
            login(client, account)
        response = client.get(address.format(**ids), headers={"accept-language": "zh-hans"})
        assert response.status_code == status, account
        if status == 200:
            validate(response.content)


def test_the_page_writes_with_pictures_and_without_is_refused_in_words(
    client: Client, buyer: AccountView, order: Order
) -> None:
    login(client, buyer)
    address = f"/me/reviews/write/{order.lines[0].id}"
    assert "field-error" in client.post(address, {"words": "No stars"}).content.decode()
    bad = SimpleUploadedFile("a.png", b"no picture", "image/png")
    refused = client.post(address, {"stars": "5", "pictures": [bad]})
    assert refused.status_code == 200 and ReviewRow.objects.count() == 0
    good = [SimpleUploadedFile(f"{i}.png", png(), "image/png") for i in range(2)]
    assert client.post(address, {"stars": "5", "words": "Lovely", "pictures": good}).status_code == 302
    assert len(ReviewRow.objects.get().pictures) == 2


def test_the_product_page_shows_the_first_reviews(
    client: Client, review: Review, django_assert_max_num_queries: object
) -> None:
    page = client.get(f"/p/{review.product_id}")
    validate(page.content)
    assert b"Fresh and salty" in page.content and b"M***" in page.content
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get(f"/p/{review.product_id}/reviews")


# (visitor, buyer, other buyer, seller, operator) → status of the REST call
REST = {
    ("GET", "/api/reviews/products/{product}"): (200, 200, 200, 200, 200),
    ("GET", "/api/reviews/products/{product}/rating"): (200, 200, 200, 200, 200),
    ("GET", "/api/reviews/{review}"): (200, 200, 200, 200, 200),
    ("GET", "/api/reviews"): (401, 200, 200, 200, 200),
    ("POST", "/api/reviews/{review}/addition"): (401, 201, 403, 403, 403),
    ("PUT", "/api/reviews/{review}/answer"): (401, 403, 403, 200, 403),
    ("GET", "/api/reviews/shops/{shop}"): (401, 403, 403, 200, 403),
}


@pytest.mark.parametrize("call", REST)
def test_who_calls_what(
    client: Client, buyer: AccountView, seller: AccountView, review: Review, call: tuple[str, str]
) -> None:
    method, address = call
    where = address.format(product=review.product_id, review=review.id, shop=review.merchant_id)
    for account, status in zip((None, buyer, make_account(), seller, make_operator()), REST[call], strict=True):
        client.logout()
        if account:
            login(client, account)
        before = ReviewRow.objects.values_list("answer", "added_words").get()
        response = client.generic(method, where, '{"words": "Hi"}', content_type="application/json")
        assert response.status_code in ({401, 403} if status == 401 else {status}), (account, response.content)
        if status >= 400:
            assert ReviewRow.objects.values_list("answer", "added_words").get() == before


def test_a_review_over_rest(client: Client, buyer: AccountView, order: Order) -> None:
    login(client, buyer)
    body = {"line_id": str(order.lines[0].id), "stars": 5, "words": "Lovely"}
    made = client.post("/api/reviews", body, content_type="application/json")
    assert (made.status_code, made.json()["stars"]) == (201, 5)
    assert UUID(made.json()["id"]) == ReviewRow.objects.get().pk
    again = client.post("/api/reviews", body, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "review.already")
