"""What makes a row bad, as SQL conditions over the row `t`: by column, within a row, and between tables.

A column `x` is there twice: as `x`, the text that was written, and as `v_x`, its value, null where it has none.
Times compare as moments, money as counts of the minor unit.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from laotie.stream.archive.tables import Column, Table

TIME = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|[+-]\d{2}(:?\d{2})?))?)?"


@dataclass(frozen=True, slots=True)
class Rule:
    """`reason` is said of `column` where `condition` holds."""

    column: str
    reason: str
    condition: str

    @property
    def said(self) -> str:
        """The reason as SQL; one that begins with a quote is SQL already."""
        return self.reason if self.reason.startswith("'") else "'" + self.reason.replace("'", "''") + "'"


def value(column: Column, exponent: int) -> str:
    """The SQL of a column's value; null where its text is none."""
    x = f'"{column.name}"'
    match column.kind:
        case "money":
            fraction = rf"(\.\d{{0,{exponent}}}0*)?" if exponent else r"(\.0*)?"
            cast = f"cast(trim({x}) as decimal(20, {exponent})) * {10**exponent}"
            return (
                rf"case when regexp_full_match(trim({x}), '[+-]?\d{{1,13}}{fraction}') then cast({cast} as bigint) end"
            )
        case "count":
            whole = f"cast(try_cast({x} as double) as bigint)"
            return rf"case when regexp_full_match(trim({x}), '\d{{1,12}}(\.0+)?') then {whole} end"
        case "time":
            return f"case when regexp_full_match({x}, '{TIME}') then try_cast({x} as timestamptz) end"
        case "json":
            return f"case when json_valid({x}) and json_type({x}) = 'OBJECT' then {x} end"
        case "choice":
            allowed = ", ".join(f"'{choice}'" for choice in column.choices)
            return f"case when {x} in ({allowed}) then {x} end"
    return x


def column_rules(column: Column, currency: str) -> Iterator[Rule]:
    """What one value must be by itself."""
    x, v = f't."{column.name}"', f"t.v_{column.name}"
    wants = {
        "money": f"is not an amount in {currency}",
        "count": "is not a whole number",
        "time": "is not a time",
        "json": "is not a JSON object",
        "choice": f"is none of {', '.join(column.choices)}",
    }
    if column.required:
        yield Rule(column.name, "is missing", f"{x} is null")
    if column.kind in wants:
        yield Rule(column.name, wants[column.kind], f"{x} is not null and {v} is null")
    if column.kind == "money":
        yield Rule(column.name, "is negative", f"{v} < 0")
    if column.kind == "count":
        yield Rule(
            column.name, f"is not from {column.low} to {column.high}", f"{v} not between {column.low} and {column.high}"
        )
    if column.kind == "time":
        yield Rule(column.name, "is not between the years 1970 and 2100", f"year({v}) not between 1970 and 2100")
    limit = column.limit if column.kind in ("text", "json") else 80
    yield Rule(column.name, f"is longer than {limit} characters", f"length({x}) > {limit}")
    unreadable = rf"contains({x}, chr(0)) or contains({x}, chr(65533)) or contains({x}, '\u0000')"
    yield Rule(column.name, "holds characters that are no text", unreadable)


def duplicate(table: Table, columns: tuple[str, ...], *, folded: bool = False) -> Rule:
    """The first row keeps a name; each later one is told where that is."""
    last = columns[-1]
    named = ", ".join(f'lower("{name}")' if folded else f'"{name}"' for name in columns)
    first = f"min(_line) over (partition by {named}) as first"
    ranked = f'(select _line, {first} from {table.name} where "{last}" is not null)'
    return Rule(
        last,
        f"'is there already, on line ' || (select first from {ranked} d where d._line = t._line)",
        f"t._line in (select _line from {ranked} where _line > first)",
    )


def nothing_named(column: Column) -> Rule:
    x = f't."{column.name}"'
    nothing = f"{x} is not null and {x} not in (select id from {column.refers} where id is not null)"
    return Rule(column.name, f"names no row of {column.refers}", nothing)


def leaning(column: Column) -> Rule:
    """On a row that is there but was rejected."""
    x = f't."{column.name}"'
    leans = f"{x} in (select id from {column.refers}) and {x} not in (select id from good_{column.refers})"
    return Rule(column.name, f"its row of {column.refers} was rejected", leans)


def order(later: str, earlier: str) -> Rule:
    """Two times of one row in their order."""
    return Rule(later, f"is before {earlier}", f"t.v_{later} < t.v_{earlier}")


def needs(states: str, column: str) -> Rule:
    return Rule(column, "'is missing: the order is ' || t.state", f"t.state in ({states}) and t.{column} is null")


PAID = "'paid', 'shipped', 'signed', 'done', 'refunding', 'refunded', 'disputed'"
SENT = "'shipped', 'signed', 'done'"
ORDER_OF_LINE = '(select o.v_placed_at from lines l join orders o on o.id = l."order" where l.id = t.line limit 1)'

SLUG = Rule("slug", "is not letters, digits and dashes", "not regexp_full_match(t.slug, '[a-z0-9-]+')")
ROW_RULES: dict[str, tuple[Rule, ...]] = {
    "categories": (SLUG,),
    "buyers": (
        Rule(
            "email", "is not an address", r"t.email is not null and not regexp_full_match(t.email, '[^@\s]+@[^@\s]+')"
        ),
        Rule("language", "is neither zh nor en", "t.language not in ('zh', 'en')"),
    ),
    "shops": (SLUG,),
    "orders": (
        Rule("id", "has no lines", 'not exists (from lines l where l."order" = t.id)'),
        order("paid_at", "placed_at"),
        order("cancelled_at", "placed_at"),
        order("promised_ship_at", "placed_at"),
        order("promised_arrival_at", "placed_at"),
        order("done_at", "placed_at"),
        order("done_at", "paid_at"),
        needs(PAID, "paid_at"),
        needs("'cancelled'", "cancelled_at"),
        needs("'done'", "done_at"),
        Rule("paid_at", "is there, but the order was only placed", "t.state = 'placed' and t.paid_at is not null"),
        Rule(
            "checkout",
            "is another buyer’s",
            "t.checkout in (select checkout from orders group by checkout having count(distinct buyer) > 1)",
        ),
    ),
    "lines": (
        Rule("discount", "is more than the line costs", "t.v_discount > t.v_unit_price * t.v_quantity"),
        Rule(
            "offer",
            "is of another shop than the order",
            'exists (from offers f join orders o on o.id = t."order" where f.id = t.offer and f.shop <> o.shop)',
        ),
    ),
    "parcels": (
        order("signed_at", "shipped_at"),
        Rule(
            "shipped_at",
            "is before its order was placed",
            'exists (from orders o where o.id = t."order" and t.v_shipped_at < o.v_placed_at)',
        ),
        Rule(
            "shipped_at",
            "is before its order was paid",
            'exists (from orders o where o.id = t."order" and t.v_shipped_at < o.v_paid_at)',
        ),
    ),
    "payments": (
        Rule(
            "checkout",
            "names no checkout of the orders",
            "t.checkout is not null and not exists (from orders o where coalesce(o.checkout, o.id) = t.checkout)",
        ),
        Rule(
            "paid_at",
            "is before its order was placed",
            "exists (from orders o where coalesce(o.checkout, o.id) = t.checkout and t.v_paid_at < o.v_placed_at)",
        ),
    ),
    "reviews": (
        order("answered_at", "written_at"),
        Rule("answered_at", "is missing: there is an answer", "t.answer is not null and t.answered_at is null"),
        Rule("written_at", "is before its order was placed", f"t.v_written_at < {ORDER_OF_LINE}"),
    ),
    "refunds": (
        order("settled_at", "asked_at"),
        Rule("settled_at", "is missing: the refund was settled", "t.state = 'settled' and t.settled_at is null"),
        Rule(
            "asked_at",
            "is before its order was placed",
            'exists (from orders o where o.id = t."order" and t.v_asked_at < o.v_placed_at)',
        ),
        Rule(
            "line",
            "is of another order",
            'exists (from lines l where l.id = t.line and l."order" <> t."order")',
        ),
    ),
    "follows": (
        Rule("shop", "or account must be there, and not both", "(t.shop is null) = (t.account is null)"),
        Rule("account", "follows itself", "t.account = t.buyer"),
    ),
    "questions": (
        order("answered_at", "asked_at"),
        Rule("answered_at", "is missing: there is an answer", "t.answer is not null and t.answered_at is null"),
    ),
}

# Columns that together may be there once, beside the key.
ONCE: dict[str, tuple[tuple[str, ...], ...]] = {
    "buyers": (("email",),),
    "categories": (("slug",),),
    "shops": (("slug",),),
    "offers": (("shop", "options", "product"),),
    "reviews": (("line",),),
    "follows": (("buyer", "shop"), ("buyer", "account")),
    "questions": (("buyer", "product"),),
}

# Of orders, judged last: what an order needs of the rows below it that stood.
UPWARD: tuple[Rule, ...] = (
    Rule(
        "id",
        "all its lines were rejected",
        'exists (from lines l where l."order" = t.id) and not exists (from good_lines l where l."order" = t.id)',
    ),
    Rule(
        "state",
        "'is ' || t.state || ', but no parcel stands'",
        f't.state in ({SENT}) and not exists (from good_parcels p where p."order" = t.id)',
    ),
    Rule(
        "state",
        "'is ' || t.state || ', but no parcel was signed'",
        "t.state in ('signed', 'done') and exists (from good_parcels p where p.\"order\" = t.id)"
        ' and not exists (from good_parcels p where p."order" = t.id and p.v_signed_at is not null)',
    ),
)

CATEGORY = Rule(
    "parent",
    "does not lead to the top in three levels",
    """t.id not in (
        with recursive tree(id, level) as (
            select id, 1 from good_categories where parent is null
            union all select c.id, level + 1 from good_categories c join tree on c.parent = tree.id where level < 3
        ) select id from tree)""",
)
PAYMENT = Rule(
    "checkout",
    "every order it paid was rejected",
    "not exists (from good_orders o where coalesce(o.checkout, o.id) = t.checkout)",
)
