"""
NotFound
└── NoSuchCreator
Conflict
└── AlreadyCreator
BadInput
├── BadSlug         not a usable address
└── SlugTaken
"""

from laotie.kit.errors import BadInput, Conflict, NotFound


class NoSuchCreator(NotFound):
    code = "creator.none"
    sentence = "There is no such creator."


class AlreadyCreator(Conflict):
    code = "creator.already"
    sentence = "You are a creator already."


class BadSlug(BadInput):
    code = "creator.bad_slug"
    sentence = "An address has 3 to 40 small letters, digits and hyphens, and begins with a letter."


class SlugTaken(BadInput):
    code = "creator.slug_taken"
    sentence = "Someone has this address already."
