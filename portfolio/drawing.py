"""The drawing process: an order as JSON on standard input, a PNG on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

# Packages of fonts under the SIL Open Font License, and the file in them; then what a system may have.
PACKAGED = (
    ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"),
    ("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"),
)
INSTALLED = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "PingFang SC",
    "Microsoft YaHei",
)
COLOURS = {"none": "#3a9d5d", "mild": "#e0a126", "severe": "#c8382f"}
GREY = "#6b7280"
INK = "#1f2937"


def main() -> None:
    order = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(picture(order))


def picture(order: Mapping[str, Any]) -> bytes:
    """Without a font that has Chinese, labels are the English ones and names are left out."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    chinese = use_font()
    words = order["words"] if chinese or order["words"] == order["plain"] else order["plain"]
    figure = (_course if order["kind"] == "course" else _heat)(pyplot, order["data"], words, chinese)
    out = BytesIO()
    figure.savefig(out, format="png", dpi=140, bbox_inches="tight")
    return out.getvalue()


def use_font() -> bool:
    """Make a font with Chinese the default, if there is one."""
    from matplotlib import font_manager, rcParams

    rcParams["axes.unicode_minus"] = False
    path = packaged_font()
    if path is not None:
        font_manager.fontManager.addfont(str(path))
        rcParams["font.family"] = font_manager.FontProperties(fname=str(path)).get_name()
        return True
    known = {font.name for font in font_manager.fontManager.ttflist}
    found = next((name for name in INSTALLED if name in known), None)
    if found:
        rcParams["font.family"] = found
    return found is not None


def packaged_font() -> Path | None:
    for package, name in PACKAGED:
        spec = find_spec(package)
        if spec is not None and spec.origin:
            path = Path(spec.origin).parent / name
            if path.exists():
                return path
    return None


def _course(pyplot: Any, data: Mapping[str, Any], words: Mapping[str, str], chinese: bool) -> Any:
    from matplotlib import dates as matplotlib_dates

    dates: Any = matplotlib_dates

    figure, (above, below) = pyplot.subplots(
        2, 1, sharex=True, figsize=(7.2, 4.6), gridspec_kw={"height_ratios": [4, 1], "hspace": 0.08}
    )
    _line(above, data["plan"], words["plan"], color=GREY, linestyle="--")
    _line(above, data["progress"], words["progress"], color="#2563eb", marker="o")
    above.set_ylim(0, 105)
    above.set_ylabel(f"{words['progress']} %")
    _levels(below, data["levels"], words)
    for axes in (above, below):
        axes.axvline(date.fromisoformat(data["today"]), color=INK, linewidth=0.8, linestyle=":")
        axes.spines[["top", "right"]].set_visible(False)
    name = data["name"] if chinese or data["name"].isascii() else ""
    above.set_title(f"{name}  {words['course']}".strip(), loc="left", color=INK)
    if above.get_legend_handles_labels()[0]:
        above.legend(frameon=False, loc="upper left")
    below.xaxis.set_major_locator(dates.AutoDateLocator(maxticks=7))
    below.xaxis.set_major_formatter(dates.DateFormatter("%y-%m-%d"))
    return figure


def _line(axes: Any, points: list[tuple[str, float]], label: str, **style: Any) -> None:
    if points:
        days = [date.fromisoformat(day) for day, _ in points]
        axes.plot(days, [percent for _, percent in points], label=label, **style)


def _levels(axes: Any, points: list[tuple[str, str]], words: Mapping[str, str]) -> None:
    places = {"none": 0, "mild": 1, "severe": 2}
    known = [(date.fromisoformat(day), level) for day, level in points if level in places]
    axes.plot([day for day, _ in known], [places[level] for _, level in known], color=GREY, linewidth=1)
    for day, level in known:
        axes.plot(day, places[level], "s", color=COLOURS[level], markersize=8)
    axes.set_yticks(list(places.values()), [words[level] for level in places])
    axes.set_ylim(-0.6, 2.6)


def _heat(pyplot: Any, data: Mapping[str, Any], words: Mapping[str, str], chinese: bool) -> Any:
    rows = [row if chinese or row.isascii() else f"#{place}" for place, row in enumerate(data["rows"], 1)]
    columns = [words["none"], words["mild"], words["severe"], words["unknown"]]
    figure, axes = pyplot.subplots(figsize=(7.2, 1.4 + 0.42 * len(rows)))
    known = [[*row[:3], 0] for row in data["counts"]]
    axes.imshow(known, aspect="auto", cmap="OrRd")
    axes.set_xticks(range(4), columns)
    axes.set_yticks(range(len(rows)), rows)
    most = max(max(row) for row in known) or 1
    for y, row in enumerate(data["counts"]):
        for x, count in enumerate(row):
            axes.text(
                x, y, str(count), ha="center", va="center", color="white" if count > most * 0.6 else INK
            )
    axes.set_title(words["heat"], loc="left", color=INK)
    return figure


if __name__ == "__main__":
    main()
