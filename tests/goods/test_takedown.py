"""A product that a report takes down: its seller hears of it once, and is told how to object."""

import pytest

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.catalogue import queries
from laotie.people.desk import actions as desk
from laotie.people.notices.queries import notices
from tests.makers import make_account, make_operator, make_product, make_shop

pytestmark = pytest.mark.django_db
WORDS = "No certificate.\n" + "It is dyed glass. " * 30


def test_a_judged_report_tells_the_seller_once_with_the_way_to_object() -> None:
    owner, operator = make_account("Owner"), make_operator()
    product = make_product(make_shop(owner), "Jade bangle")
    report = desk.report(make_account().id, "product", product.id, "fake")
    before = {notice.id for notice in notices(owner.id)}
    desk.take_down(operator.id, report.id, WORDS)
    told = [notice for notice in notices(owner.id) if notice.id not in before]
    assert [(notice.kind, notice.link) for notice in told] == [("report", f"/reports/{report.id}")]
    assert "object within {days} days" in told[0].sentence
    kept = queries.product(product.id)
    assert (kept.status, kept.takedown_reason) == ("taken_down", " ".join(WORDS.split())[:300].strip())


def test_taken_down_without_a_report_the_shop_is_told_by_goods() -> None:
    owner = make_account("Owner")
    product = make_product(make_shop(owner), "Jade bangle")
    catalogue.take_down_product(make_operator().id, product.id, "No certificate.")
    latest = notices(owner.id)[0]
    assert (latest.kind, latest.sentence) == ("shop", "“{title}” was taken down: {reason}")
