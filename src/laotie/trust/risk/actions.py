"""Looking at a night, judging what was found, hearing objections, and carrying both into the scores."""

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from laotie.engine.risk import rules
from laotie.kit import clock, market
from laotie.people.accounts.queries import require_operator
from laotie.people.audit.actions import audit
from laotie.stream.lake.queries import Snapshot
from laotie.stream.outbox.actions import emit
from laotie.trust.risk import queries, telling
from laotie.trust.risk.contracts import Finding, Objection, Proposal, State
from laotie.trust.risk.errors import AlreadyJudged, AlreadyObjected, NoSuchFinding, TooLate, WordsMissing
from laotie.trust.risk.models import FindingDeal, FindingRow, NightRow, ObjectionRow
from laotie.trust.risk.seeing import Seen, see
from laotie.trust.scores import actions as scores
from laotie.trust.scores import queries as score_queries
from laotie.trust.scores.contracts import PUBLISHED
from laotie.trust.voids.contracts import DealRestored, DealVoided

LEAST_WORDS = 10
FIRST_MATURES = 8  # days: no deal is in a score sooner after it was placed


def look(lake: Snapshot, day: date) -> int:
    """Look at the deals known by the night of `day` and keep what the rules propose; once a day. Returns how many.

    What reaches `rules.AUTOMATIC` is void at once, the rest is held for an operator. Scores of `day` come after this;
    who weighs too much in them is looked at the night after.
    """
    from laotie.trust.risk.finding import marks_of, propose  # takes a compiler along: for a night's job alone

    seen = see(lake, day, queries.lines_known())
    weighty = [actor.line_ids for actor in score_queries.heavy_actors(day - timedelta(days=1))]
    proposals, marks = propose(seen, weighty), marks_of(seen)
    with transaction.atomic():
        counted = {"at": clock.now(), "deals": len(seen.lines), "findings": len(proposals)}
        if not NightRow.objects.get_or_create(day=day, defaults=counted)[1]:
            return 0
        for proposal in proposals:
            row = _keep(seen, proposal, day, {name: mark.tolist() for name, mark in marks.items()})
            if rules.decision(proposal.confidence) == "automatic":
                _void(row, None, "")
    return len(proposals)


@transaction.atomic
def uphold(operator_id: UUID, finding_id: UUID, answer: str) -> Finding:
    """The deals are no real ones: void them by new facts, tell whom it touches. Also answers open objections.

    Raises OperatorsOnly, NoSuchFinding, AlreadyJudged, WordsMissing.
    """
    row = _judged(operator_id, finding_id, answer)
    if row.state == State.HELD:
        _void(row, operator_id, row.answer)
    else:
        row.save(update_fields=["answer"])
    telling.upheld(row)
    audit(operator_id, "risk.upheld", "finding", row.pk, {"rule": row.rule, "deals": row.count, "answer": row.answer})
    return queries.view(row)


@transaction.atomic
def release(operator_id: UUID, finding_id: UUID, answer: str) -> Finding:
    """The deals count, and count again if they were void. Raises as `uphold` does."""
    row = _judged(operator_id, finding_id, answer)
    was, row.state = row.state, State.RELEASED
    row.judged_at, row.judged_by_id, row.corrected_at = clock.now(), operator_id, None
    row.save()
    if was == State.UPHELD:
        emit(*[
            DealRestored(deal.line_id, deal.order_id, deal.shop_id, row.rule, row.pk) for deal in row.deals.all()
        ])  # fmt: skip
        _correct_later(row)
        telling.restored(row)
    telling.released(row)
    audit(operator_id, "risk.released", "finding", row.pk, {"rule": row.rule, "deals": row.count, "answer": row.answer})
    return queries.view(row)


@transaction.atomic
def objection(account_id: UUID, finding_id: UUID, words: str, shop_id: UUID | None = None) -> Objection:
    """Object to a void, for a shop or as a buyer.

    Raises NoSuchFinding, NoGrant, TooLate, AlreadyObjected, WordsMissing.
    """
    touched = queries.touched(account_id, finding_id, shop_id)
    if touched.objection is not None:
        raise AlreadyObjected
    if not touched.may_object:
        raise TooLate(days=queries.WITHIN_DAYS)
    try:
        with transaction.atomic():
            row = ObjectionRow.objects.create(
                finding_id=finding_id, account_id=account_id, shop_id=shop_id, words=_words(words, "words"),
                made_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise AlreadyObjected from error
    return queries.objection_view(row)


def carry(lake: Snapshot, finding_id: UUID) -> bool:
    """Compute again every published day that the deals were in. False while the lake has not heard of the facts."""
    row = FindingRow.objects.get(pk=finding_id)
    kind = "deal.voided" if row.state == State.UPHELD else "deal.restored"
    if kind not in lake.kinds() or str(row.pk) not in set(lake.read(kind)["cause_id"].to_pylist()):
        return False
    first = row.deals.order_by("placed_at").values_list("placed_at", flat=True)[0]
    since = market.current().day(first) + timedelta(days=FIRST_MATURES)
    for day in score_queries.days_since(since, PUBLISHED):
        scores.correct(lake, day)
    FindingRow.objects.filter(pk=row.pk).update(corrected_at=clock.now())
    return True


def _keep(seen: Seen, proposal: Proposal, day: date, marks: dict[str, list[bool]]) -> FindingRow:
    lines = proposal.lines
    row = FindingRow.objects.create(
        rule=proposal.rule, day=day, confidence=proposal.confidence, count=len(lines),
        buyers=len({int(seen.buyer[line]) for line in lines}), shops=len({int(seen.shop[line]) for line in lines}),
        shares=proposal.shares, expected=proposal.expected, evidence=proposal.evidence, found_at=clock.now(),
    )  # fmt: skip
    FindingDeal.objects.bulk_create(
        [
            FindingDeal(
                finding=row, line_id=seen.lines[line], order_id=seen.orders[line], product_id=seen.products[line],
                shop_id=seen.shops[seen.shop[line]], buyer=seen.buyers[seen.buyer[line]],
                placed_at=seen.placed_at[line], marks=[name for name, mark in marks.items() if mark[line]],
            )
            for line in lines
        ],
        batch_size=1000,
    )  # fmt: skip
    return row


def _void(row: FindingRow, operator_id: UUID | None, answer: str) -> None:
    row.state, row.answer, row.by_itself = State.UPHELD, answer, operator_id is None
    row.judged_at, row.judged_by_id = clock.now(), operator_id
    row.save()
    emit(*[DealVoided(deal.line_id, deal.order_id, deal.shop_id, row.rule, row.pk) for deal in row.deals.all()])
    _correct_later(row)
    telling.voided(row)


def _correct_later(row: FindingRow) -> None:
    from laotie.trust.risk.tasks import correct_scores

    correct_scores.defer(finding_id=str(row.pk))


def _judged(operator_id: UUID, finding_id: UUID, answer: str) -> FindingRow:
    """The finding, locked, if it waits: held, or void with objections that nobody answered; those are answered now."""
    require_operator(operator_id)
    row = FindingRow.objects.select_for_update().filter(pk=finding_id).first()
    if row is None:
        raise NoSuchFinding
    row.answer = _words(answer, "answer")
    heard = row.objections.filter(judged_at=None).update(answer=row.answer, judged_at=clock.now())
    if row.state != State.HELD and not heard:
        raise AlreadyJudged
    return row


def _words(words: str, field: str) -> str:
    words = words.replace("\x00", "").strip()[:2000]
    if len(words) < LEAST_WORDS:
        raise WordsMissing(field=field)
    return words
