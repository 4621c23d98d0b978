"""Scores of a folder of history, with no market and no server: an archive in, the engine's figures out. No Django."""
