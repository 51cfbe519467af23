"""Where the text of a drawing is, and that none lies on other text."""

from tinkernet.export.pictures.drawing import Drawing, Words
from tinkernet.export.pictures.drawing.typeface import width_of


def boxes(drawing: Drawing) -> list[tuple[float, float, float, float, str]]:
    """(left, top, right, bottom, text) of every text."""
    found = []
    for shape in drawing.shapes:
        if isinstance(shape, Words):
            width, (x, y) = width_of(shape.text, shape.size), shape.place
            left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor] * width
            found.append((left, y - 0.72 * shape.size, left + width, y, shape.text))
    return found


def apart(drawing: Drawing) -> None:
    """All text is within the drawing, and none lies on other text."""
    texts = boxes(drawing)
    for left, top, right, bottom, text in texts:
        assert left >= -0.5, (text, left)
        assert right <= drawing.width + 0.5, (text, right)
        assert top >= 0, (text, top)
        assert bottom <= drawing.height, (text, bottom)
    for k, (left, top, right, bottom, text) in enumerate(texts):
        for left2, top2, right2, bottom2, text2 in texts[k + 1 :]:
            distinct = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert distinct, (text, text2)
