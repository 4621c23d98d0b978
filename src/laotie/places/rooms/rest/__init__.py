"""Rooms over REST, under /api/rooms: watching, speaking, keeping order, hosting.

State and events are what a room's page asks for too.
"""

from laotie.places.rooms.rest import plays, selling, sessions, talking

router = sessions.router
for part in (selling, plays, talking):
    router.add_router("", part.router)
