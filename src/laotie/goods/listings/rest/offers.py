"""Offers over REST: price, stock, caps, special prices and commissions."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Status

from laotie.goods.listings import queries
from laotie.goods.listings.rest.schemas import (
    CapIn,
    CommissionIn,
    CommissionOut,
    OfferIn,
    PriceOut,
    StockIn,
    StockOut,
    TimedPriceIn,
    TimedPriceOut,
    VariantOut,
)
from laotie.goods.offers import actions as offers
from laotie.goods.offers import queries as offer_queries
from laotie.goods.stock import actions as stock
from laotie.goods.terms import actions as terms
from laotie.goods.terms import queries as terms_queries
from laotie.kit import clock
from laotie.kit.pages import account_id as who
from laotie.kit.pages.keyed import DESCRIBED, keyed

router = Router()


@router.patch("/offers/{offer_id}", response=VariantOut)
def change(request: HttpRequest, offer_id: UUID, wanted: OfferIn) -> Any:
    """Change what is said; `freight_plan_id` null takes the plan away, left out keeps it."""
    offer = queries.offer_for(who(request), offer_id)
    said = wanted.dict(exclude_unset=True)
    on_sale = said.pop("on_sale", None)
    changes = {name: value for name, value in said.items() if value is not None or name == "freight_plan_id"}
    with transaction.atomic():
        offers.change_offer(offer.id, **changes)
        if on_sale is not None:
            (offers.put_on_sale if on_sale else offers.take_off_sale)(offer.id)
    return VariantOut.of(queries.variant(offer.id))


@router.put("/offers/{offer_id}/stock", response=StockOut, openapi_extra=DESCRIBED)
@keyed
def set_stock(request: HttpRequest, offer_id: UUID, wanted: StockIn) -> Any:
    """Say how many pieces can be sold. Saying it twice is the same as saying it once, unless `seen` is given."""
    offer = queries.offer_for(who(request), offer_id)
    return {"left": stock.set_stock(offer.id, wanted.count, seen=wanted.seen)}


@router.get("/offers/{offer_id}/prices", response=list[PriceOut])
def prices(request: HttpRequest, offer_id: UUID) -> Any:
    """Every standing price it ever had, the newest first."""
    offer = queries.offer_for(who(request), offer_id)
    return [{"price_minor": at.price.minor, "since": at.since} for at in offer_queries.price_history(offer.id)]


@router.put("/offers/{offer_id}/cap", response={204: None})
def cap(request: HttpRequest, offer_id: UUID, wanted: CapIn) -> Any:
    """How many one buyer may have."""
    terms.set_cap(queries.offer_for(who(request), offer_id).id, wanted.cap)
    return Status(204, None)


@router.get("/offers/{offer_id}/timed-prices", response=list[TimedPriceOut])
def timed_prices(request: HttpRequest, offer_id: UUID) -> Any:
    """Running or to come."""
    return terms_queries.timed_prices([queries.offer_for(who(request), offer_id).id], clock.now())


@router.post("/offers/{offer_id}/timed-prices", response={201: TimedPriceOut}, openapi_extra=DESCRIBED)
@keyed
def set_timed_price(request: HttpRequest, offer_id: UUID, wanted: TimedPriceIn) -> Any:
    """A lower price for a time; overlaps are refused."""
    offer = queries.offer_for(who(request), offer_id)
    return Status(
        201,
        TimedPriceOut.from_orm(
            terms.set_timed_price(
                offer.id,
                wanted.price_minor,
                wanted.starts_at,
                wanted.ends_at,
                cap_per_buyer=wanted.cap_per_buyer,
                allotment=wanted.allotment,
            )
        ),
    )


@router.delete("/timed-prices/{timed_price_id}", response={204: None})
def end_timed_price(request: HttpRequest, timed_price_id: UUID) -> Any:
    """End it now."""
    terms.end_timed_price(queries.timed_price_for(who(request), timed_price_id).id)
    return Status(204, None)


@router.get("/offers/{offer_id}/commissions", response=list[CommissionOut])
def commissions(request: HttpRequest, offer_id: UUID) -> Any:
    """Running or to come."""
    return terms_queries.commission_plans([queries.offer_for(who(request), offer_id).id], clock.now())


@router.post("/offers/{offer_id}/commissions", response={201: CommissionOut}, openapi_extra=DESCRIBED)
@keyed
def offer_commission(request: HttpRequest, offer_id: UUID, wanted: CommissionIn) -> Any:
    """Let creators sell it."""
    offer = queries.offer_for(who(request), offer_id)
    return Status(
        201,
        CommissionOut.from_orm(
            terms.offer_plan(
                offer.id, wanted.rate_bp, creators=wanted.creators, starts_at=wanted.starts_at, ends_at=wanted.ends_at
            )
        ),
    )


@router.delete("/commissions/{plan_id}", response={204: None})
def end_commission(request: HttpRequest, plan_id: UUID) -> Any:
    """No further order copies it."""
    terms.end_plan(queries.commission_plan_for(who(request), plan_id).id)
    return Status(204, None)
