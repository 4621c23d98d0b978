"""What the deals say: scores and appeals. It learns from facts and writes its decisions down as standing."""
