"""What can be wrong with the catalogue.

BadInput
├── TooMuch             more skus, facts or pictures than a product may have
├── NoSkus              a product without a variant
├── SameOptions         two variants of one product would read the same
├── CodeTaken           two skus of one merchant would have the same code
├── StrangePicture      a picture that the market does not keep
├── NotALeaf            products hang on the last level only
└── BadCategory         a category cannot be made, moved or removed like that
    ├── SlugTaken       another category has this address
    ├── TooDeep         the tree has three levels
    ├── InItself        a category cannot lie below itself
    ├── HasProducts     products hang on it
    └── HasChildren     categories lie below it
Conflict
├── WrongStatus         a product's status does not allow it
└── NothingToSell       no variant has a price yet
NotFound
├── NoSuchProduct
└── NoSuchCategory
"""

from laotie.kit.errors import BadInput, Conflict, NotFound


class TooMuch(BadInput):
    code = "catalogue.too_much"
    sentence = "There are too many here; at most {most}."


class NoSkus(BadInput):
    code = "catalogue.no_skus"
    sentence = "A product needs at least one variant."


class SameOptions(BadInput):
    code = "catalogue.same_options"
    sentence = "Two variants are both called “{options}”. Give each its own name."


class CodeTaken(BadInput):
    code = "catalogue.code_taken"
    sentence = "You already use the sku code “{sku_code}” for another variant."


class StrangePicture(BadInput):
    code = "catalogue.strange_picture"
    sentence = "One of the pictures is not there any more. Send it again."


class NotALeaf(BadInput):
    code = "catalogue.not_a_leaf"
    sentence = "Choose a category of the last level."


class BadCategory(BadInput):
    code = "catalogue.bad_category"
    sentence = "The category cannot be changed like that."


class SlugTaken(BadCategory):
    code = "catalogue.slug_taken"
    sentence = "Another category already has the address “{slug}”."


class TooDeep(BadCategory):
    code = "catalogue.too_deep"
    sentence = "Categories have three levels; this would make a fourth."


class InItself(BadCategory):
    code = "catalogue.in_itself"
    sentence = "A category cannot lie below itself."


class HasProducts(BadCategory):
    code = "catalogue.has_products"
    sentence = "Products hang on this category. Move them first."


class HasChildren(BadCategory):
    code = "catalogue.has_children"
    sentence = "Other categories lie below this one. Move or remove them first."


class WrongStatus(Conflict):
    code = "catalogue.wrong_status"
    sentence = "This product cannot be changed like that now. Look at its state once more."


class NothingToSell(Conflict):
    code = "catalogue.nothing_to_sell"
    sentence = "Give at least one variant a price before you list this product."


class NoSuchProduct(NotFound):
    code = "catalogue.no_such_product"
    sentence = "This product does not exist."


class NoSuchCategory(NotFound):
    code = "catalogue.no_such_category"
    sentence = "This category does not exist."
