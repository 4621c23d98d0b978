"""The deal: cart, orders, payments, shipping, refunds, reviews, and the talk around them."""
