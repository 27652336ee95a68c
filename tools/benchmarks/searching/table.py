"""Figures as people read them."""


def table(title, head, rows, missing):
    widths = [max(map(len, column)) for column in zip(head, *rows)]
    lines = ["  ".join(align(row, widths)).rstrip() for row in (head, *rows)]
    return "\n".join([title, *lines, *(f"{name}: not measured: {why}" for name, why in missing.items()), ""])


def align(row, widths):
    """Names to the left, and words at the end; numbers to the right."""
    return [
        cell.ljust(width) if column in (0, len(row) - 1) else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths))]


def milliseconds(engine, key):
    return f"{engine[key] * 1000:.2f} ms" if key in engine else "–"


def seconds(engine, key):
    return f"{engine[key]:.1f} s" if key in engine else "–"


def rate(engine, queries):
    return f"{queries / engine['together_seconds']:,.0f} q/s" if "together_seconds" in engine else "–"


def ratio(engine, key):
    return f"{engine[f'{key}_ratio']:.2f} ×" if f"{key}_ratio" in engine else "–"


def share(value):
    return f"{value:.4f}"
