"""Making appeals and judging them. What is appealed against is held from the moment of the appeal."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from laotie.goods.catalogue import queries as catalogue
from laotie.kit import clock, market
from laotie.people.accounts.queries import require_operator
from laotie.people.audit.actions import audit
from laotie.people.notices.actions import notify
from laotie.stream.facts import Fact
from laotie.stream.outbox.actions import emit
from laotie.trust.appeals import queries
from laotie.trust.appeals.carrying import carry
from laotie.trust.appeals.contracts import (
    WITHIN_DAYS,
    Appeal,
    AppealJudged,
    AppealMade,
    Ground,
    ReviewVoided,
    State,
    Subject,
)
from laotie.trust.appeals.errors import (
    AlreadyAppealed,
    AlreadyJudged,
    NoReview,
    NoSuchAppeal,
    NotAppealable,
    WordsMissing,
)
from laotie.trust.appeals.models import AppealRow
from laotie.trust.scores import queries as scores
from laotie.trust.scores.contracts import Cost
from laotie.trust.violations import actions as violations
from laotie.trust.violations import queries as violation_queries
from laotie.trust.voids.contracts import DealVoided

__all__ = ["appeal", "appeal_violation", "carry", "reject", "uphold"]

LEAST_WORDS = 10
FIRST_OF_SEASON = gettext_noop("The first malicious review of a season needs no judge.")


@transaction.atomic
def appeal(
    account_id: UUID, kind: str, entity_id: UUID, line_id: UUID, words: str, *, ground: Ground = Ground.WRONG
) -> Appeal:
    """Appeal against what a deal, or only its malicious review, costs a score.

    The first malicious review of a season is exempt at once. Raises NoGrant, NotAppealable, NoReview, WordsMissing,
    AlreadyAppealed.
    """
    seller_id = scores.own(account_id, kind, entity_id)
    cost = _cost(kind, entity_id, line_id)
    if ground is Ground.MALICIOUS and "bad_review" not in cost.metrics and "poor_review" not in cost.metrics:
        raise NoReview(field="ground")
    first = ground is Ground.MALICIOUS and not queries.malicious_in_season(seller_id, clock.now())
    row = AppealRow(
        kind=kind, entity_id=entity_id, seller_id=seller_id, subject=Subject.DEAL, subject_id=line_id, ground=ground,
        order_id=cost.order_id, product_id=cost.product_id, outcome=cost.outcome, cost=cost.cost,
        first_day=scores.first_day_with(kind, entity_id, line_id),
    )  # fmt: skip
    _made(row, account_id, words)
    if first:
        row.state, row.answer, row.judged_at = State.UPHELD, FIRST_OF_SEASON, clock.now()
        row.save()
        emit(ReviewVoided(line_id, "first_of_season", row.pk), AppealJudged(row.pk, State.UPHELD.value))
    return queries.view(row)


@transaction.atomic
def appeal_violation(account_id: UUID, violation_id: UUID, words: str) -> Appeal:
    """Appeal against a judged violation. Raises NoSuchViolation, NoGrant, NotAppealable, WordsMissing."""
    violation = violation_queries.violation(violation_id)
    seller_id = scores.own(account_id, violation.kind, violation.entity_id)
    over = violation.judged_at + timedelta(days=WITHIN_DAYS) < clock.now()
    if over or violation.voided_at:
        raise NotAppealable(days=WITHIN_DAYS)
    row = AppealRow(
        kind=violation.kind, entity_id=violation.entity_id, seller_id=seller_id, subject=Subject.VIOLATION,
        subject_id=violation_id, outcome=violation.rule.value, cost=violation.points_bp / 100,
        first_day=market.current().day(violation.judged_at),
    )  # fmt: skip
    _made(row, account_id, words)
    return queries.view(row)


@transaction.atomic
def uphold(operator_id: UUID, appeal_id: UUID, answer: str) -> Appeal:
    """Amend the fact by a new one; scores of the days it was in are computed again once the lake has it.

    Raises OperatorsOnly, NoSuchAppeal, AlreadyJudged, WordsMissing.
    """
    row = _judged(operator_id, appeal_id, State.UPHELD, answer)
    if row.subject == Subject.VIOLATION:
        violations.void(row.subject_id, row.pk)
    else:
        emit(_amending(row))
    return queries.view(row)


@transaction.atomic
def reject(operator_id: UUID, appeal_id: UUID, answer: str) -> Appeal:
    """Let it count, and say why. Raises as `uphold` does."""
    row = _judged(operator_id, appeal_id, State.REJECTED, answer)
    link = f"/appeals/{row.pk}"
    notify(row.made_by_id, "score", "Your appeal was rejected: {answer}", {"answer": row.answer}, link)
    return queries.view(row)


def _made(row: AppealRow, account_id: UUID, words: str) -> None:
    from laotie.trust.appeals.tasks import follow

    row.words, row.made_at, row.made_by_id = _words(words, "words"), clock.now(), account_id
    stood = scores.score(row.kind, row.entity_id)
    row.stood = stood.score if stood else 0.0
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyAppealed from error
    emit(AppealMade(row.pk, row.subject, row.subject_id, row.ground, row.seller_id))
    follow.defer(appeal_id=str(row.pk))


def _amending(row: AppealRow) -> Fact:
    if row.ground == Ground.MALICIOUS:
        return ReviewVoided(row.subject_id, "appeal", row.pk)
    assert row.order_id is not None
    assert row.product_id is not None
    shop_id = catalogue.product(row.product_id).merchant_id
    return DealVoided(row.subject_id, row.order_id, shop_id, "appeal", row.pk)


def _cost(kind: str, entity_id: UUID, line_id: UUID) -> Cost:
    score = scores.score(kind, entity_id)
    found = next((cost for cost in score.costs if cost.line_id == line_id), None) if score else None
    if found is None or found.age > WITHIN_DAYS:
        raise NotAppealable(days=WITHIN_DAYS)
    return found


def _judged(operator_id: UUID, appeal_id: UUID, state: State, answer: str) -> AppealRow:
    from laotie.trust.appeals.tasks import follow

    require_operator(operator_id)
    row = AppealRow.objects.select_for_update().filter(pk=appeal_id).first()
    if row is None:
        raise NoSuchAppeal
    if row.state != State.OPEN:
        raise AlreadyJudged
    row.state, row.answer = state, _words(answer, "answer")
    row.judged_at, row.judged_by_id = clock.now(), operator_id
    row.save()
    emit(AppealJudged(row.pk, state.value))
    data = {"subject": row.subject, "of": str(row.subject_id), "answer": row.answer}
    audit(operator_id, f"appeal.{state}", "appeal", row.pk, data)
    follow.defer(appeal_id=str(row.pk))
    return row


def _words(words: str, field: str) -> str:
    words = words.replace("\x00", "").strip()[:2000]
    if len(words) < LEAST_WORDS:
        raise WordsMissing(field=field)
    return words
