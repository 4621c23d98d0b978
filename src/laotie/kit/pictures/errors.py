"""What can be wrong with a picture.

BadInput
└── BadPicture            its content cannot be used
    ├── PictureTooHeavy   more bytes than the market takes
    └── PictureTooLarge   more pixels than the market takes
"""

from laotie.kit.errors import BadInput


class BadPicture(BadInput):
    code = "pictures.bad_picture"
    sentence = "This is not a picture we can show. Send a JPEG, PNG, WebP or GIF."


class PictureTooHeavy(BadPicture):
    code = "pictures.too_heavy"
    sentence = "This picture is larger than {megabytes} MB."


class PictureTooLarge(BadPicture):
    code = "pictures.too_large"
    sentence = "This picture has more than {megapixels} million pixels."
