#!/usr/bin/env python3
"""Draws the two logos of the sample partnership, pixel by pixel: a thistle on green, a hill under a sun on blue.

usage: draw_logos.py FOLDER
"""

import struct
import sys
import zlib

SIZE = 120


def png(path, colour_at):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    palette = [(255, 255, 255, 0), (20, 92, 62, 255), (250, 250, 245, 255), (136, 78, 160, 255), (23, 74, 132, 255), (244, 190, 66, 255), (96, 150, 84, 255)]
    rows = b"".join(b"\0" + bytes(colour_at(x, y) for x in range(SIZE)) for y in range(SIZE))
    with open(path, "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n")
        out.write(chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 3, 0, 0, 0)))
        out.write(chunk(b"PLTE", b"".join(bytes(c[:3]) for c in palette)))
        out.write(chunk(b"tRNS", bytes(c[3] for c in palette)))
        out.write(chunk(b"IDAT", zlib.compress(rows, 9)))
        out.write(chunk(b"IEND", b""))


def inside(x, y, cx, cy, r):
    return (x - cx) ** 2 + (y - cy) ** 2 <= r * r


def thistle(x, y):
    if not inside(x, y, 60, 60, 58):
        return 0
    if inside(x, y, 60, 60, 54) is False:
        return 2
    if 36 <= y < 58 and abs(x - 60) <= (y - 20) * 0.55 and (x + y) % 9 < 7:
        return 3  # the flower's threads
    if inside(x, y, 60, 66, 15):
        return 6  # its cup
    if 80 <= y < 106 and abs(x - 60) <= 2 or 84 <= y < 100 and abs(abs(x - 60) - (100 - y)) <= 3:
        return 2  # stem and leaves
    return 1


def hill(x, y):
    if not inside(x, y, 60, 60, 58):
        return 0
    if inside(x, y, 60, 60, 54) is False:
        return 2
    if y > 100 - 34 * (1 - ((x - 48) / 52) ** 2):
        return 6
    if inside(x, y, 80, 42, 14):
        return 5
    return 4


png(sys.argv[1] + "/infant.png", thistle)
png(sys.argv[1] + "/junior.png", hill)
