"""What can be reported to the operators, and how each kind is shown to them, taken down and put back."""

from uuid import UUID

from laotie.goods.catalogue import actions as catalogue_actions
from laotie.goods.catalogue import queries as catalogue
from laotie.people.desk.contracts import Reportable, Subject
from laotie.people.merchants import actions as merchant_actions
from laotie.people.merchants import queries as merchants
from laotie.places.rooms import actions as room_actions
from laotie.places.rooms import queries as rooms
from laotie.trade.reviews import actions as review_actions
from laotie.trade.reviews import queries as reviews
from laotie.trade.talks import actions as talk_actions
from laotie.trade.talks import queries as talks
from laotie.trade.talks.contracts import Side


def describe_product(account_id: UUID, product_id: UUID) -> Subject:
    product = catalogue.product(product_id)
    return Subject(product.title, f"/p/{product_id}", owners(product.merchant_id), product.description)


def take_down_product(operator_id: UUID, product_id: UUID, reason: str) -> None:
    """The desk tells its owners, with the way to object; a judge may write at length, a product keeps a line."""
    catalogue_actions.remove_product(operator_id, product_id, " ".join(reason.split())[:300])


def put_back_product(operator_id: UUID, product_id: UUID, reason: str) -> None:
    catalogue_actions.restore_product(operator_id, product_id)


def describe_shop(account_id: UUID, merchant_id: UUID) -> Subject:
    shop = merchants.shop(merchant_id)
    return Subject(shop.name, f"/s/{shop.slug}", owners(merchant_id), shop.intro)


def put_back_shop(operator_id: UUID, merchant_id: UUID, reason: str) -> None:
    merchant_actions.restore(operator_id, merchant_id)


def owners(merchant_id: UUID) -> tuple[UUID, ...]:
    """The accounts that answer for a shop."""
    return tuple(member.account_id for member in merchants.team(merchant_id) if member.role == "owner")


def describe_talk(account_id: UUID, talk_id: UUID) -> Subject:
    """For those in it; the far side answers for it. Operators read what was said when it was reported, not later."""
    talk, side = talks.talk_for(account_id, talk_id)
    said = "\n".join(f"{message.side}: {message.words}" for message in talks.messages(talk_id)[-20:])
    others = owners(talk.merchant_id) if side == Side.BUYER else (talk.buyer_id,)
    return Subject(talk.topic.title, f"/messages/{talk_id}", others, said)


def reopen_talk(operator_id: UUID, talk_id: UUID, reason: str) -> None:
    talk_actions.reopen(operator_id, talk_id)


def describe_review(account_id: UUID, review_id: UUID) -> Subject:
    review, buyer_id = reviews.review_and_author(account_id, review_id)
    words = "\n".join(filter(None, (review.words, review.added_words)))
    return Subject(review.title, f"/p/{review.product_id}/reviews", (buyer_id,), words)


def put_back_review(operator_id: UUID, review_id: UUID, reason: str) -> None:
    review_actions.show(operator_id, review_id)


def describe_session(account_id: UUID, session_id: UUID) -> Subject:
    session = rooms.session_for(account_id, session_id)
    said = "\n".join(f"{line.name}: {line.words}" for line in rooms.lines(session_id, 20))
    return Subject(session.title, f"/r/{session_id}", (session.creator_id,), said)


def end_session(operator_id: UUID, session_id: UUID, reason: str) -> None:
    room_actions.end(operator_id, session_id)


def describe_line(account_id: UUID, line_id: UUID) -> Subject:
    line = rooms.line(line_id)
    session = rooms.session_for(account_id, line.session_id)
    return Subject(session.title, f"/r/{session.id}", (line.author_id,), f"{line.name}: {line.words}")


def hide_line(operator_id: UUID, line_id: UUID, reason: str) -> None:
    room_actions.hide(operator_id, rooms.line(line_id).session_id, line_id)


ALL = (
    Reportable("line", describe_line, hide_line),
    Reportable("product", describe_product, take_down_product, put_back_product),
    Reportable("review", describe_review, review_actions.hide, put_back_review),
    Reportable("session", describe_session, end_session),
    Reportable("shop", describe_shop, merchant_actions.take_down, put_back_shop),
    Reportable("talk", describe_talk, talk_actions.close, reopen_talk),
)
