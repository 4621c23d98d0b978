"""`laotie doctor`: what is wrong with this installation, and the mend."""

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape


@click.command("doctor", short_help="Say what is wrong with this installation, and the mend.")
@click.option(
    "--home", type=click.Path(file_okay=False, path_type=Path), help="The market's folder [LAOTIE_HOME, ./var]"
)
def command(home: Path | None) -> None:
    """Check everything a market needs on this machine. Ends with 1 where one could not run."""
    from laotie.runtime.doctor.examining import examine
    from laotie.runtime.doctor.finding import State

    if home:
        os.environ["LAOTIE_HOME"] = str(home.absolute())
    marks = {State.GOOD: "[green]✓[/green]", State.NOTE: "[yellow]•[/yellow]", State.BAD: "[red]✗[/red]"}
    console = Console(highlight=False, soft_wrap=True)
    worst = 0
    for finding in examine():
        console.print(f"{marks[finding.state]} [bold]{finding.about:<11}[/bold] {escape(finding.words)}")
        if finding.mend:
            console.print(f"  {'':<11} → {escape(finding.mend)}")
        worst += finding.state is State.BAD
    if worst:
        console.print(f"\n[red]{worst} to mend before a market can run here.[/red]")
        sys.exit(1)
    console.print("\n[green]A market can run here.[/green]")
