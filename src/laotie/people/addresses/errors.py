"""
NotFound
└── NoSuchAddress
"""

from laotie.kit.errors import NotFound


class NoSuchAddress(NotFound):
    code = "address.none"
    sentence = "There is no such address."
