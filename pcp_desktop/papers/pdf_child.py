"""The limited child process that reads strangers' PDFs and draws pages; bytes in, plain values and bytes out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pcp_desktop.child_process import Answer, serve
from pcp_desktop.errors import UserError
from pcp_desktop.papers.previews import draw_page
from pcp_desktop.papers.received import count_pages, read_received

MEMORY_LIMIT = 2 * 1024**3
_kept: dict[str, bytes] = {}


def answered(request: dict[str, Any], content: bytes) -> Answer:
    """Count a received paper's pages or read it (`what`: "pages" or "received", `name`), or draw a page of a PDF.

    A document whose pages are drawn is sent once and kept under its `digest` until another one comes.
    """
    if request["what"] == "picture":
        return _picture(request, content)
    name = str(request["name"])
    try:
        if request["what"] == "pages":
            return {"pages": count_pages(content, name)}, b""
        fields = asdict(read_received(content, name))
        return {"paper": {**fields, "content": None}}, fields["content"]
    except UserError as error:
        return {"refused": [error.what, error.where, error.what_to_do]}, b""
    except MemoryError:
        return {"too large": True}, b""


def _picture(request: dict[str, Any], content: bytes) -> Answer:
    if content:
        _kept.clear()
        _kept[request["digest"]] = content
    document = _kept.get(request["digest"])
    if document is None:
        return {"unknown": True}, b""
    return {}, draw_page(document, int(request["page"]), int(request["width"]))


if __name__ == "__main__":
    serve(answered, MEMORY_LIMIT)
