"""Live rooms: sessions and their cards, what is said in them, who is there, and what became of it.

Video is `places.media`'s, money is trade's: a room names its stream and leaves a place for the till.
"""
