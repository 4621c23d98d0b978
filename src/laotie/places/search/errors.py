"""Errors of the search.

Unavailable
└── IndexBusy   503  another process is writing the index and did not finish in time
"""

from laotie.kit.errors import Unavailable


class IndexBusy(Unavailable):
    code = "search.busy"
    sentence = "The search index is being written by another process (waited {seconds} s). Try again in a moment."
