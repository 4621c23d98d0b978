"""`python -m laotie.kit.assets WORKSHOP OUT [--drawings]`: lay the third-party static files out in OUT; fetch what a
demo's pictures are drawn with, too, where that is asked for."""

import sys
from pathlib import Path

from laotie.kit.assets.building import Workshop
from laotie.kit.assets.npm import NpmFault

try:
    Workshop(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute(), drawings="--drawings" in sys.argv[3:]).build()
except NpmFault as fault:
    print(f"The pages go without their scripts: {fault}", file=sys.stderr)
