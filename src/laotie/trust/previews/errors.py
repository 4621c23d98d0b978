"""
NotFound
└── NoSuchPreview
BadInput
└── NothingToTry    the draft has faults, or nothing was scored yet
TooMany
└── AlreadyTrying   two trials run already
"""

from laotie.kit.errors import BadInput, NotFound, TooMany


class NoSuchPreview(NotFound):
    code = "preview.none"
    sentence = "There is no such preview."


class NothingToTry(BadInput):
    code = "preview.nothing"
    sentence = "Mend the draft's faults first. A preview also needs a day whose scores were published."


class AlreadyTrying(TooMany):
    code = "preview.busy"
    sentence = "Two previews run already. Wait for one of them."
