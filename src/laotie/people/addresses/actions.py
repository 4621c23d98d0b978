"""Writing addresses. An account that has any has exactly one default."""

import re
from uuid import UUID

from django.db import transaction

from laotie.people import words
from laotie.people.accounts.actions import hold
from laotie.people.addresses import contracts, queries
from laotie.people.addresses.errors import BadPhone, BadRegion, NoSuchAddress, TooManyAddresses
from laotie.people.addresses.models import Address
from laotie.people.addresses.regions import known_region

__all__ = ["add_address", "change_address", "forget", "make_default", "remove_address"]

MOST = 30
PHONE = re.compile(r"\+?[0-9][0-9 ()-]*")


@transaction.atomic
def add_address(
    account_id: UUID, *, name: str, phone: str, region: str, city: str, street: str, postcode: str = ""
) -> contracts.Address:
    """Keep an address; an account's first becomes its default.

    Raises BadWords, BadPhone, BadRegion, each naming its field; TooManyAddresses.
    """
    hold(account_id)
    mine = Address.objects.filter(account_id=account_id)
    if mine.count() >= MOST:
        raise TooManyAddresses(most=MOST)
    row = Address(account_id=account_id, is_default=not mine.exists())
    return _written(row, name=name, phone=phone, region=region, city=city, street=street, postcode=postcode)


@transaction.atomic
def change_address(
    account_id: UUID,
    address_id: UUID,
    *,
    name: str,
    phone: str,
    region: str,
    city: str,
    street: str,
    postcode: str = "",
) -> contracts.Address:
    """Write an address anew. Orders keep what they copied. Raises NoSuchAddress and as `add_address`."""
    row = Address.objects.select_for_update().filter(pk=address_id, account_id=account_id).first()
    if row is None:
        raise NoSuchAddress
    return _written(row, name=name, phone=phone, region=region, city=city, street=street, postcode=postcode)


@transaction.atomic
def make_default(account_id: UUID, address_id: UUID) -> None:
    """Send parcels here unless told otherwise. Raises NoSuchAddress."""
    hold(account_id)
    queries.address_for(account_id, address_id)
    Address.objects.filter(account_id=account_id, is_default=True).update(is_default=False)
    Address.objects.filter(pk=address_id).update(is_default=True)


@transaction.atomic
def remove_address(account_id: UUID, address_id: UUID) -> None:
    """Forget an address; the newest left becomes the default in its place. Raises NoSuchAddress."""
    hold(account_id)
    was_default = queries.address_for(account_id, address_id).is_default
    Address.objects.filter(pk=address_id).delete()
    left = queries.addresses(account_id)
    if was_default and left:
        Address.objects.filter(pk=left[0].id).update(is_default=True)


def forget(account_id: UUID) -> None:
    """Forget every address (when the person is erased)."""
    Address.objects.filter(account_id=account_id).delete()


def _written(row: Address, **words_of: str) -> contracts.Address:
    row.name = words.line(words_of["name"], "name", at_most=60)
    row.phone = _phone(words_of["phone"])
    row.region = _region(words_of["region"])
    row.city = words.line(words_of["city"], "city", at_most=80)
    row.street = words.line(words_of["street"], "street", at_most=200)
    row.postcode = words.line(words_of["postcode"], "postcode", at_least=0, at_most=20)
    row.save()
    return queries.view(row)


def _phone(phone: str) -> str:
    phone = " ".join(phone.split())
    if not PHONE.fullmatch(phone) or not 5 <= sum(c.isdigit() for c in phone) <= 20 or len(phone) > 30:
        raise BadPhone(field="phone")
    return phone


def _region(region: str) -> str:
    code = known_region(words.line(region, "region", at_most=60))
    if code is None:
        raise BadRegion(field="region")
    return code
