"""Several formulas in one text, separated by commas."""


def separated(text: str) -> list[str]:
    """The texts between the commas that are not inside parentheses: `x, min(x,y)` is two. Empty ones are skipped."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(text):
        depth = max(0, depth + (sign in "([") - (sign in ")]"))
        if sign == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
