"""What the feed learns from facts, hour by hour: estimates of things, newcomers, beliefs. Everything is made anew."""
