"""`python -m laotie` is `laotie`."""

from laotie.runtime.commands import main

main(prog_name="laotie")
