"""What can go wrong in a room.

NotFound
├── NoSuchSession, NoSuchCard, NoSuchLine, NoFlash, NoSuchCoupon, NoSuchDraw,
│   NoSuchVote
Forbidden
├── NotYourRoom         only its host (or a helper, where a helper may)
├── NotYourPrice        the shop has not let this host cut prices on air
└── ShutOut             banned from this creator's rooms
BadInput
├── BadPlan             a time that has passed or lies too far off
├── NothingSaid, Blocked
├── NoDrawback, BadUsed
├── BadDraw, BadVote    how many win, how long it lasts, what can be answered
├── BadFlash            no such beginning or length of a flash offer
├── NotCardable         no plan for this creator, and not of an own shop
└── BadMute
Conflict
├── WrongState          the session is not in a state that allows it
├── CardTwice, TooManyCards, TooManyCoupons
├── DrawRuns, DrawClosed, VoteRuns, VoteClosed
├── VotedAlready        another answer was given before
├── OnAirAlready        one session of a creator at a time
└── Muted
TooMany
├── TooFast             one account, or the whole room
"""

from laotie.kit.errors import BadInput, Conflict, Forbidden, NotFound, TooMany


class NoSuchSession(NotFound):
    code = "room.no_such_session"
    sentence = "There is no such session."


class NoSuchCard(NotFound):
    code = "room.no_such_card"
    sentence = "This card is not in the session any more."


class NoSuchLine(NotFound):
    code = "room.no_such_line"
    sentence = "This line is not there any more."


class NoSuchCoupon(NotFound):
    code = "room.no_such_coupon"
    sentence = "There is no such coupon in this room."


class NoSuchDraw(NotFound):
    code = "room.no_such_draw"
    sentence = "There is no such draw in this room."


class NoSuchVote(NotFound):
    code = "room.no_such_vote"
    sentence = "There is no such vote in this room."


class NotYourRoom(Forbidden):
    code = "room.not_yours"
    sentence = "Only the host of this room may do this."


class NoFlash(NotFound):
    code = "room.no_flash"
    sentence = "There is no flash offer on this card."


class NotYourPrice(Forbidden):
    code = "room.not_your_price"
    sentence = "The shop decides what this costs. Ask it to let you sell on air for it."


class ShutOut(Forbidden):
    code = "room.shut_out"
    sentence = "The host does not let you into this room."


class BadPlan(BadInput):
    code = "room.bad_plan"
    sentence = "Choose a time from now on and within {days} days."


class NothingSaid(BadInput):
    code = "room.nothing_said"
    sentence = "Say something, in at most {most} characters."


class Blocked(BadInput):
    code = "room.blocked"
    sentence = "This room does not allow these words."


class NoDrawback(BadInput):
    code = "room.no_drawback"
    sentence = "Name one drawback, in 4 to {most} characters: who is told one believes the rest."


class BadUsed(BadInput):
    code = "room.bad_used"
    sentence = "Say since when you have used it, or leave both empty: a day until today, and how you came by it."


class BadFlash(BadInput):
    code = "room.bad_flash"
    sentence = "A flash offer begins within {delay} minutes and lasts between 30 seconds and {longest} minutes."


class BadDraw(BadInput):
    code = "room.bad_draw"
    sentence = "Between 1 and {most} win, and a draw lasts between 10 seconds and {longest} minutes."


class BadVote(BadInput):
    code = "room.bad_vote"
    sentence = "Give two to four different answers; a vote lasts between 10 seconds and {longest} minutes."


class NotCardable(BadInput):
    code = "room.not_cardable"
    sentence = "You can show what a shop offers you a share of, or what your own shop sells."


class BadMute(BadInput):
    code = "room.bad_mute"
    sentence = "Choose how long: between 1 minute and 30 days."


class WrongState(Conflict):
    code = "room.wrong_state"
    sentence = "The session has moved on meanwhile, so that cannot be done. Look at it again."


class CardTwice(Conflict):
    code = "room.card_twice"
    sentence = "This is among the cards already."


class TooManyCards(Conflict):
    code = "room.too_many_cards"
    sentence = "A session has at most {most} cards."


class TooManyCoupons(Conflict):
    code = "room.too_many_coupons"
    sentence = "A session has at most {most} kinds of coupons."


class DrawRuns(Conflict):
    code = "room.draw_runs"
    sentence = "One draw at a time: wait for the one that runs."


class DrawClosed(Conflict):
    code = "room.draw_closed"
    sentence = "The entries of this draw are closed."


class VoteRuns(Conflict):
    code = "room.vote_runs"
    sentence = "One vote at a time: close the one that runs."


class VoteClosed(Conflict):
    code = "room.vote_closed"
    sentence = "This vote is closed."


class VotedAlready(Conflict):
    code = "room.voted_already"
    sentence = "You have answered this already."


class OnAirAlready(Conflict):
    code = "room.on_air_already"
    sentence = "Another session of yours is on air. End that first."


class Muted(Conflict):
    code = "room.muted"
    sentence = "The host has asked you to be silent for now."


class TooFast(TooMany):
    code = "room.too_fast"
    sentence = "Slower, please: the room cannot read that fast."
