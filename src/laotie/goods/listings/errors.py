"""What can be wrong with a file of goods, or with a cell of it.

BadInput
├── BadFile             the file as a whole cannot be read
│   ├── FileTooLarge    more bytes than the market takes at once
│   ├── TooManyLines    more lines than the market takes at once
│   ├── NotText         neither UTF-8 nor GBK
│   ├── NoLines         a heading and nothing below it
│   └── NoColumn        a column that must be there is missing
└── BadCell             one cell cannot be used; the rest of the file can
    ├── CellEmpty, CellTooLong, CellStrange, CellNotAnAmount, CellNotANumber, CellNotAState
    ├── UnknownCategory, ManyCategories, UnknownPlan, BadFacts
    ├── CodeTwice, VariantTwice, DiffersFrom
    └── BrokenLine      the line is not CSV
Conflict
└── NotJudgedYet        carried out already, or not judged yet
NotFound
└── NoSuchImport
"""

from laotie.kit.errors import BadInput, Conflict, NotFound


class BadFile(BadInput):
    code = "listings.bad_file"
    sentence = "This file cannot be read."


class FileTooLarge(BadFile):
    code = "listings.file_too_large"
    sentence = "The file is larger than {megabytes} MB. Send it in parts."


class TooManyLines(BadFile):
    code = "listings.too_many_lines"
    sentence = "The file has more than {most} lines. Send it in parts."


class NotText(BadFile):
    code = "listings.not_text"
    sentence = "This is not a CSV file in UTF-8 or GBK. In Excel choose “Save as” and “CSV UTF-8”."


class NoLines(BadFile):
    code = "listings.no_lines"
    sentence = "The file has no lines below its heading."


class NoColumn(BadFile):
    code = "listings.no_column"
    sentence = "The column “{column}” is missing from the first line. Download the template to see all columns."


class BadCell(BadInput):
    code = "listings.bad_cell"
    sentence = "This cannot be used."


class CellEmpty(BadCell):
    code = "listings.cell_empty"
    sentence = "This must not be empty."


class CellTooLong(BadCell):
    code = "listings.cell_too_long"
    sentence = "This is longer than {most} characters."


class CellStrange(BadCell):
    code = "listings.cell_strange"
    sentence = "This holds characters that cannot be shown."


class CellNotAnAmount(BadCell):
    code = "listings.cell_not_an_amount"
    sentence = "“{text}” is not a price between {least} and {most}."


class CellNotANumber(BadCell):
    code = "listings.cell_not_a_number"
    sentence = "“{text}” is not a whole number between {least} and {most}."


class CellNotAState(BadCell):
    code = "listings.cell_not_a_state"
    sentence = "“{text}” is no state; write listed, draft or ended, or leave it empty."


class UnknownCategory(BadCell):
    code = "listings.unknown_category"
    sentence = "There is no category “{text}” of the last level."


class ManyCategories(BadCell):
    code = "listings.many_categories"
    sentence = "Several categories are called “{text}”. Write the whole path, such as “Food/Seafood/Dried seafood”."


class UnknownPlan(BadCell):
    code = "listings.unknown_plan"
    sentence = "You have no freight plan called “{text}”."


class BadFacts(BadCell):
    code = "listings.bad_facts"
    sentence = "Write attributes as “name: value; name: value”, at most {most} of them."


class CodeTwice(BadCell):
    code = "listings.code_twice"
    sentence = "Line {line} has the same sku code."


class VariantTwice(BadCell):
    code = "listings.variant_twice"
    sentence = "Another variant of this product is called the same. Give each its own name."


class DiffersFrom(BadCell):
    code = "listings.differs_from"
    sentence = "Line {line} belongs to the same product and says something else here."


class BrokenLine(BadCell):
    code = "listings.broken_line"
    sentence = "This line is not CSV. Perhaps a quotation mark is not closed."


class NotJudgedYet(Conflict):
    code = "listings.not_judged_yet"
    sentence = "This file was imported already, or is still being looked at."


class NoSuchImport(NotFound):
    code = "listings.no_such_import"
    sentence = "This import does not exist."
