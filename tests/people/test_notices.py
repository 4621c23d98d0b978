"""Telling people things: the list, the mail, the choice between them."""

import pytest
from django.core import mail
from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from laotie.people.accounts import actions as accounts
from laotie.people.merchants import actions as merchants
from laotie.people.merchants.actions.inviting import key_of
from laotie.people.merchants.tasks import mail_invitation
from laotie.people.notices import actions, queries
from laotie.people.notices.errors import BadKind
from laotie.people.notices.saying import said
from laotie.people.notices.tasks import mail_notice
from tests.makers import PASSWORD, make_account, make_shop

pytestmark = pytest.mark.django_db
SENTENCE = "Your shop “{shop}” is open. List your first product."


def jobs() -> list[dict[str, str]]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("args", flat=True))


def test_a_sentence_is_said_in_the_readers_language() -> None:
    with translation.override("zh-hans"):
        assert said(SENTENCE, {"shop": "茶馆"}) == "你的小店“茶馆”开张了，去上架第一件商品吧。"
    assert said(SENTENCE, {}) == SENTENCE


def test_mail_is_queued_with_its_cause_and_goes_out_once() -> None:
    person = make_account(email="lin@example.com")
    accounts.speak(person.id, "zh-hans")
    actions.notify(person.id, "shop", SENTENCE, {"shop": "Tea House"}, "/seller/tea-house/")
    notice = queries.notices(person.id)[0]
    assert jobs() == [{"notice_id": str(notice.id)}]
    for _ in range(2):
        mail_notice(notice_id=str(notice.id))
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["lin@example.com"], "[Laotie] 你的小店“Tea House”开张了，去上架第一件商品吧。")
    ]
    assert "http://localhost:8000/seller/tea-house/" in str(mail.outbox[0].body)


def test_nothing_is_mailed_for_what_was_rolled_back() -> None:
    person = make_account()
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.notify(person.id, "shop", SENTENCE, {"shop": "x"})
        raise RuntimeError
    assert (jobs(), queries.count(person.id)) == ([], 0)


def test_one_chooses_what_is_mailed() -> None:
    person = make_account()
    assert queries.mailed_kinds(person.id)["order"] is True
    assert queries.mailed_kinds(person.id)["follow"] is False
    actions.choose(person.id, "order", False)
    actions.choose(person.id, "follow", True)
    actions.notify(person.id, "order.shipped", "Shipped.", {})
    actions.notify(person.id, "nonsense", "What?", {})
    assert jobs() == []
    actions.notify(person.id, "follow", "Followed.", {})
    assert len(jobs()) == 1
    with pytest.raises(BadKind):
        actions.choose(person.id, "nonsense", True)


def test_an_erased_person_gets_no_mail() -> None:
    person = make_account(password=PASSWORD)
    actions.notify(person.id, "shop", SENTENCE, {"shop": "x"})
    notice = queries.notices(person.id)[0]
    accounts.erase(person.id, PASSWORD)
    mail_notice(notice_id=str(notice.id))
    assert mail.outbox == []


def test_a_long_sentence_has_a_short_subject_and_no_line_breaks() -> None:
    actions.send("a@b.org", "en", "One\ntwo {x}", {"x": "y" * 200})
    subject = mail.outbox[0].subject
    assert (len(subject), subject[:16], subject[-1]) == (120, "[Laotie] One two", "…")


def test_the_invitation_is_mailed_with_its_link_unless_withdrawn() -> None:
    owner = make_account("Wei")
    shop = make_shop(owner, "Tea House")
    first = merchants.invite(owner.id, shop.id, "guest@example.com", [])
    second = merchants.invite(owner.id, shop.id, "guest@example.com", [])
    for offered in (first, second):
        mail_invitation(invitation_id=str(offered.id))
    assert [message.to for message in mail.outbox] == [["guest@example.com"]]
    assert f"/me/shops/join/{key_of(second.id)}" in str(mail.outbox[0].body)
    assert "Wei invites you into the team of the shop “Tea House”." in str(mail.outbox[0].body)
    assert not any(key_of(second.id) in str(job) for job in jobs())
