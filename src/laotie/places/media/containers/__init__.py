"""The containers that live video comes in, read as far as a recording must be cut, resumed and judged."""
