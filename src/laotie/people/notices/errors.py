"""
BadInput
└── BadKind      there is no such kind of notice
NotFound
└── NoSuchNotice
"""

from laotie.kit.errors import BadInput, NotFound


class BadKind(BadInput):
    code = "notice.bad_kind"
    sentence = "There is no such kind of notice."


class NoSuchNotice(NotFound):
    code = "notice.none"
    sentence = "There is no such notice."
