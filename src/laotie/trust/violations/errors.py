"""
NotFound
├── NoSuchViolation
└── NobodyToJudge    no shop, product or creator is known by this
BadInput
├── BadPoints
└── NoteMissing
"""

from laotie.kit.errors import BadInput, NotFound


class NoSuchViolation(NotFound):
    code = "violation.none"
    sentence = "There is no such violation."


class NobodyToJudge(NotFound):
    code = "violation.nobody"
    sentence = "No shop, product or creator is known by this. Paste its address or its id."


class BadPoints(BadInput):
    code = "violation.points"
    sentence = "Take between {least} and {most} points of a hundred."


class NoteMissing(BadInput):
    code = "violation.note_missing"
    sentence = "Say in at least ten characters what happened: the seller reads it."
