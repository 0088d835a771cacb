"""Places on maps. The book and everything sent in hold WGS-84; Chinese maps are given GCJ-02."""

from __future__ import annotations

from math import cos, pi, radians, sin, sqrt
from urllib.parse import quote

from records.model import Borrower

SOURCE = "huifang"
AXIS, ECCENTRICITY = 6378245.0, 0.00669342162296594323  # Krasovsky 1940: metres, e²
# North, west, south and east of boxes that together cover the mainland, and of boxes cut out of them again.
MAINLAND = (
    (49.2204, 79.4462, 42.8899, 96.3300),
    (54.1415, 109.6872, 39.3742, 135.0002),
    (42.8899, 73.1246, 29.5297, 124.1433),
    (29.5297, 82.9684, 26.7186, 97.0352),
    (29.5297, 97.0253, 20.4141, 124.3674),
    (20.4141, 107.9758, 17.8715, 111.7441),
)
ABROAD = (
    (25.3986, 119.9213, 21.7850, 122.4976),
    (22.2840, 101.8652, 20.0988, 106.6650),
    (21.5422, 106.4525, 20.4878, 108.0510),
    (55.8175, 109.0323, 50.3257, 119.1270),
    (55.8175, 127.4568, 49.5574, 137.0227),
    (44.8922, 131.2662, 42.5692, 137.0227),
)


def gcj02(latitude: float, longitude: float) -> tuple[float, float]:
    """WGS-84 degrees as GCJ-02, the shifted datum of Chinese maps; outside the mainland unchanged.

    The formula is the public approximation to within about a metre: github.com/googollee/eviltransform.
    """
    if not in_mainland(latitude, longitude):
        return latitude, longitude
    north, east = _shift(longitude - 105.0, latitude - 35.0)
    square = 1 - ECCENTRICITY * sin(radians(latitude)) ** 2
    metres_north = AXIS * (1 - ECCENTRICITY) / (square * sqrt(square)) * pi / 180
    metres_east = AXIS / sqrt(square) * cos(radians(latitude)) * pi / 180
    return latitude + north / metres_north, longitude + east / metres_east


def _shift(x: float, y: float) -> tuple[float, float]:
    """Metres to the north and to the east, at degrees east of 105° and north of 35°."""
    fine = 20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)
    north = fine + 20 * sin(pi * y) + 40 * sin(pi * y / 3) + 160 * sin(pi * y / 12) + 320 * sin(pi * y / 30)
    east = fine + 20 * sin(pi * x) + 40 * sin(pi * x / 3) + 150 * sin(pi * x / 12) + 300 * sin(pi * x / 30)
    root = sqrt(abs(x))
    return (
        north * 2 / 3 - 100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root,
        east * 2 / 3 + 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root,
    )


def in_mainland(latitude: float, longitude: float) -> bool:
    def within(box: tuple[float, float, float, float]) -> bool:
        north, west, south, east = box
        return south <= latitude <= north and west <= longitude <= east

    return any(map(within, MAINLAND)) and not any(map(within, ABROAD))


def map_links(borrower: Borrower) -> tuple[tuple[str, str], ...]:
    """(map, address) of the site: amap and baidu on the mainland, else osm; by the address without coordinates."""
    if borrower.latitude is None or borrower.longitude is None:
        return _by_address(borrower.address)
    if in_mainland(borrower.latitude, borrower.longitude):
        return _chinese(borrower.latitude, borrower.longitude, borrower.called)
    here = f"mlat={borrower.latitude}&mlon={borrower.longitude}"
    return (("osm", f"https://www.openstreetmap.org/?{here}#map=17"),)


def _chinese(latitude: float, longitude: float, name: str) -> tuple[tuple[str, str], ...]:
    lat, lon = gcj02(latitude, longitude)
    words = quote(name)
    amap = f"https://uri.amap.com/marker?position={lon:.6f},{lat:.6f}&name={words}&src={SOURCE}&callnative=1"
    baidu = (
        f"https://api.map.baidu.com/marker?location={lat:.6f},{lon:.6f}&title={words}&content={words}"
        f"&output=html&coord_type=gcj02&src={SOURCE}"
    )
    return ("amap", amap), ("baidu", baidu)


def _by_address(address: str) -> tuple[tuple[str, str], ...]:
    if not address:
        return ()
    if any("一" <= letter <= "鿿" for letter in address):
        return (("amap", f"https://uri.amap.com/search?keyword={quote(address)}&src={SOURCE}&callnative=1"),)
    return (("osm", f"https://www.openstreetmap.org/search?query={quote(address)}"),)
