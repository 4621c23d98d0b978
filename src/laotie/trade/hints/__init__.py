"""What reviews and askings say by their words, as a hint to people and never as a verdict: no score rests on it."""
