"""The build's own step: compile the translations, so that an installed market speaks Chinese."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Translations(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Catalogues are compiled in place and shipped although git does not keep them."""
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        from laotie.runtime.catalogues import compile_stale

        compile_stale(source / "laotie")
        build_data["artifacts"].append("*.mo")
