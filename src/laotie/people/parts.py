"""What each slice of people holds of a person; `runtime.bindings` hands these to accounts."""

from typing import Any
from uuid import UUID

from laotie.people.accounts.contracts import PersonalData
from laotie.people.addresses import actions as addresses
from laotie.people.addresses.queries import addresses as addresses_of
from laotie.people.creators import actions as creators
from laotie.people.creators.queries import creators as creators_of
from laotie.people.follows import actions as follows
from laotie.people.follows.queries import followers
from laotie.people.follows.queries import follows as follows_of
from laotie.people.grants import actions as grants
from laotie.people.grants.queries import grants_of
from laotie.people.merchants import actions as merchants
from laotie.people.merchants.queries import shops_of
from laotie.people.notices import actions as notices
from laotie.people.notices.queries import mailed_kinds
from laotie.people.notices.queries import notices as notices_of
from laotie.people.saved import actions as saved
from laotie.people.saved.queries import saved as saved_of

ALL = 1_000_000  # an export has no pages


def _addresses(account_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "name": a.name,
            "phone": a.phone,
            "region": a.region,
            "city": a.city,
            "street": a.street,
            "postcode": a.postcode,
        }
        for a in addresses_of(account_id)
    ]


def _creator(account_id: UUID) -> dict[str, Any] | None:
    creator = creators_of([account_id]).get(account_id)
    return {"slug": creator.slug, "persona": creator.persona, "intro": creator.intro} if creator else None


def _follows(account_id: UUID) -> dict[str, Any]:
    mine = follows_of(account_id, limit=ALL)
    theirs = followers("account", account_id, limit=ALL)
    return {
        "follows": [{"kind": f.kind, "target": str(f.target_id), "since": f.started_at.isoformat()} for f in mine],
        "followers": [{"account": str(f.account_id), "since": f.started_at.isoformat()} for f in theirs],
    }


def _grants(account_id: UUID) -> list[dict[str, Any]]:
    return [{"seller": str(g.seller_id), "scope": g.scope} for g in grants_of(account_id)]


def _shops(account_id: UUID) -> list[dict[str, Any]]:
    return [{"slug": s.slug, "name": s.name, "status": s.status} for s in shops_of(account_id)]


def _notices(account_id: UUID) -> dict[str, Any]:
    told = notices_of(account_id, limit=ALL)
    return {
        "mail": mailed_kinds(account_id),
        "notices": [{"at": n.at.isoformat(), "sentence": n.sentence, "data": n.data, "link": n.link} for n in told],
    }


def _saved(account_id: UUID) -> list[str]:
    return [str(product_id) for product_id in saved_of(account_id, limit=ALL)]


PARTS = (
    PersonalData("merchants", _shops, merchants.leave_all),
    PersonalData("grants", _grants, grants.end_all),
    PersonalData("follows", _follows, follows.forget),
    PersonalData("addresses", _addresses, addresses.forget),
    PersonalData("creators", _creator, creators.retire),
    PersonalData("notices", _notices, notices.forget),
    PersonalData("saved", _saved, saved.forget),
)
