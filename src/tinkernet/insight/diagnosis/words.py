"""Words and numbers as a finding writes them."""

import math


def figure(value: float) -> str:
    """A loss or a rate in two digits that matter, without an exponent where it can be read without one."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "infinity"
    if value == 0 or 1e-5 <= abs(value) < 1e6:
        text = f"{value:.2g}" if abs(value) < 10 else f"{value:.0f}"
        return f"{float(text):.10f}".rstrip("0").rstrip(".").replace("-", "−")
    return f"{value:.0e}"


def whole(value: float) -> str:
    """A number of epochs, rounded to two digits: 1,200."""
    return f"{int(float(f'{value:.2g}')):,}" if value >= 10 else str(max(1, round(value)))


def percent(share: float) -> str:
    """A share as per cent; what is not all or nothing does not read as if it were."""
    text = f"{100 * share:.0f}"
    if text in ("0", "100") and 0 < share < 1:
        text = f"{min(max(100 * share, 0.1), 99.9):.1f}"
    return f"{text} %"


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 neuron, 3 neurons."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
