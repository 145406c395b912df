"""Copy the page assets from node_modules to static/vendor; run after `npm ci`, before `collectstatic`.

The design system looks up its fonts and pictures at /assets; they are not ours to serve,
so its @font-face rules and picture addresses are taken out and its font family becomes our token.
The sheet is put into a cascade layer: whatever our own sheets say wins without a contest of selectors.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
TARGET = ROOT / "static" / "vendor"

SHEETS = {"govuk": "govuk-frontend/dist/govuk/govuk-frontend.min.css"}
SCRIPTS = {"htmx.min.js": "htmx.org/dist/htmx.min.js"}
FONTS = {
    "@fontsource/noto-sans/files/noto-sans-{subset}-{weight}-normal.woff2": ("latin", "latin-ext", "vietnamese"),
    "@fontsource/noto-sans-khmer/files/noto-sans-khmer-{subset}-{weight}-normal.woff2": ("khmer",),
}
WEIGHTS = (400, 600, 700)
# For papers (PDF) the whole fonts, in the one format their maker reads.
PRINT_FONTS = {"noto-sans": "NotoSans", "noto-sans-khmer": "NotoSansKhmer"}
PRINT_WEIGHTS = ("400Regular", "700Bold")
LICENCES = {
    "noto-sans": "@fontsource/noto-sans/LICENSE",
    "noto-sans-khmer": "@fontsource/noto-sans-khmer/LICENSE",
    "htmx": "htmx.org/LICENSE",
}


def ours(css: str, layer: str) -> str:
    """Return a published sheet without foreign fonts, pictures and maps, inside its layer."""
    css = re.sub(r'@charset "[^"]*";', "", css)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"font-family:(?:GDS Transport,arial,)?sans-serif", "font-family:var(--font)", css)
    css = re.sub(r"url\(/assets/[^)]*\)", "none", css)
    css = re.sub(r"/\*[#@] sourceMappingURL=.*?\*/", "", css)
    return f"@layer {layer} {{\n{css}\n}}\n"


def copy_sheets() -> None:
    """Write the published sheets."""
    for layer, source in SHEETS.items():
        css = (MODULES / source).read_text(encoding="utf-8")
        (TARGET / f"{layer}.css").write_text(ours(css, layer), encoding="utf-8")


def copy_fonts() -> None:
    """Copy the subsets and weights that our sheets name."""
    (TARGET / "fonts").mkdir(exist_ok=True)
    for pattern, subsets in FONTS.items():
        for subset in subsets:
            for weight in WEIGHTS:
                shutil.copy(MODULES / pattern.format(subset=subset, weight=weight), TARGET / "fonts")


def copy_print_fonts() -> None:
    """Copy the fonts that papers are set in."""
    (TARGET / "print").mkdir(exist_ok=True)
    for folder, name in PRINT_FONTS.items():
        for weight in PRINT_WEIGHTS:
            shutil.copy(MODULES / f"@expo-google-fonts/{folder}/{weight}/{name}_{weight}.ttf", TARGET / "print")


def copy_scripts() -> None:
    """Copy htmx; its map is not served."""
    for name, source in SCRIPTS.items():
        code = (MODULES / source).read_text(encoding="utf-8")
        code = re.sub(r"//[#@] sourceMappingURL=.*", "", code)
        (TARGET / name).write_text(code, encoding="utf-8")


def copy_licences() -> None:
    """Keep each licence beside what it covers (govuk-frontend is MIT and ships none)."""
    (TARGET / "licences").mkdir(exist_ok=True)
    for name, source in LICENCES.items():
        shutil.copy(MODULES / source, TARGET / "licences" / f"{name}.txt")


def main() -> None:
    """Build static/vendor anew."""
    if not MODULES.is_dir():
        raise SystemExit("node_modules is not here: run `npm ci` first")
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    copy_sheets()
    copy_fonts()
    copy_print_fonts()
    copy_scripts()
    copy_licences()
    size = sum(path.stat().st_size for path in TARGET.rglob("*") if path.is_file())
    print(f"static/vendor: {size // 1000} kB from the locked packages")


if __name__ == "__main__":
    main()
