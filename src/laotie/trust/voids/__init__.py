"""Facts by which deals stop counting, and count again. Appeals and risk write them, scores read them."""
