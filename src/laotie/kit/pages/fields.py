"""Form fields that Django does not bring."""

from typing import Any

from django import forms

PICTURES = "image/jpeg,image/png,image/webp,image/gif"


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one field; `most` of them."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(widget=Files(attrs={"accept": PICTURES, "data-most": most}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        """The contents of the files, in the order in which they were chosen."""
        clean = super().clean
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [clean(file, initial).read() for file in files]
