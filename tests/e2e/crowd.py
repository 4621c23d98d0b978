"""More buyers for a market that runs: `python -m tests.e2e.crowd COUNT` prints each one's REST key and address."""

import json
import os
import sys

import django


def main(count: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laotie.runtime.django")
    django.setup()
    from laotie.people.accounts.actions import make_token
    from tests.makers import make_account, make_address

    made = []
    for number in range(count):
        buyer = make_account(f"crowd{number}")
        made.append((make_token(buyer.id, name="crowd", days=1)[1], str(make_address(buyer).id)))
    print(json.dumps(made))


if __name__ == "__main__":
    main(int(sys.argv[1]))
