"""The plot of a calibration as PNG. This is the only module that imports Pillow."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from .calibration import Calibration
from .drawing import HEIGHT, WIDTH, Dot, Shape, Stroke, Words, shapes

#: How much larger it is drawn than it is saved, so that its edges are smooth.
_FINER = 3
#: How much larger it is than the SVG, for print.
_SCALE = 2
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def png(made: Calibration) -> bytes:
    """The plot as a PNG file. The same calibration and version of Pillow give the same bytes."""
    image = Image.new("RGB", (WIDTH * _SCALE * _FINER, HEIGHT * _SCALE * _FINER), "#ffffff")
    canvas = ImageDraw.Draw(image)
    for shape in shapes(made):
        _draw(canvas, shape)
    out = BytesIO()
    image.resize((WIDTH * _SCALE, HEIGHT * _SCALE), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw(canvas: ImageDraw.ImageDraw, shape: Shape) -> None:
    match shape:
        case Stroke():
            canvas.line([_place(x, y) for x, y in shape.points], shape.color, round(_large(shape.width)), "curve")
        case Dot():
            canvas.circle(_place(shape.x, shape.y), _large(shape.radius), shape.color)
        case Words():
            font = ImageFont.load_default(_large(shape.size))
            canvas.text(_place(shape.x, shape.y), shape.text, shape.color, font, _ANCHORS[shape.anchor])


def _place(x: float, y: float) -> tuple[float, float]:
    return _large(x), _large(y)


def _large(length: float) -> float:
    return length * _SCALE * _FINER
