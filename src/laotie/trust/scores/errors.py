"""
NotFound
└── NoScore   nothing of it has matured yet
"""

from laotie.kit.errors import NotFound


class NoScore(NotFound):
    code = "score.none"
    sentence = "There is no score yet: no deal of it has matured."
