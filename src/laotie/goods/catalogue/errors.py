"""What can be wrong with the catalogue.

BadInput
├── BadProduct       a field of a product cannot be used
├── BadCategory      a category cannot be made, moved or removed like that
└── CodeTaken        two skus of one merchant would have the same code
Conflict
└── WrongStatus      a product's status does not allow it
NotFound
├── NoSuchProduct
└── NoSuchCategory
"""

from laotie.kit.errors import BadInput, Conflict, NotFound


class BadProduct(BadInput):
    code = "catalogue.bad_product"
    sentence = "{what}"


class BadCategory(BadInput):
    code = "catalogue.bad_category"
    sentence = "{what}"


class CodeTaken(BadInput):
    code = "catalogue.code_taken"
    sentence = "You already use the sku code “{code}” for another product."


class WrongStatus(Conflict):
    code = "catalogue.wrong_status"
    sentence = "This product cannot be changed like that now."


class NoSuchProduct(NotFound):
    code = "catalogue.no_such_product"
    sentence = "This product does not exist."


class NoSuchCategory(NotFound):
    code = "catalogue.no_such_category"
    sentence = "This category does not exist."
