"""Making appeals, judging them, and carrying an upheld one into the scores."""

from uuid import UUID

from django.db import IntegrityError, transaction

from laotie.kit import clock
from laotie.people.accounts.queries import require_operator
from laotie.people.desk.actions import audit
from laotie.people.grants import queries as grants
from laotie.people.notices.actions import notify
from laotie.stream.lake.queries import Snapshot
from laotie.stream.outbox.actions import emit
from laotie.trust.appeals import queries
from laotie.trust.appeals.contracts import Appeal, State
from laotie.trust.appeals.errors import AlreadyAppealed, AlreadyJudged, NoSuchAppeal, NotAppealable, WordsMissing
from laotie.trust.appeals.models import AppealRow
from laotie.trust.scores import actions as scores
from laotie.trust.scores import queries as score_queries
from laotie.trust.scores.contracts import PUBLISHED, SHOP, Cost
from laotie.trust.voids.contracts import DealVoided

WITHIN_DAYS = 7  # after the deal matured
LEAST_WORDS = 10


@transaction.atomic
def appeal(account_id: UUID, shop_id: UUID, line_id: UUID, words: str) -> Appeal:
    """Appeal against what a deal costs the shop. Raises NoGrant, NotAppealable, WordsMissing, AlreadyAppealed."""
    grants.require(account_id, "score", shop_id)
    cost = _cost(shop_id, line_id)
    try:
        with transaction.atomic():
            row = AppealRow.objects.create(
                shop_id=shop_id,
                line_id=line_id,
                order_id=cost.order_id,
                product_id=cost.product_id,
                outcome=cost.outcome,
                cost=cost.cost,
                words=_words(words, "words"),
                made_at=clock.now(),
                made_by_id=account_id,
                first_day=score_queries.first_day_with(SHOP, shop_id, line_id),
            )
    except IntegrityError as error:
        raise AlreadyAppealed from error
    return queries.view(row)


@transaction.atomic
def uphold(operator_id: UUID, appeal_id: UUID, answer: str) -> Appeal:
    """Void the deal by a new fact; scores of the days it was in are computed again once the lake has the fact.

    Raises OperatorsOnly, NoSuchAppeal, AlreadyJudged, WordsMissing.
    """
    row = _judged(operator_id, appeal_id, State.UPHELD, answer)
    emit(DealVoided(row.line_id, row.order_id, row.shop_id, "appeal", row.pk))
    from laotie.trust.appeals.tasks import correct_scores

    correct_scores.defer(appeal_id=str(row.pk))
    return queries.view(row)


@transaction.atomic
def reject(operator_id: UUID, appeal_id: UUID, answer: str) -> Appeal:
    """Let the deal count, and say why. Raises as `uphold` does."""
    row = _judged(operator_id, appeal_id, State.REJECTED, answer)
    link = f"/seller/score/appeals/{row.pk}"
    notify(row.made_by_id, "score", "Your appeal was rejected: {answer}", {"answer": row.answer}, link)
    return queries.view(row)


def carry(lake: Snapshot, appeal_id: UUID) -> bool:
    """Compute again every published day that the deal was in. False while the lake has not yet heard of the void.

    Doing it twice adds a corrected run of the same figures and tells nobody twice.
    """
    row = AppealRow.objects.get(pk=appeal_id, state=State.UPHELD)
    if str(row.line_id) not in lake.read("deal.voided")["line_id"].to_pylist():
        return False
    before = score_queries.required(SHOP, row.shop_id).score
    for day in score_queries.days_since(row.first_day, PUBLISHED):
        scores.correct(lake, day)
    after = score_queries.score(SHOP, row.shop_id)
    with transaction.atomic():
        if AppealRow.objects.filter(pk=row.pk, corrected_at=None).update(corrected_at=clock.now()) and after:
            notify(
                row.made_by_id,
                "score",
                "Your appeal was upheld: your score went from {before} to {after}.",
                {"before": f"{before:.4f}", "after": f"{after.score:.4f}"},
                f"/seller/score/appeals/{row.pk}",
            )
    return True


def _cost(shop_id: UUID, line_id: UUID) -> Cost:
    score = score_queries.score(SHOP, shop_id)
    found = next((cost for cost in score.costs if cost.line_id == line_id), None) if score else None
    if found is None or found.age > WITHIN_DAYS:
        raise NotAppealable(days=WITHIN_DAYS)
    return found


def _judged(operator_id: UUID, appeal_id: UUID, state: State, answer: str) -> AppealRow:
    require_operator(operator_id)
    row = AppealRow.objects.select_for_update().filter(pk=appeal_id).first()
    if row is None:
        raise NoSuchAppeal
    if row.state != State.OPEN:
        raise AlreadyJudged
    row.state, row.answer = state, _words(answer, "answer")
    row.judged_at, row.judged_by_id = clock.now(), operator_id
    row.save()
    audit(operator_id, f"appeal.{state}", "appeal", row.pk, {"line": str(row.line_id), "answer": row.answer})
    return row


def _words(words: str, field: str) -> str:
    words = words.replace("\x00", "").strip()[:2000]
    if len(words) < LEAST_WORDS:
        raise WordsMissing(field=field)
    return words
