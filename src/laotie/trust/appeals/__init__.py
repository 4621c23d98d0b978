"""Appeals: a shop says why a deal should not count, an operator judges, an upheld one voids the deal by a new fact."""
