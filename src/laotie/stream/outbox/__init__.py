"""Facts leave in the transaction of their cause."""
