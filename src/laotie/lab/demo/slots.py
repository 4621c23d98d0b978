"""What the demo puts on other rooms' pages: what to do first, for each of the people one can be."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from laotie.lab.demo import mail
from laotie.lab.demo.contracts import SHOP, SIGN_INS

ROLES = {who.email: who.role for who in SIGN_INS}


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One thing to try, and where."""

    words: Any  # a lazy translation
    link: str


STEPS: dict[str, tuple[FirstStep, ...]] = {
    "buyer": (
        FirstStep(_("Find something you like, put things of two shops into the cart and pay once"), "/"),
        FirstStep(_("See where your parcels are, and sign for one that has come"), "/orders"),
        FirstStep(_("Say how your last deal went"), "/me/reviews"),
        FirstStep(_("Ask a shop a question"), f"/s/{SHOP}"),
    ),
    "merchant": (
        FirstStep(_("Ship what was ordered; one order is late already"), f"/seller/{SHOP}/orders"),
        FirstStep(_("Answer buyers who are waiting"), f"/seller/{SHOP}/talks"),
        FirstStep(_("Decide on a refund before its time runs out"), f"/seller/{SHOP}/refunds"),
        FirstStep(_("See what your score is made of, and what would lift it"), f"/seller/{SHOP}/score"),
        FirstStep(_("List something new, or change a price"), f"/seller/{SHOP}/goods/"),
    ),
    "creator": (
        FirstStep(_("Open a room, or look at what your last one sold"), "/me/rooms"),
        FirstStep(_("See your page as others do"), "/u/fisher"),
        FirstStep(_("Look at a shop whose goods you may sell for a share"), f"/s/{SHOP}"),
        FirstStep(_("Meet the people who follow you"), "/me/followers"),
        FirstStep(_("Say what you are about"), "/me/creator"),
    ),
    "operator": (
        FirstStep(_("Answer a shop that asks to open"), "/operator/applications"),
        FirstStep(_("Look through what is on sale"), "/operator/goods/"),
        FirstStep(_("Change a number of the rulebook and try it on the whole history"), "/operator/rulebook/"),
        FirstStep(_("See where all scores stand"), "/operator/scores/"),
        FirstStep(_("Read who did what"), "/operator/audit"),
    ),
}


def mail_note(request: HttpRequest, **rest: Any) -> str:
    """Where people sign in: that mail is read here. Nothing where mail is sent."""
    return render_to_string("demo/mail_note.html", {}, request) if mail.is_kept() else ""


def first_steps(request: HttpRequest, **rest: Any) -> str:
    """A card with what to do first, where a demo's person looks; nothing for anybody else."""
    user = request.user
    if not settings.CONFIG.demo or not user.is_authenticated or user.email not in ROLES:
        return ""
    role = ROLES[user.email]
    return render_to_string("demo/first_steps.html", {"role": role, "steps": STEPS[role]}, request)
