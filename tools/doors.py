"""An import-linter contract: from outside a slice only its fixed doors may be imported.

A slice is a package two below the root (`laotie.trade.orders`). Its doors are `contracts`, `actions`, `queries` and
`errors`, or the slice itself. `runtime` alone may open every door: it binds pages, REST and tasks at start-up.
"""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

DOORS = frozenset({"contracts", "actions", "queries", "errors"})


class DoorsContract(Contract):
    """Broken by an import of `laotie.room.slice.private` from another slice."""

    rooms = fields.ListField(subfield=fields.StringField())
    openers = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        broken = [
            (importer, imported)
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
            if self._is_private(imported) and not self._may_open(importer, imported)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": sorted(broken)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported}, which is private to its slice")

    def _is_private(self, module: str) -> bool:
        parts = module.split(".")
        return len(parts) >= 4 and parts[1] in self.rooms and parts[3] not in DOORS

    def _may_open(self, importer: str, imported: str) -> bool:
        same_slice = importer.split(".")[:3] == imported.split(".")[:3]
        return same_slice or importer.split(".")[1] in self.openers
