"""How much each product is bought of late: kept from facts, read by the shelf and the search."""
