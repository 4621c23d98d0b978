"""Reading addresses: always of one account."""

from uuid import UUID

from laotie.kit.prepared import Prepared
from laotie.people.addresses import contracts
from laotie.people.addresses.errors import NoSuchAddress
from laotie.people.addresses.models import Address
from laotie.people.addresses.regions import known_region, regions

__all__ = ["address_for", "addresses", "known_region", "regions"]

READ = Prepared(
    "addresses_one",
    "SELECT id, name, phone, region, city, street, postcode, is_default FROM addresses_address"
    " WHERE id = $1::uuid AND account_id = $2::uuid",
)


def address_for(account_id: UUID, address_id: UUID) -> contracts.Address:
    """The account's own address. Raises NoSuchAddress for any other."""
    row = READ.row(str(address_id), str(account_id))  # on the way of every order: by the ORM it takes 0.8 ms
    if row is None:
        raise NoSuchAddress
    name, phone, region, city, street, postcode = row[1:7]
    return contracts.Address(UUID(row[0]), name, phone, region, city, street, postcode, is_default=row[7] == "t")


def addresses(account_id: UUID) -> list[contracts.Address]:
    """All of the account's, the default first, then the newest."""
    rows = Address.objects.filter(account_id=account_id).order_by("-is_default", "-made_at", "pk")
    return [view(row) for row in rows]


def view(row: Address) -> contracts.Address:
    """The contract of a row."""
    return contracts.Address(
        row.pk, row.name, row.phone, row.region, row.city, row.street, row.postcode, row.is_default
    )
