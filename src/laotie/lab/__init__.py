"""The market in a box: histories loaded, the demo market."""
