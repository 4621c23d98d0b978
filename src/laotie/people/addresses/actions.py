"""Writing addresses."""

from uuid import UUID

from django.db import transaction

from laotie.people import words
from laotie.people.addresses import contracts, queries
from laotie.people.addresses.models import Address

__all__ = ["add_address"]


@transaction.atomic
def add_address(
    account_id: UUID, *, name: str, phone: str, region: str, city: str, street: str, postcode: str = ""
) -> contracts.Address:
    """Keep an address; an account's first becomes its default. Raises BadWords naming the field."""
    row = Address.objects.create(
        account_id=account_id,
        name=words.line(name, "name", at_most=60),
        phone=words.line(phone, "phone", at_least=3, at_most=30),
        region=words.line(region, "region", at_most=60),
        city=words.line(city, "city", at_most=80),
        street=words.line(street, "street", at_most=200),
        postcode=words.line(postcode, "postcode", at_least=0, at_most=20),
        is_default=not Address.objects.filter(account_id=account_id).exists(),
    )
    return queries.view(row)
