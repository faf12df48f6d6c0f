"""The smallest compound file (the container of .xls and of protected workbooks) that holds two streams."""

from __future__ import annotations

import struct

SECTOR = 512
END_OF_CHAIN, FREE, FAT_SECTOR, NO_STREAM = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
SMALLEST_STREAM = 4096
"""Shorter streams would have to live in the small-sector stream."""


def compound_file(first: tuple[str, bytes], second: tuple[str, bytes]) -> bytes:
    """A version 3 compound file after [MS-CFB]: header, one FAT sector, one directory sector, two streams.

    The names must be in the directory's order (shorter first). Streams are padded to at least 4,096 bytes.
    """
    streams = [(name, data.ljust(SMALLEST_STREAM, b"\0")) for name, data in (first, second)]
    fat = [FAT_SECTOR, END_OF_CHAIN]
    starts = []
    for _name, data in streams:
        count = -(-len(data) // SECTOR)
        starts.append(len(fat))
        fat.extend(range(len(fat) + 1, len(fat) + count))
        fat.append(END_OF_CHAIN)
    if len(fat) > SECTOR // 4:
        raise ValueError("too long for one FAT sector")
    fat.extend([FREE] * (SECTOR // 4 - len(fat)))
    directory = [
        _entry("Root Entry", kind=5, child=1, start=END_OF_CHAIN, size=0),
        _entry(streams[0][0], kind=2, right=2, start=starts[0], size=len(streams[0][1])),
        _entry(streams[1][0], kind=2, start=starts[1], size=len(streams[1][1])),
        _entry("", kind=0, start=0, size=0),
    ]
    body = b"".join(data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0") for _name, data in streams)
    return _header() + struct.pack("<128I", *fat) + b"".join(directory) + body


def _header() -> bytes:
    """FAT in sector 0, directory in sector 1, no small sectors, no further FAT sectors."""
    fixed = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        SIGNATURE, b"", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, SMALLEST_STREAM, END_OF_CHAIN, 0, END_OF_CHAIN, 0,
    )  # fmt: skip
    return fixed + struct.pack("<109I", 0, *[FREE] * 108)


def _entry(name: str, *, kind: int, start: int, size: int, child: int = NO_STREAM, right: int = NO_STREAM) -> bytes:
    """One directory entry of 128 bytes, black, without class or times."""
    written = f"{name}\0".encode("utf-16-le") if name else b""
    return struct.pack(
        "<64sHBBIII16sIQQIQ", written, len(written), kind, 1, NO_STREAM, right, child, b"", 0, 0, 0, start, size
    )
