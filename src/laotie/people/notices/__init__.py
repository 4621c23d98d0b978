"""Everyone's notification centre; an e-mail port."""
