"""The drawing process: an order as JSON on standard input, a PNG on standard output."""

from __future__ import annotations

import json
import math
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
    figure = DRAWERS[order["kind"]](pyplot, order["data"], words, chinese)
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


def _way(pyplot: Any, data: Mapping[str, Any], words: Mapping[str, str], chinese: bool) -> Any:
    """North is up; a degree to the east is drawn as short as it is there."""
    points = [*([data["start"]] if data["start"] else []), *data["points"]]
    figure, axes = pyplot.subplots(figsize=(6.4, 6.4))
    axes.plot(
        [lon for _, lon in points], [lat for lat, _ in points], color="#2563eb", linewidth=1.6, zorder=1
    )
    if data["start"]:
        axes.plot(data["start"][1], data["start"][0], "*", color=COLOURS["severe"], markersize=16, zorder=3)
        _named(axes, words["start"], data["start"])
    for number, (name, point) in enumerate(zip(data["names"], data["points"], strict=True), 1):
        circle = {"boxstyle": "circle,pad=0.25", "facecolor": "#2563eb", "edgecolor": "white"}
        axes.text(
            point[1], point[0], str(number), color="white", ha="center", va="center", bbox=circle, zorder=2
        )
        _named(axes, name if chinese or name.isascii() else "", point)
    middle = sum(lat for lat, _ in points) / len(points)
    axes.set_aspect(1 / max(math.cos(math.radians(middle)), 0.05), adjustable="datalim")
    axes.margins(0.18)
    _scale(axes, middle)
    axes.spines[:].set_color("#d1d5db")
    axes.set_xticks([])
    axes.set_yticks([])
    return figure


def _named(axes: Any, name: str, point: tuple[float, float]) -> None:
    place = (point[1], point[0])
    behind = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1}
    axes.annotate(
        name, place, (12, 8), textcoords="offset points", color=INK, fontsize=11, zorder=4, bbox=behind
    )


def _scale(axes: Any, latitude: float) -> None:
    """A bar of a round number of kilometres, about a fifth of the picture."""
    west, east = axes.get_xlim()
    degree = 111.32 * math.cos(math.radians(latitude))
    about = (east - west) * degree / 5
    step = 10 ** math.floor(math.log10(max(about, 0.01)))
    km = max(n * step for n in (1, 2, 5) if n * step <= max(about, step))
    axes.plot([0.04, 0.04 + km / degree / (east - west)], [0.03, 0.03], color=INK, transform=axes.transAxes)
    axes.text(0.04, 0.045, f"{km:g} km", color=INK, fontsize=8, transform=axes.transAxes)


def _week(pyplot: Any, data: Mapping[str, Any], words: Mapping[str, str], chinese: bool) -> Any:
    names = [n if chinese or n.isascii() else f"#{place}" for place, n in enumerate(data["names"], 1)]
    figure, axes = pyplot.subplots(figsize=(7.2, 1.4 + 0.42 * len(names)))
    left = [0] * len(names)
    for part, colour in (("done", COLOURS["none"]), ("late", COLOURS["severe"]), ("coming", "#cbd5e1")):
        axes.barh(names, data[part], left=left, color=colour, label=words[part])
        left = [one + more for one, more in zip(left, data[part], strict=True)]
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
    return figure


DRAWERS = {"course": _course, "heat": _heat, "way": _way, "week": _week}


if __name__ == "__main__":
    main()
