"""The child process that runs Typst: one job in on standard input, one result out; it knows nothing of papers."""

from __future__ import annotations

import json
import sys
from typing import Any


def compiled(job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Compile one job.

    Args:
        job: `template`, `root` and `fonts` (paths), `data` (JSON text for `sys.inputs.data`), `format` ("pdf", "png"
            or "svg"), `standards`, `timestamp` (seconds since 1970) and `ppi`.

    Returns:
        The answer (`error`, `hints` and `warnings` as text) and the compiled bytes, empty where there is an error.
    """
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[job["fonts"]])
    try:
        result: Any
        result, warnings = typst.compile_with_warnings(
            job["template"],
            root=job["root"],
            font_paths=fonts,
            format=job["format"],
            ppi=job["ppi"],
            sys_inputs={"data": job["data"]},
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


def main() -> None:
    """Read the job, write one line of JSON and then the bytes."""
    answer, content = compiled(json.loads(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
