"""The process that sets one paper with typst: it knows no Django and no database, and is ended when it takes too long."""

import json
import resource
import sys
from pathlib import Path

import typst

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "static" / "vendor" / "print"
MOST_MEMORY = 2 * 1024**3
REFUSED = 3


def compiled(template: str, inputs: dict[str, str], kind: str = "pdf") -> bytes | list[bytes]:
    """Set a template of the project (its path) with its inputs; only our own fonts are there."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    compiler = typst.Compiler(str(ROOT / template), root=str(ROOT), font_paths=fonts, sys_inputs=inputs)
    return compiler.compile(format=kind) or b""  # type: ignore[arg-type, call-overload, no-any-return]


def main() -> int:
    """Read what to set from standard input, write the paper to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    asked = json.load(sys.stdin.buffer)
    try:
        made = compiled(asked["template"], asked["inputs"])
    except typst.TypstError as error:
        sys.stderr.write(f"{asked['template']}: {error.message}")
        return REFUSED
    sys.stdout.buffer.write(made if isinstance(made, bytes) else b"".join(made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
