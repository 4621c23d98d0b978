from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from laotie.runtime.database import laying


class Command(migrate.Command):
    """Django's own, which finds a new database already laid. Where a single app or a plan is asked for, it is alone."""

    def handle(self, *args: Any, **options: Any) -> None:
        told = ("app_label", "plan", "check_unapplied", "fake", "fake_initial", "prune")
        if not any(options.get(name) for name in told):
            laying.lay(connections[options["database"]])
        super().handle(*args, **options)
