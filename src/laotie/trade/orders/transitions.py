"""The one table of how an order moves: event and state in, state out; who may, what it needs, which fact and clock.

`target` None is "back to where it was": the state before a side road was taken. The clock of a state is in `CLOCKS`:
it depends on the state alone, so an order that returns from a side road is under its old clock again.
"""

from dataclasses import dataclass
from datetime import timedelta

from laotie.trade.orders.contracts import Party, State

PAY_WITHIN = timedelta(minutes=15)  # long enough for a bank's page, short enough that stock is not held for nothing
SIGN_AFTER = timedelta(days=14)  # a parcel that nobody complained of for two weeks has arrived
DONE_AFTER = timedelta(days=7)  # the days to complain

P, S = Party, State
OPEN_TO_REFUND = frozenset({S.PAID, S.SHIPPED, S.SIGNED})


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table. `stamp` is the column that keeps its time, `needs` is for the reader."""

    event: str
    sources: frozenset[State]
    target: State | None
    who: frozenset[Party]
    needs: str
    fact: str = ""
    stamp: str = ""
    starts: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """What happens by itself in a state: `event`, `after` the time in `since`."""

    event: str
    since: str
    after: timedelta = timedelta()


TABLE = {
    row.event: row
    for row in (
        Transition("pay", frozenset({S.PLACED}), S.PAID, frozenset({P.PROVIDER}), "the money for it arrived",
                   "order.paid", "paid_at", "ships within the promised hours, else it is late"),
        Transition("cancel", frozenset({S.PLACED, S.PAID}), S.CANCELLED, frozenset({P.BUYER, P.SELLER, P.OPERATOR}),
                   "nothing was shipped; stock goes back, and the money if paid", "order.cancelled", "closed_at"),
        Transition("expire", frozenset({S.PLACED}), S.CANCELLED, frozenset({P.CLOCK}),
                   "15 minutes without payment; stock goes back", "order.cancelled", "closed_at"),
        Transition("late", frozenset({S.PAID}), S.PAID, frozenset({P.CLOCK}),
                   "the promised hours passed and nothing was shipped", "order.late"),
        Transition("ship", frozenset({S.PAID}), S.SHIPPED, frozenset({P.SELLER}),
                   "a carrier and its tracking number", "parcel.shipped", "shipped_at", "signs itself after 14 days"),
        Transition("sign", frozenset({S.SHIPPED}), S.SIGNED, frozenset({P.BUYER, P.CARRIER, P.CLOCK}),
                   "the buyer has it", "parcel.signed", "signed_at", "is done after 7 days"),
        Transition("finish", frozenset({S.SIGNED}), S.DONE, frozenset({P.CLOCK}),
                   "7 days without complaint", "order.done", "done_at"),
        Transition("ask_refund", OPEN_TO_REFUND, S.REFUNDING, frozenset({P.BUYER}),
                   "a reason and the lines", "refund.asked", "", "the seller answers in 48 hours"),
        Transition("dispute", frozenset({S.REFUNDING}), S.DISPUTED, frozenset({P.BUYER}),
                   "the seller declined"),
        Transition("resume", frozenset({S.REFUNDING, S.DISPUTED}), None,
                   frozenset({P.BUYER, P.SELLER, P.OPERATOR, P.CLOCK}), "declined, withdrawn, or a part refunded"),
        Transition("refund", frozenset({S.PAID, S.REFUNDING, S.DISPUTED}), S.REFUNDED,
                   frozenset({P.BUYER, P.SELLER, P.OPERATOR, P.CLOCK}), "all of it goes back", "refund.settled",
                   "closed_at"),
    )
}  # fmt: skip

CLOCKS = {
    S.PLACED: Clock("expire", "pay_by"),
    S.PAID: Clock("late", "ship_by"),
    S.SHIPPED: Clock("sign", "shipped_at", SIGN_AFTER),
    S.SIGNED: Clock("finish", "signed_at", DONE_AFTER),
}

# Where an order is on its way, for a progress stepper: side roads show the step they left.
ROAD = (S.PLACED, S.PAID, S.SHIPPED, S.SIGNED, S.DONE)


def events_for(state: State, party: Party) -> frozenset[str]:
    """What `party` may do to an order in `state`."""
    return frozenset(row.event for row in TABLE.values() if state in row.sources and party in row.who)
