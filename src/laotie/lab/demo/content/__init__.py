"""The demo market's shops, goods and words, written in both languages."""
