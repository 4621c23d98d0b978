"""The cart: lines of several shops, before and after sign-in."""
