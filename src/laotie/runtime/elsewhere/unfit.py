"""A server that a market cannot live with.

Unfit    `words` say what is, `mend` what to do
"""


class Unfit(Exception):
    """Something named in the settings does not serve; both parts are sentences for a person."""

    def __init__(self, words: str, mend: str) -> None:
        super().__init__(f"{words} {mend}")
        self.words, self.mend = words, mend
