"""The gallery: pictures that tinkernet makes while the site is built, each in light and in dark."""


def files() -> dict[str, str | bytes]:
    """The page and its pictures."""
    return {"gallery.md": "# Gallery\n"}
