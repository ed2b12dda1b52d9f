"""The logo of a theme on a chart."""

from __future__ import annotations

from journeykit.drawing.scene import Group, Image, Mark
from journeykit.drawing.themes.assets import Logo

LOGO = 32.0
"""Height of the logo."""


def logo_at(logo: Logo, x: float, y: float, room: float) -> Mark:
    """Return the logo above the title, at most a third of the width."""
    height = min(LOGO, room / 3 / logo.ratio)
    image = Image(
        x=x, y=y, width=height * logo.ratio, height=height, data=logo.data, form=logo.form, png=logo.png, kind="logo"
    )
    return Group(marks=(image,), id="logo", title=logo.title, role="img" if logo.title else "", kind="icon")
