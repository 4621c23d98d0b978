"""One's addresses over REST."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.people.addresses import actions, queries

router = Router()


class AddressIn(Schema):
    name: Annotated[str, Field(min_length=1, max_length=60)]
    phone: Annotated[str, Field(min_length=5, max_length=30)]
    region: Annotated[str, Field(min_length=1, max_length=60)]
    city: Annotated[str, Field(min_length=1, max_length=80)]
    street: Annotated[str, Field(min_length=1, max_length=200)]
    postcode: Annotated[str, Field(max_length=20)] = ""


class AddressOut(Schema):
    id: UUID
    name: str
    phone: str
    region: str
    city: str
    street: str
    postcode: str
    is_default: bool


@router.get("", response=list[AddressOut])
def mine(request: HttpRequest) -> Any:
    """All of one's addresses, the default first."""
    return queries.addresses(who(request))


@router.get("/regions", response=list[str])
def regions(request: HttpRequest) -> Any:
    """The regions that an address may name; none: any words will do."""
    return list(queries.regions())


@router.post("", response={201: AddressOut})
def add(request: HttpRequest, wanted: AddressIn) -> Any:
    """Keep an address."""
    return Status(201, actions.add_address(who(request), **wanted.dict()))


@router.get("/{uuid:address_id}", response=AddressOut)
def one(request: HttpRequest, address_id: UUID) -> Any:
    """One of one's own."""
    return queries.address_for(who(request), address_id)


@router.put("/{uuid:address_id}", response=AddressOut)
def change(request: HttpRequest, address_id: UUID, wanted: AddressIn) -> Any:
    """Write it anew."""
    return actions.change_address(who(request), address_id, **wanted.dict())


@router.post("/{uuid:address_id}/default", response={204: None})
def make_default(request: HttpRequest, address_id: UUID) -> Any:
    """Send parcels here unless told otherwise."""
    actions.make_default(who(request), address_id)
    return Status(204, None)


@router.delete("/{uuid:address_id}", response={204: None})
def remove(request: HttpRequest, address_id: UUID) -> Any:
    """Forget it."""
    actions.remove_address(who(request), address_id)
    return Status(204, None)
