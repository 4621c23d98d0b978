"""The columns of a goods file. Headings are accepted in Chinese, in English, and by their key."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Column:
    """`needed`: must be there and filled. `shared`: said once a product, not once a variant."""

    key: str
    zh: str
    en: str
    about: Promise
    example: tuple[str, str]
    needed: bool = False
    shared: bool = False
    also: tuple[str, ...] = ()

    def heading(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en

    @property
    def names(self) -> frozenset[str]:
        """Every heading that means this column, folded."""
        return frozenset(folded(name) for name in (self.key, self.zh, self.en, *self.also))


def folded(heading: str) -> str:
    """A heading without case, spaces, and the star that marks a needed column."""
    return "".join(heading.casefold().replace("*", "").replace("_", " ").split())


COLUMNS = (
    Column(
        "code", "SKU编码", "Sku code",
        _("Your own code of the variant. It says which variant a line means: sent again, the same line changes it."),
        ("ganbei-500", "scallops-500"), needed=True, also=("sku", "sku code", "商家编码", "货号"),
    ),
    Column(
        "title", "商品标题", "Title", _("Lines with the same title are variants of one product."),
        ("舟山野生干贝", "Dried scallops from Zhoushan"), needed=True, shared=True, also=("商品名称", "标题", "name"),
    ),
    Column(
        "category", "分类", "Category",
        _("The address or the name of a category of the last level, or its whole path."),
        ("食品生鲜/海鲜水产/海味干货", "Food/Seafood/Dried seafood"), needed=True, shared=True, also=("类目",),
    ),
    Column("brand", "品牌", "Brand", _("Leave it empty for none."), ("渔家乐", "Harbour"), shared=True),
    Column("options", "规格", "Variant", _("What tells this variant from the others."), ("500克", "500 g")),
    Column(
        "price", "价格", "Price", _("In the market's currency, such as 69.90."), ("69.90", "69.90"), needed=True,
        also=("售价",),
    ),
    Column("stock", "库存", "Stock", _("Pieces that can be sold."), ("100", "100"), needed=True, also=("数量",)),
    Column(
        "ships_within_hours", "发货时限（小时）", "Ships within (hours)", _("48 when empty."), ("48", "48"),
        also=("发货时限", "发货时限(小时)", "ships within"),
    ),
    Column(
        "freight_plan", "运费模板", "Freight plan", _("The name of one of your plans; free when empty."), ("", ""),
        also=("freight",),
    ),
    Column(
        "description", "商品介绍", "Description", _("Up to 8,000 characters."), ("肉厚味鲜", "Sweet"), shared=True,
        also=("商品描述",),
    ),
    Column(
        "facts", "属性", "Attributes", _("Such as “Origin: Zhoushan; Shelf life: 12 months”."),
        ("产地：舟山；保质期：12个月", "Origin: Zhoushan; Shelf life: 12 months"), shared=True,
    ),
    Column(
        "status", "状态", "State", _("listed, draft or ended. Empty: as it is; a new product is listed."),
        ("上架", "listed"), shared=True, also=("status",),
    ),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
BY_NAME = {name: column for column in COLUMNS for name in column.names}
STATES = {
    "listed": "listed", "上架": "listed", "在售": "listed", "已上架": "listed",
    "draft": "draft", "草稿": "draft",
    "ended": "ended", "下架": "ended", "已下架": "ended",
}  # fmt: skip
