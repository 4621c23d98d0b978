"""Reading addresses: always of one account."""

from uuid import UUID

from django.db import connection

from laotie.people.addresses import contracts
from laotie.people.addresses.errors import NoSuchAddress
from laotie.people.addresses.models import Address
from laotie.people.addresses.regions import known_region, regions

__all__ = ["address_for", "addresses", "known_region", "regions"]

READ = """
SELECT id, name, phone, region, city, street, postcode, is_default FROM addresses_address
WHERE id = %s AND account_id = %s
"""


def address_for(account_id: UUID, address_id: UUID) -> contracts.Address:
    """The account's own address. Raises NoSuchAddress for any other."""
    with connection.cursor() as cursor:  # on the way of every order; building the same by the ORM takes 0.8 ms
        cursor.execute(READ, [address_id, account_id])
        row = cursor.fetchone()
    if row is None:
        raise NoSuchAddress
    return contracts.Address(*row)


def addresses(account_id: UUID) -> list[contracts.Address]:
    """All of the account's, the default first, then the newest."""
    rows = Address.objects.filter(account_id=account_id).order_by("-is_default", "-made_at", "pk")
    return [view(row) for row in rows]


def view(row: Address) -> contracts.Address:
    """The contract of a row."""
    return contracts.Address(
        row.pk, row.name, row.phone, row.region, row.city, row.street, row.postcode, row.is_default
    )
