"""The command line without the market's packages, and with faults."""

import subprocess
import sys

BLOCKED = ("django", "granian", "psycopg", "pydantic_settings", "structlog", "psutil", "babel", "nats")
WITHOUT = f"""
import importlib.util, sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {BLOCKED!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Blocker())
real = importlib.util.find_spec
def find_spec(name, package=None):
    return None if name.partition(".")[0] in {BLOCKED!r} else real(name, package)
importlib.util.find_spec = find_spec
from laotie.runtime.commands import main
main(sys.argv[1:], prog_name="laotie")
"""


def laotie_without_market(*arguments):
    return subprocess.run([sys.executable, "-c", WITHOUT, *arguments], check=False, capture_output=True, text=True)


def test_help_lists_every_command_without_the_markets_packages():
    done = laotie_without_market("--help")
    assert done.returncode == 0, done.stderr
    for name in ("doctor", "up"):
        assert f"  {name} " in done.stdout


def test_a_command_that_needs_more_names_the_package():
    done = laotie_without_market("up")
    assert done.returncode == 1
    assert done.stderr == "Error: This command runs a market and needs more parts: pip install 'laotie[market]'\n"


def test_the_doctor_says_what_is_missing():
    done = laotie_without_market("doctor")
    assert done.returncode == 1
    assert "pip install" in done.stdout
    assert "Traceback" not in done.stderr


LOGGED = """
import structlog
from laotie.runtime.commands.needs import market_parts

@market_parts
def walk():
    structlog.get_logger().warning("the bus is away", token="s3cret")
    print("a station")

walk()
"""


def test_what_a_command_logs_before_it_has_read_its_settings_goes_to_stderr():
    done = subprocess.run([sys.executable, "-c", LOGGED], check=True, capture_output=True, text=True)
    assert done.stdout == "a station\n"
    assert "the bus is away" in done.stderr
    assert "s3cret" not in done.stderr
