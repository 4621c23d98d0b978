"""
NotFound
└── NoSuchReview
Forbidden
└── NotYourReview
BadInput
├── BadStars
└── TooManyPictures
Conflict
├── NotSigned          the goods have not been received
├── AlreadyReviewed
├── AlreadyAdded
├── TooLateToReview
├── TooLateToAdd
└── ReviewTakenDown     the operators took it away
"""

from laotie.kit.errors import BadInput, Conflict, Forbidden, NotFound


class NoSuchReview(NotFound):
    code = "review.none"
    sentence = "There is no such review."


class NotYourReview(Forbidden):
    code = "review.not_yours"
    sentence = "This review belongs to someone else."


class BadStars(BadInput):
    code = "review.bad_stars"
    sentence = "Give one to five stars."


class TooManyPictures(BadInput):
    code = "review.too_many_pictures"
    sentence = "At most {most} pictures."


class NotSigned(Conflict):
    code = "review.not_signed"
    sentence = "A review can be written once the goods have been received."


class AlreadyReviewed(Conflict):
    code = "review.already"
    sentence = "You have reviewed this already. You can add to your review."


class AlreadyAdded(Conflict):
    code = "review.already_added"
    sentence = "You have added to this review already."


class TooLateToReview(Conflict):
    code = "review.too_late"
    sentence = "Reviews can be written within {days} days of receiving the goods."


class TooLateToAdd(Conflict):
    code = "review.too_late_to_add"
    sentence = "Reviews can be added to within {days} days."


class ReviewTakenDown(Conflict):
    code = "review.hidden"
    sentence = "This review was taken down by the operators."
