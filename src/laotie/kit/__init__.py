"""The small things that every room uses: money, ids, clock, errors, slots, pictures and the pages' components."""
