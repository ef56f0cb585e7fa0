"""The file of a saved web page: everything packed, and a script that unpacks it. Nothing in it is requested."""

import zlib
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from html import escape
from math import ceil, inf
from pathlib import Path
from typing import Any, Final

from app import limits
from app.answers.numbers import to_json
from app.documents import filled
from app.export.page.answers import answer_groups
from app.export.page.packing import Packing
from app.known import KnownDocument
from app.page_files import page_directory
from app.problems import LimitProblem, Problem
from app.schemas.document import NetworkDocument
from app.schemas.requests import Language
from tinyml.steps import total

SAVED: Final = "saved"
# Bytes of the file besides the three packed parts.
OTHERS: Final = 6_000
# Unpacks style, answers and program, each of which is a list of bytes in base64 that no text of a document can end.
UNPACK: Final = """\
const unpacked = async (id) => {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (one) => one.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).text();
};
const [style, answers, program] = await Promise.all(['style', 'answers', 'program'].map(unpacked));
const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
document.adoptedStyleSheets = [sheet];
globalThis.saved = answers;
document.getElementById('app').replaceChildren();
const script = document.createElement('script');
const allowed = { createScript: (text) => text };
script.type = 'module';
script.textContent = globalThis.trustedTypes?.createPolicy('saved', allowed).createScript(program) ?? program;
document.head.append(script);
"""
# Of what is in the file, two scripts run, and nothing is loaded.
POLICY: Final = (
    "default-src 'none'; script-src {scripts}; img-src data: blob:; font-src data:; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types saved"
)
PAGE: Final = """\
<!doctype html>
<html lang="{lang}" data-language="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body>
<div id="app"><p>{needs}</p></div>
<script type="text/plain" id="style">{style}</script>
<script type="text/plain" id="answers">{answers}</script>
<script type="text/plain" id="program">{program}</script>
<script type="module">{unpack}</script>
</body>
</html>
"""
NEEDS: Final = {
    "en": "A training step, saved from Backprop Explorer. A browser of 2023 or later shows it, with JavaScript.",
    "zh": "从 Backprop Explorer 保存的一个网络的训练步。显示它需要启用 JavaScript 的浏览器（2023 年或更新）。",
}


def page_html(known: KnownDocument, language: Language, *, step: int = 1, cursor: int = 0) -> bytes:
    """The page, opened at a cursor of its training step. Raises a LimitProblem if the answers that it needs are too
    many, and a Problem if the page of this service is not built.
    """
    style, program, script = _program(_built(), language)
    known = _whole(known)
    packing = Packing()
    others = len(style) + len(program) + OTHERS
    licences = (_built().parent / "THIRD-PARTY.txt").read_text("utf-8")
    packing.add({"opening": _opening(known, step, cursor), "licences": licences}, inf)
    room = (limits.MAX_SAVED_BYTES - others) * 3 // 4
    for needed, group in answer_groups(known, language, lambda: room - packing.size):
        if needed:
            packing.add(group, inf)
            continue
        # Those that are needed come first.
        if (asked := others + ceil(packing.size * 4 / 3)) > limits.MAX_SAVED_BYTES:
            raise LimitProblem("MAX_SAVED_BYTES", asked, ("document",))
        packing.add(group, room)
    return PAGE.format(
        lang="zh-Hans" if language == "zh" else language,
        language=language,
        policy=POLICY.format(scripts=f"{_hash(UNPACK.encode())} {script}"),
        title=escape(known.document.name or "Backprop Explorer"),
        needs=NEEDS[language],
        style=style,
        answers=b64encode(packing.packed()).decode(),
        program=program,
        unpack=UNPACK,
    ).encode()


def _whole(known: KnownDocument) -> KnownDocument:
    """The document with everything that was drawn or filled in."""
    recorded = known.trace()
    if known.whole:
        return known
    return KnownDocument(NetworkDocument.model_validate_json(to_json(filled(known.document, recorded))))


def _opening(known: KnownDocument, step: int, cursor: int) -> dict[str, Any]:
    """What the page opens, as a link has it."""
    recorded = known.trace()
    at = {"step": step, "cursor": min(cursor, total(recorded.stages)), "sample": 0}
    state: dict[str, Any] = {"start": None, "trail": [], "example": None}
    looks = {"grain": "node", "notation": "scalar", "edges": "auto", "nodes": "both", "table": False}
    return {"document": known.document.model_dump(mode="json", exclude_unset=True), **at, **state, **looks}


def _built() -> Path:
    directory = page_directory()
    if directory is None or not (directory / SAVED / "page.css").is_file():
        detail = "This service is installed without its page, and so it cannot save one."
        raise Problem(503, detail, key="page_not_built")
    return directory / SAVED


@lru_cache(maxsize=2)
def _program(folder: Path, language: Language) -> tuple[str, str, str]:
    """The style and the program, packed, and the hash of the program for the policy."""
    style, program = ((folder / name).read_bytes() for name in ("page.css", f"{language}.js"))
    return _packed(style), _packed(program), _hash(program)


def _packed(content: bytes) -> str:
    return b64encode(zlib.compress(content, 9)).decode()


def _hash(script: bytes) -> str:
    return f"'sha256-{b64encode(sha256(script).digest()).decode()}'"
