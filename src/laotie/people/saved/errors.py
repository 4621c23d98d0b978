"""
Conflict
└── SavedTooMany
"""

from laotie.kit.errors import Conflict


class SavedTooMany(Conflict):
    code = "saved.too_many"
    sentence = "You have saved {most} things already. Remove some first."
