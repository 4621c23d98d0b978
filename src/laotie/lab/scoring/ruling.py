"""The rulebook to score by: the published one, or a file that is judged first."""

from pathlib import Path

from laotie.engine.scores import checking
from laotie.engine.scores.rulebook import Rulebook, published, read
from laotie.kit.errors import BadInput

SHOWN = 8  # faults in the sentence


class BadRules(BadInput):
    code = "scoring.bad_rules"
    sentence = "{path} is no rulebook: {faults}"


def rules(path: Path | None) -> Rulebook:
    """The rulebook in `path`, else the published one. Raises BadRules, naming file, line and mend; OSError."""
    if path is None:
        return published()
    content = path.read_bytes()
    try:
        found = checking.faults(content.decode())
    except UnicodeDecodeError as error:
        raise BadRules(path=path, faults="it is not UTF-8 text. Save it as UTF-8.") from error
    if found:
        said = "; ".join(str(fault) for fault in found[:SHOWN])
        raise BadRules(path=path, faults=said)
    return read(content)
