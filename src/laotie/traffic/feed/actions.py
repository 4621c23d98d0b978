"""What a person tells the feed (whom not to show, what to forget), and what it learns from facts."""

from uuid import UUID

from django.db import transaction

from laotie.engine.matching.policy import published
from laotie.kit import clock
from laotie.people.accounts import queries as accounts
from laotie.people.merchants import queries as merchants
from laotie.stream.lake.queries import Snapshot
from laotie.traffic.feed.errors import TooManyHidden
from laotie.traffic.feed.estimating import beliefs, counts, estimates, goods, newcomers
from laotie.traffic.feed.models import Belief, Forgotten

MOST_HIDDEN = 500


@transaction.atomic
def hide(viewer: UUID, shop_id: UUID) -> None:
    """Show nothing of the shop in this person's feed any more. Raises NoSuchShop, TooManyHidden."""
    merchants.shop(shop_id)
    hidden = Belief.objects.filter(viewer=viewer, kind=Belief.Kind.HIDDEN)
    if not hidden.filter(target_id=shop_id).exists() and hidden.count() >= MOST_HIDDEN:
        raise TooManyHidden(most=MOST_HIDDEN)
    Belief.objects.get_or_create(
        viewer=viewer, kind=Belief.Kind.HIDDEN, target_id=shop_id, defaults={"since": clock.now()}
    )


def show_again(viewer: UUID, shop_id: UUID) -> None:
    """Undo `hide`."""
    Belief.objects.filter(viewer=viewer, kind=Belief.Kind.HIDDEN, target_id=shop_id).delete()


@transaction.atomic
def forget_beliefs(viewer: UUID) -> None:
    """Delete what the feed concluded of a person; behaviour until now counts for nothing any more. What the person
    said (hidden shops) stays."""
    Belief.objects.filter(viewer=viewer).exclude(kind=Belief.Kind.HIDDEN).delete()
    Forgotten.objects.update_or_create(viewer=viewer, defaults={"at": clock.now()})


@transaction.atomic
def forget(account_id: UUID) -> None:
    """Clear everything of an account that is being erased."""
    viewer = accounts.pseudonym(account_id)
    Belief.objects.filter(viewer=viewer).delete()
    Forgotten.objects.filter(viewer=viewer).delete()


def learn(lake: Snapshot) -> int:
    """Make estimates, newcomers and beliefs anew from the lake. Returns of how many things. Seconds to minutes."""
    within, found, policy, now = counts.window(lake), goods.goods(), published(), clock.now()
    if within is None or not len(found):
        return 0
    estimated = estimates.estimate(lake, within, found, policy)
    estimates.keep(found, estimated, now)
    arms = newcomers.newcomers(found, estimated, policy, now)
    newcomers.keep(arms, newcomers.spent_today(lake, now))
    beliefs.keep(beliefs.believe(counts.liked(lake, within), found, now))
    return len(found)


def count_lane(lake: Snapshot) -> None:
    """Say how much of the day's budget each newcomer has spent."""
    newcomers.refresh_spent(newcomers.spent_today(lake, clock.now()))
