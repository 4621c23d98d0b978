"""A market's words in one file: tone and reasons, known by the hash of its content, of bounded size."""

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from laotie.engine.words import lexicon, reasons, tone
from laotie.engine.words.lexicon import REASONS
from laotie.engine.words.linear import Member
from laotie.engine.words.reasons import Reasons
from laotie.engine.words.tone import Tone

ENOUGH = 500  # texts of the rarer of good and bad before tone is learnt
FORM = 1  # of the file
SURE = 0.5  # a share of the reasons' chances below which no reason is hinted at


class BadModel(ValueError):
    """A file that is no model of this form; the message says why."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What words suggest. `bad`: probability, None where tone is not learnt yet. `reason`: one of REASONS, or "".

    `chance` is the reason's share among the reasons; `phrases` are those of the lexicon that the text holds.
    """

    bad: float | None
    reason: str
    chance: float
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Model:
    """What a market has learnt of its own words; `Model()` knows the lexicon alone."""

    tone: Tone | None = None
    reasons: Reasons | None = None

    @cached_property
    def version(self) -> str:
        """The first 12 hex digits of the SHA-256 of its file."""
        return hashlib.sha256(self.to_bytes()).hexdigest()[:12]

    def hints(self, texts: Sequence[str]) -> list[Hint]:
        """A hint for each text, in order."""
        chances = self.reasons.chances(texts) if self.reasons else reasons.untaught(texts)
        bad = self.tone.bad(texts).tolist() if self.tone else [None] * len(texts)
        return [_hint(text, row, chance) for text, row, chance in zip(texts, chances, bad, strict=True)]

    def to_bytes(self) -> bytes:
        """The file: arrays in NumPy's own format, weights as 16-bit floats; the same model gives the same bytes."""
        arrays: dict[str, Any] = _arrays(self)
        arrays["heads"] = np.frombuffer(json.dumps(_heads(self), sort_keys=True).encode(), np.uint8)
        file = io.BytesIO()
        np.savez_compressed(file, **arrays)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Model":
        """Read a file; nothing in it is run. Raises BadModel."""
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as file:
                return _read({name: file[name] for name in file.files})
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise BadModel(f"it is no model of words: {error}") from error


def train(texts: Sequence[str], good: Sequence[bool], why: Sequence[tuple[str, str]] = ()) -> Model:
    """Learn a market's words. `texts` with whether each deal was good; `why`: texts with the reason chosen beside them.

    Each part is learnt only where there is enough (ENOUGH, reasons.ENOUGH) and left to the lexicon where not.
    """
    labels = np.array(good, dtype=np.bool_)
    rich = len(labels) > 0 and min(labels.sum(), (~labels).sum()) >= ENOUGH
    learnt = reasons.fit([text for text, _ in why], [reason for _, reason in why]) if why else None
    return _halved(Model(tone.calibrated(texts, labels) if rich else None, learnt))


def _hint(text: str, chances: NDArray[np.float64], bad: float | None) -> Hint:
    said = lexicon.found(text)
    place = int(chances.argmax())
    name = REASONS[place] if chances[place] >= SURE else ""
    return Hint(bad, name, float(chances[place]) if name else 0.0, said.get(name, ()))


def _halved(model: Model) -> Model:
    """The model at the precision of its file, so that it judges alike before and after it was stored."""
    return Model.from_bytes(model.to_bytes())


def _heads(model: Model) -> dict[str, Any]:
    heads: dict[str, Any] = {"form": FORM}
    if model.tone:
        members = [[m.view, m.longest, m.bias] for m in model.tone.members]
        figures = {name: getattr(model.tone, name) for name in ("bits", "slope", "offset", "accuracy", "judged")}
        heads["tone"] = figures | {"members": members}
    return heads


def _arrays(model: Model) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {}
    if model.tone:
        arrays |= {f"member{n}": m.weights.astype(np.float16) for n, m in enumerate(model.tone.members)}
        arrays["rarity"] = model.tone.rarity.astype(np.float16)
    if model.reasons:
        arrays |= {f"reasons_{name}": getattr(model.reasons, name) for name in ("rarity", "weights", "bias")}
    return arrays


def _read(arrays: dict[str, NDArray[Any]]) -> Model:
    heads = json.loads(arrays["heads"].tobytes())
    if heads["form"] != FORM:
        raise BadModel(f"it is of form {heads['form']}, this program reads form {FORM}")
    model = Model()
    if "tone" in heads:
        model = replace(model, tone=_tone(heads["tone"], arrays))
    if "reasons_weights" in arrays:
        model = replace(model, reasons=Reasons(*(arrays[f"reasons_{name}"] for name in ("rarity", "weights", "bias"))))
    return model


def _tone(heads: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> Tone:
    members = tuple(
        Member(view, longest, arrays[f"member{n}"].astype(np.float32), bias)
        for n, (view, longest, bias) in enumerate(heads["members"])
    )
    rest = {name: heads[name] for name in ("slope", "offset", "accuracy", "judged")}
    return Tone(tuple(heads["bits"]), arrays["rarity"].astype(np.float32), members, **rest)
