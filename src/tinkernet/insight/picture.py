"""A picture of many starts for notebooks: every start's training loss over the epochs."""

import html

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64

WIDTH, HEIGHT, LEFT, FOOT = 560, 190, 48, 34
SMALLEST = 1e-6


def curves_picture(
    epochs: Int64[ndarray, " kept"], losses: Float64[ndarray, "n kept"], threshold: float, headline: str
) -> str:
    """An SVG of many curves on a logarithmic scale, with a dashed line at the threshold and a headline."""
    shown = np.clip(np.nan_to_num(losses, nan=1e6, posinf=1e6), SMALLEST, 1e6)
    low, high = np.log10(min(shown.min(), threshold)) - 0.1, np.log10(max(shown.max(), threshold)) + 0.1
    span = max(int(epochs[-1]), 1) if len(epochs) else 1

    def x(epoch: float) -> float:
        return LEFT + (WIDTH - LEFT - 8) * epoch / span

    def y(loss: float) -> float:
        return float(28 + (HEIGHT - FOOT - 28) * (high - np.log10(loss)) / (high - low))

    across = [x(epoch) for epoch in epochs.tolist()]
    paths = [
        " ".join(f"{a:.1f},{y(loss):.1f}" for a, loss in zip(across, curve, strict=True)) for curve in shown.tolist()
    ]
    lines = [f"<polyline points='{path}'/>" for path in paths]
    ticks = [10.0**power for power in range(int(np.ceil(low)), int(np.floor(high)) + 1)]
    marks = [f"<text x='{LEFT - 8}' y='{y(tick) + 4:.1f}' text-anchor='end'>{tick:g}</text>" for tick in ticks]
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' width='{WIDTH}' role='img'"
        f" font-family='system-ui, sans-serif' font-size='11' fill='currentColor'>"
        f"<title>{html.escape(headline)}</title>"
        f"<text x='{LEFT}' y='16' font-size='14' font-weight='600'>{html.escape(headline)}</text>"
        f"<g fill='none' stroke='currentColor' stroke-opacity='.25'>{''.join(lines)}</g>"
        f"<path d='M{LEFT} {y(threshold):.1f}H{WIDTH - 8}' stroke='currentColor' stroke-dasharray='4 4'/>"
        f"{''.join(marks)}"
        f"<text x='{LEFT}' y='{HEIGHT - 14}'>epoch 0</text>"
        f"<text x='{WIDTH - 8}' y='{HEIGHT - 14}' text-anchor='end'>{span:,}</text></svg>"
    )
