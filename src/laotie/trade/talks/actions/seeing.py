"""What has been read, and forgetting a person."""

from uuid import UUID

from laotie.trade.talks import queries
from laotie.trade.talks.contracts import Side
from laotie.trade.talks.models import MessageRow, TalkRow


def seen(account_id: UUID, talk_id: UUID) -> None:
    """The reader's side has read everything. Raises NoSuchTalk, NotYourTalk."""
    talk, side = queries.talk_for(account_id, talk_id)
    rows = TalkRow.objects.filter(pk=talk.id)
    if side == Side.BUYER and talk.buyer_unread:
        rows.update(buyer_unread=0)
    if side == Side.SHOP and talk.shop_unread:
        rows.update(shop_unread=0)


def forget(account_id: UUID) -> None:
    """Clear what a person wrote as a buyer (when the person is erased); that there was a talk stays."""
    MessageRow.objects.filter(author_id=account_id).update(author=None, words="", pictures=[])
    TalkRow.objects.filter(buyer_id=account_id).update(last_words="")
