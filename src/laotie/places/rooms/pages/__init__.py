"""Pages of rooms: the schedule, a viewer's room, a host's sessions and desk."""

from django.urls import path

from laotie.places.rooms.pages import desk, hosting, listing, live, selling, viewing

app_name = "rooms"
urlpatterns = [
    path("rooms", listing.rooms, name="all"),
    path("r/<uuid:session_id>", viewing.room, name="room"),
    path("r/<uuid:session_id>/cards", viewing.cards, name="cards"),
    path("r/<uuid:session_id>/buy/<uuid:card_id>", viewing.till, name="till"),
    path("r/<uuid:session_id>/reserve", viewing.reserve, name="reserve"),
    path("r/<uuid:session_id>/calendar.ics", viewing.calendar, name="calendar"),
    path("r/<uuid:session_id>/draws/<uuid:draw_id>", viewing.draw, name="draw"),
    path("r/<uuid:session_id>/draws/<uuid:draw_id>/entries.txt", viewing.entries, name="entries"),
    path("r/<uuid:session_id>/state", live.state, name="state"),
    path("r/<uuid:session_id>/since", live.since, name="since"),
    path("r/<uuid:session_id>/ticket", live.ticket_for, name="ticket"),
    path("r/<uuid:session_id>/here", live.here, name="here"),
    path("me/rooms", hosting.mine, name="mine"),
    path("me/rooms/plan", hosting.plan, name="plan"),
    path("me/rooms/helpers", hosting.helpers, name="helpers"),
    path("me/rooms/<uuid:session_id>", desk.desk, name="desk"),
    path("me/rooms/<uuid:session_id>/change", hosting.change, name="change"),
    path("me/rooms/<uuid:session_id>/announce", hosting.announce, name="announce"),
    path("me/rooms/<uuid:session_id>/call-off", hosting.call_off, name="call_off"),
    path("me/rooms/<uuid:session_id>/words", hosting.words, name="words"),
    path("me/rooms/<uuid:session_id>/choose", desk.choose, name="choose"),
    path("me/rooms/<uuid:session_id>/card", desk.add_card, name="add_card"),
    path("me/rooms/<uuid:session_id>/card/<uuid:card_id>/remove", desk.remove_card, name="remove_card"),
    path("me/rooms/<uuid:session_id>/card/<uuid:card_id>/flash", selling.flash, name="flash"),
    path("me/rooms/<uuid:session_id>/card/<uuid:card_id>/flash/end", selling.end_flash, name="end_flash"),
    path("me/rooms/<uuid:session_id>/coupon", selling.hand_out, name="hand_out"),
    path("me/rooms/<uuid:session_id>/draw", selling.draw, name="new_draw"),
    path("me/rooms/<uuid:session_id>/vote", selling.vote, name="new_vote"),
    path("me/rooms/<uuid:session_id>/open", desk.open_room, name="open"),
    path("me/rooms/<uuid:session_id>/end", desk.end, name="end"),
    path("me/rooms/<uuid:session_id>/aside", desk.aside, name="aside"),
    path("me/rooms/<uuid:session_id>/report", desk.report, name="report"),
    path("me/rooms/<uuid:session_id>/review", desk.review, name="review"),
]
