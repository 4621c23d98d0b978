"""What can be wrong with a rulebook. Each fault names the entry, its line and the mend.

Fault
├── NoToml            the file cannot be read at all
├── Unreadable        what else `rulebook.read` refuses
├── Missing           an entry that every rulebook has
├── Unknown           an entry that nothing reads: a slip of the pen, as a rule
├── NoNumber          a text, a list or nothing where a number belongs
├── OutOfBounds       a number below or above what it can mean
├── NotRising         values that must rise and do not
├── NotFalling        values that must not rise and do
├── BandsCrossed      leading does not lie above good
├── ForgetsTooFast    a half-life so short that the longest window holds more than six
├── SlowerWhenBetter  a better band waits longer for its money
├── Uneven            two lists that must be equally long
├── BadName           a name that no address can hold
├── NoDate            `effective_from` is no day
├── UnknownMetric
├── UnknownBand
├── UnknownKind       a gate on a score that the file does not have
├── WeightsDoNotSum   of a dimension's metrics
├── WeightsOver       of all dimensions
└── GateWithout       a gate that does not say its reason, or the way back
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Fault:
    """`entry` is the dotted path, `line` counts from 1 (0: nowhere in particular). `sentence` is filled by `data`."""

    entry: str
    line: int = 0
    data: dict[str, Any] = field(default_factory=dict)
    sentence: ClassVar[str] = "Something is wrong here."

    def __str__(self) -> str:
        place = ", ".join(filter(None, [f"line {self.line}" if self.line else "", self.entry]))
        return f"{place}: {self.sentence.format(**self.data)}"


class NoToml(Fault):
    sentence: ClassVar[str] = "This is no TOML ({what}). Mend the line, or take the last change back."


class Unreadable(Fault):
    sentence: ClassVar[str] = "This cannot be used: {what}."


class Missing(Fault):
    sentence: ClassVar[str] = "This entry is missing. Write it as in the rulebook in force."


class Unknown(Fault):
    sentence: ClassVar[str] = "Nothing reads this entry. Is the name spelt right? Otherwise take it out."


class NoNumber(Fault):
    sentence: ClassVar[str] = "A number belongs here, and there is {what}."


class OutOfBounds(Fault):
    sentence: ClassVar[str] = "{value} cannot be used: choose a number from {least} to {most}."


class NotRising(Fault):
    sentence: ClassVar[str] = "The values must rise from one to the next. Sort them, and name none twice."


class NotFalling(Fault):
    sentence: ClassVar[str] = "The values must not rise from one to the next: what is worse cannot earn more."


class BandsCrossed(Fault):
    sentence: ClassVar[str] = "Leading begins at {leading} and good at {good}: leading must lie above good."


class ForgetsTooFast(Fault):
    sentence: ClassVar[str] = "Deals are counted for {days} days: choose a half-life of {least} days or more."


class SlowerWhenBetter(Fault):
    sentence: ClassVar[str] = "A better band cannot wait longer for its money: order the days, leading ≤ good ≤ weak."


class Uneven(Fault):
    sentence: ClassVar[str] = "There are {count} values here and {other} in {beside}. Give both equally many."


class BadName(Fault):
    sentence: ClassVar[str] = "A name has one to seven small letters, digits or dots, such as v2."


class NoDate(Fault):
    sentence: ClassVar[str] = "A day belongs here, such as 2027-01-31, without quotation marks."


class UnknownMetric(Fault):
    sentence: ClassVar[str] = "There is no metric “{name}”. Known are: {known}."


class UnknownBand(Fault):
    sentence: ClassVar[str] = "There is no band “{name}”. Choose leading, good or weak."


class UnknownKind(Fault):
    sentence: ClassVar[str] = "There is no score of “{name}” in this rulebook. Choose one of: {known}."


class WeightsDoNotSum(Fault):
    sentence: ClassVar[str] = "The metrics' weights sum to {total} and must sum to {weight}. Change one by {apart}."


class WeightsOver(Fault):
    sentence: ClassVar[str] = "The dimensions' weights sum to {total} and may sum to 100 at most. Take {apart} away."


class GateWithout(Fault):
    sentence: ClassVar[str] = "A gate must say this in a sentence: whoever stands before it reads it."
