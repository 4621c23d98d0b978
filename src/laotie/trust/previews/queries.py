"""Reading trials and what coming rulebooks would do to somebody."""

from uuid import UUID

from laotie.trust.previews.contracts import Effect, Outlook, Preview, State, result_of
from laotie.trust.previews.errors import NoSuchPreview
from laotie.trust.previews.models import EffectRow, PreviewRow
from laotie.trust.rulebook import queries as rulebooks


def preview(preview_id: UUID) -> Preview:
    """For operators. Raises NoSuchPreview."""
    row = PreviewRow.objects.filter(pk=preview_id).first()
    if row is None:
        raise NoSuchPreview
    return view(row)


def previews(most: int = 20) -> list[Preview]:
    """The newest trials, without their results."""
    return [view(row) for row in PreviewRow.objects.defer("result", "content").order_by("-asked_at")[:most]]


def of_version(version: str) -> Preview | None:
    """The newest trial of exactly this content that is done, if there is one."""
    row = PreviewRow.objects.filter(version=version, state=State.DONE).order_by("-asked_at").first()
    return view(row) if row else None


def effects(kind: str, entity_id: UUID) -> list[Effect]:
    """What each coming rulebook would make of an entity's score, the next one first."""
    found = []
    for version in rulebooks.coming():
        rows = EffectRow.objects.filter(kind=kind, entity_id=entity_id, preview__version=version.version)
        row = rows.select_related("preview").order_by("-preview__day", "-preview__asked_at").first()
        if row is not None:
            outlooks = Outlook(**row.before), Outlook(**row.after)
            found.append(Effect(version.version, version.name, version.effective_from, row.preview.day, *outlooks))
    return found


def view(row: PreviewRow) -> Preview:
    """The contract of a row."""
    results = () if "result" in row.get_deferred_fields() else tuple(map(result_of, row.result.get("kinds", ())))
    return Preview(
        row.pk, row.name, row.version, row.base, row.day, State(row.state), row.step, row.asked_at, row.asked_by_id,
        row.ended_at, results,
    )  # fmt: skip
