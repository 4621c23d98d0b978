"""What people put on pages, what they hold of a person, and what can be reported to their desk."""

from laotie.kit.slots import bind
from laotie.people import parts
from laotie.people.accounts import actions as accounts
from laotie.people.accounts import slots as account_slots
from laotie.people.creators import queries as creators
from laotie.people.desk import actions as desk
from laotie.people.desk import slots as desk_slots
from laotie.people.follows import slots as follow_slots
from laotie.people.grants import actions as grants
from laotie.people.merchants import queries as merchants
from laotie.people.notices import slots as notice_slots
from laotie.people.saved import slots as saved_slots
from laotie.runtime import reportables, roles


def bind_people() -> None:
    for part in parts.PARTS:
        accounts.hold_personal_data(part)
    for role in roles.ALL:
        accounts.add_role(role)
    for owns in (merchants.owns, creators.is_own):
        grants.owned_by(owns)
    for reportable in reportables.ALL:
        desk.open_to_reports(reportable)
    bind("header.notices", notice_slots.bell)
    bind("me.above", account_slots.ask_second_step)
    bind("me.unread", notice_slots.badge)
    bind("person.figures", follow_slots.figures)
    bind("person.follow", follow_slots.button)
    bind("product.save", saved_slots.button)
    bind("report.this", desk_slots.report_link)
    bind("seller.followers", follow_slots.of_shop)
    bind("shop.follow", follow_slots.shop_button)
