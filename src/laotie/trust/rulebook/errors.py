"""
NotFound
└── NoSuchVersion
BadInput
├── BadDraft        the file has faults; `data["faults"]` says each with entry, line and mend
├── TooSoon         it would count before sellers have had their notice
├── NoteMissing     nothing says why
└── NotAnEntry      a form's field that the draft does not have
Conflict
├── StaleDraft      somebody else changed the draft meanwhile
├── NothingNew      the draft is what was published already
├── NameTaken       another version has this name
├── DayTaken        another version begins to count on this day
└── CountsAlready   it is in force, or was: it cannot be withdrawn
"""

from laotie.kit.errors import BadInput, Conflict, NotFound


class NoSuchVersion(NotFound):
    code = "rulebook.none"
    sentence = "There is no such rulebook."


class BadDraft(BadInput):
    code = "rulebook.bad"
    sentence = "The draft has {count} faults and cannot be used yet. The first: line {line}, {entry}."


class TooSoon(BadInput):
    code = "rulebook.too_soon"
    sentence = "Sellers have {days} days' notice: choose {earliest} or a later day for effective_from."


class NoteMissing(BadInput):
    code = "rulebook.note_missing"
    sentence = "Say in at least ten characters what changes and why: sellers read it."


class NotAnEntry(BadInput):
    code = "rulebook.not_an_entry"
    sentence = "The draft has no entry “{entry}”."


class StaleDraft(Conflict):
    code = "rulebook.stale"
    sentence = "The draft was changed meanwhile. Look at it as it stands now, and change it again."


class NothingNew(Conflict):
    code = "rulebook.nothing_new"
    sentence = "The draft says exactly what was published already."


class NameTaken(Conflict):
    code = "rulebook.name_taken"
    sentence = "Another rulebook is called {name}. Choose the next name."


class DayTaken(Conflict):
    code = "rulebook.day_taken"
    sentence = "{name} begins to count on {day} already. Choose another day, or withdraw that one first."


class CountsAlready(Conflict):
    code = "rulebook.counts"
    sentence = "This rulebook counts already, or did once. Publish a new one instead."
