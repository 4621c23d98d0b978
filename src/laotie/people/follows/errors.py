"""
BadInput
├── BadKind        only shops, creators and accounts can be followed
└── NotOneself
Conflict
└── FollowsTooMany
"""

from laotie.kit.errors import BadInput, Conflict


class BadKind(BadInput):
    code = "follow.bad_kind"
    sentence = "Only shops, creators and accounts can be followed."


class NotOneself(BadInput):
    code = "follow.oneself"
    sentence = "You cannot follow yourself."


class FollowsTooMany(Conflict):
    code = "follow.too_many"
    sentence = "You follow {most} already. Unfollow someone first."
