"""The child process that runs Typst: one job after another, each with its compiled bytes; papers are unknown here."""

from __future__ import annotations

from functools import cache
from typing import Any

from pcp_desktop.child_process import Answer, serve


@cache
def _fonts(folder: str) -> Any:
    """The fonts of a folder, read once however many jobs there are."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def compiled(job: dict[str, Any], data: bytes) -> Answer:
    """Compile one job.

    Args:
        job: `template`, `root` and `fonts` (paths), `format` ("pdf", "png" or "svg"), `standards`,
            `timestamp` (seconds since 1970) and `ppi`.
        data: JSON text for `sys.inputs.data`.

    Returns:
        The answer (`error`, `hints` and `warnings` as text) and the compiled bytes, empty where there is an error.
    """
    import typst

    try:
        result: Any
        result, warnings = typst.compile_with_warnings(
            job["template"],
            root=job["root"],
            font_paths=_fonts(job["fonts"]),
            format=job["format"],
            ppi=job["ppi"],
            sys_inputs={"data": data.decode()},
            pdf_standards=job["standards"],
            timestamp=job["timestamp"],
        )
    except typst.TypstError as error:
        return {"error": f"{error.message}\n{error.diagnostic}", "hints": error.hints, "warnings": []}, b""
    told = [f"{warning.message} {' '.join(warning.hints)}".strip() for warning in warnings]
    pages: list[bytes] = list(result) if isinstance(result, list) else [result]
    if len(pages) != 1:
        return {"error": f"{len(pages)} pages where one was expected", "hints": [], "warnings": told}, b""
    return {"error": "", "hints": [], "warnings": told}, bytes(pages[0])


if __name__ == "__main__":
    import typst  # noqa: F401 - loaded while the parent still prepares the first job

    serve(compiled)
