"""
NotFound
├── NoSuchShop
└── NoSuchInvitation   unknown, taken, withdrawn or too old
Forbidden
└── OwnersOnly
Conflict
├── AlreadyApplied     one application at a time
├── AlreadyAnswered    the application has been answered
├── AlreadyMember
├── NotAMember
├── LastOwner          a shop always has an owner
├── ShopClosed         it is not open
└── NotTakenDown       it cannot be given back
"""

from laotie.kit.errors import Conflict, Forbidden, NotFound


class NoSuchShop(NotFound):
    code = "shop.none"
    sentence = "There is no such shop."


class NoSuchInvitation(NotFound):
    code = "shop.no_invitation"
    sentence = "This invitation does not hold any more. Ask the shop for a new one."


class OwnersOnly(Forbidden):
    code = "shop.owners_only"
    sentence = "Only an owner of the shop may do this."


class ShopClosed(Conflict):
    code = "shop.closed"
    sentence = "This shop is not open."


class NotTakenDown(Conflict):
    code = "shop.not_taken_down"
    sentence = "This shop was not taken down."


class AlreadyApplied(Conflict):
    code = "shop.already_applied"
    sentence = "Your application for “{name}” has not been answered yet. One at a time, please."


class AlreadyAnswered(Conflict):
    code = "shop.already_answered"
    sentence = "This application has already been answered."


class AlreadyMember(Conflict):
    code = "shop.already_member"
    sentence = "This account is already in the team."


class NotAMember(Conflict):
    code = "shop.not_a_member"
    sentence = "This account is not in the team."


class LastOwner(Conflict):
    code = "shop.last_owner"
    sentence = "A shop needs an owner. Make someone else an owner first, or close the shop."
