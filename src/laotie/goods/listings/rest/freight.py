"""Freight plans over REST."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from laotie.goods.listings import queries
from laotie.goods.listings.rest.schemas import FreightPlanIn, FreightPlanOut
from laotie.goods.offers import actions
from laotie.goods.offers import queries as offers
from laotie.kit.pages import account_id as who

router = Router()


@router.get("/shops/{shop_id}/freight-plans", response=list[FreightPlanOut])
def plans(request: HttpRequest, shop_id: UUID) -> Any:
    """A shop's plans, the default first."""
    shop = queries.kept_shop(who(request), shop_id)
    return [FreightPlanOut.of(plan) for plan in offers.plans_of_merchant(shop.id)]


@router.post("/shops/{shop_id}/freight-plans", response={201: FreightPlanOut})
def add(request: HttpRequest, shop_id: UUID, wanted: FreightPlanIn) -> Any:
    """A new plan."""
    shop = queries.kept_shop(who(request), shop_id)
    return Status(201, FreightPlanOut.of(actions.make_freight_plan(shop.id, **wanted.dict())))


@router.put("/freight-plans/{plan_id}", response=FreightPlanOut)
def save(request: HttpRequest, plan_id: UUID, wanted: FreightPlanIn) -> Any:
    """Say all of a plan anew."""
    plan = queries.freight_plan_for(who(request), plan_id)
    return FreightPlanOut.of(actions.change_freight_plan(plan.id, **wanted.dict()))


@router.delete("/freight-plans/{plan_id}", response={204: None})
def remove(request: HttpRequest, plan_id: UUID) -> Any:
    """Remove a plan that no offer travels by."""
    actions.remove_freight_plan(queries.freight_plan_for(who(request), plan_id).id)
    return Status(204, None)
