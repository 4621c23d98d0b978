"""The journal of decisions: who was shown what, and why. A decision is found by its id a moment after its page."""

from laotie.stream import counters
from laotie.stream.journals.journal import Journal
from laotie.stream.journals.posting import Poster

# 512 MiB: some hundred thousand pages while the recorder is away
DECISIONS = Journal("decisions", "decided", most_bytes=512 * 1024**2, largest=128 * 1024, direct=True)
poster = Poster(DECISIONS, counters.DECISIONS)
