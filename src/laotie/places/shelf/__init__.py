"""The shelf: home, category, product and shop pages, search."""
