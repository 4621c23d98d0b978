"""
NotFound
└── NoSuchAddress
BadInput
├── BadPhone
└── BadRegion         not a division of the market's country
Conflict
└── TooManyAddresses
"""

from laotie.kit.errors import BadInput, Conflict, NotFound


class NoSuchAddress(NotFound):
    code = "address.none"
    sentence = "There is no such address."


class BadPhone(BadInput):
    code = "address.bad_phone"
    sentence = "A phone number has 5 to 20 digits, and may have +, spaces and hyphens."


class BadRegion(BadInput):
    code = "address.bad_region"
    sentence = "Choose a region from the list."


class TooManyAddresses(Conflict):
    code = "address.too_many"
    sentence = "You have {most} addresses already. Remove one first."
