"""Office files are archives: packed the same way every time, so that the same paper is the same bytes."""

from __future__ import annotations

import io
import zipfile

_ALIKE = (1980, 1, 1, 0, 0, 0)


def packed_alike(content: bytes) -> bytes:
    """The same archive with its parts in the same order, compressed alike and without the time of packing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in given.infolist():
            part = zipfile.ZipInfo(entry.filename, _ALIKE)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            made.writestr(part, given.read(entry))
    return packed.getvalue()
