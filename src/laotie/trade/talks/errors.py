"""
NotFound
├── NoSuchTalk
└── NothingToAskAbout   no such product, shop or order, or not of this shop
Forbidden
├── NotYourTalk
└── OwnShop             one does not ask oneself
BadInput
├── NothingSaid         neither words nor a picture
└── TooManyPictures
Conflict
└── TalkClosed          the operators closed it
"""

from laotie.kit.errors import BadInput, Conflict, Forbidden, NotFound


class NoSuchTalk(NotFound):
    code = "talk.none"
    sentence = "There is no such conversation."


class NothingToAskAbout(NotFound):
    code = "talk.nothing"
    sentence = "There is nothing here to ask about."


class NotYourTalk(Forbidden):
    code = "talk.not_yours"
    sentence = "This conversation belongs to others."


class OwnShop(Forbidden):
    code = "talk.own_shop"
    sentence = "This is your own shop."


class NothingSaid(BadInput):
    code = "talk.nothing_said"
    sentence = "Write something, or send a picture."


class TooManyPictures(BadInput):
    code = "talk.too_many_pictures"
    sentence = "At most {most} pictures at once."


class TalkClosed(Conflict):
    code = "talk.closed"
    sentence = "This conversation was closed by the operators: {reason}"
