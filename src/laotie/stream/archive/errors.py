"""Errors of an archive as a whole. A bad line is no error: it is a reject.

BadInput
├── BadArchive      the folder cannot be read as an archive, or as what it was said to be
└── UnknownFormat   no converter has that name
"""

from laotie.kit.errors import BadInput


class BadArchive(BadInput):
    code = "archive.bad"
    sentence = "{path} is not an archive: {reason}."


class UnknownFormat(BadInput):
    code = "archive.unknown_format"
    sentence = "There is no format {format}. Known: {known}."
