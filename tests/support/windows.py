"""The windows that the page has to fit: a projector, desks, laptops, zoomed pages, phones upright and on their side."""

from typing import Any

PHONES = [(820, 1180), (390, 844), (360, 640), (375, 553), (844, 390), (911, 438)]
WINDOWS = [
    (2560, 1440),
    (1920, 1080),
    (1440, 900),
    (1366, 625),
    (1280, 600),
    (1024, 768),
    (1024, 640),
    (720, 450),
    (640, 360),
    *PHONES,
]


def window(size: tuple[int, int]) -> dict[str, Any]:
    """A browser's settings for a window of this size; a phone is touched."""
    phone = size in PHONES
    return {"viewport": {"width": size[0], "height": size[1]}, "has_touch": phone, "is_mobile": phone}
