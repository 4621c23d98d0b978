"""The catalogue: categories, brands, products, skus."""
