"""What a demo market says on pages that a real one leaves empty."""

from laotie.kit.slots import bind
from laotie.lab.demo import slots as demo_slots


def bind_lab() -> None:
    bind("entrance.above", demo_slots.mail_note)
    bind("home.below_hero", demo_slots.first_steps)
    bind("me.above", demo_slots.first_steps)
