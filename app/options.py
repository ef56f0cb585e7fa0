"""The options of the command `tinyml-explorer`, and its help."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from app import VERSION
from app.logs import FORMATS
from app.origins import host_name
from app.settings import origin

EXAMPLES = """examples:
  tinyml-explorer --open
  tinyml-explorer --host 0.0.0.0 --allow-host teacher-laptop
  tinyml-explorer --guest --allow-host explorer.example.org --data networks --log-format json
"""
VERIFY_EXAMPLES = """examples:
  tinyml-explorer verify receipt.json
  tinyml-explorer verify first.json second.json
"""
EXPORT_EXAMPLES = """examples:
  tinyml-explorer export code numpy network.json
  tinyml-explorer export code pytorch network.json --output step.py
  tinyml-explorer export code jax network.json --step 100
  tinyml-explorer export workbook xlsx network.json --output step.xlsx
  tinyml-explorer export table csv network.json --table fc_1.w.grad
"""
CLASS_EXAMPLES = """examples:
  tinyml-explorer class-code --learners 300 --hours 3
  tinyml-explorer class-code --learners 30 --hours 2 --data networks --address https://explorer.example.org
"""
MAX_WORKERS = 64
# Of a class code.
MOST_LEARNERS = 2_000
MOST_HOURS = 14 * 24


def parser() -> argparse.ArgumentParser:
    """The argument parser of the command."""
    parser = argparse.ArgumentParser(
        prog="tinyml-explorer",
        description="Explore backpropagation in your browser: every number, and where it came from.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", default=8000, type=port, help="port to listen on (default: %(default)s; 0: any free)")
    parser.add_argument("--open", action="store_true", help="open the page in the browser when the server is ready")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="folder that keeps the networks (default: $TINYML_DATA)"
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        help="PostgreSQL database that keeps the networks instead, postgresql+psycopg://user:password@host/name "
        "(default: $TINYML_DATABASE, where other users of the machine do not see the password)",
    )
    parser.add_argument(
        "--workers",
        default=1,
        type=workers,
        metavar="N",
        help="processes that answer requests, about one for each core (default: %(default)s)",
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        type=name,
        metavar="NAME",
        help="answer to this host name too, such as that of this machine in its network; can be given several times "
        "(default: $TINYML_ALLOW_HOSTS, separated by commas)",
    )
    parser.add_argument(
        "--allow-frame",
        action="append",
        default=[],
        type=frame,
        metavar="ORIGIN",
        help="let pages of this origin, such as https://lms.example, show the page in a frame; can be given several "
        "times (default: $TINYML_ALLOW_FRAMES, separated by commas)",
    )
    parser.add_argument(
        "--guest",
        action="store_true",
        help="for a public address: tighter limits, and quotas for each visitor (default: $TINYML_GUEST)",
    )
    parser.add_argument(
        "--keep-days",
        type=int,
        metavar="N",
        help="delete networks that were not used for N days; 0 deletes none (default: $TINYML_KEEP_DAYS, or 30 with "
        "--guest and otherwise 0)",
    )
    parser.add_argument(
        "--metrics", action="store_true", help="let other machines read GET /metrics too (default: $TINYML_METRICS)"
    )
    parser.add_argument(
        "--log-format",
        choices=FORMATS,
        help="text: what goes wrong; json: one line for each request too (default: $TINYML_LOG_FORMAT, or text)",
    )
    parser.add_argument(
        "--log-clients",
        action="store_true",
        help="log the network address of the client with each request (default: $TINYML_LOG_CLIENTS)",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="verify | export | class-code", title="instead of serving")
    verify = commands.add_parser(
        "verify",
        help="check receipts",
        description="Check receipts line by line, and that each follows from the one before, in the order given.",
        epilog=VERIFY_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verify.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="what POST /api/receipt or POST /api/receipts answered; - reads standard input",
    )
    _export(commands)
    _class_code(commands)
    return parser


def _export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = commands.add_parser(
        "export",
        help="write a network's training step as a file for other programs",
        description="Write the training step of a network document as a file for other programs, such as code numpy, "
        "a program that prints the loss and every gradient. An unknown one is refused with the list of all.",
        epilog=EXPORT_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    export.add_argument("what", metavar="WHAT", help="what to write, such as code")
    export.add_argument("format", metavar="FORMAT", help="its format, such as numpy, pytorch or jax")
    export.add_argument("file", metavar="FILE", help="a network document, as the page saves it; - reads standard input")
    export.add_argument("--output", type=Path, metavar="FILE", help="file to write (default: standard output)")
    # The request of POST /api/export: what it means is checked there.
    export.add_argument("--step", type=int, metavar="N", help="take so many training steps first (default: 0)")
    export.add_argument("--cursor", type=int, metavar="N", help="show so many terms of the passes (default: all)")
    export.add_argument("--language", metavar="en | zh", help="of the words in it (default: en)")
    export.add_argument("--seed", type=int, metavar="N", help="in place of the document's")
    export.add_argument("--table", metavar="REF", help="the tensor of a table, such as fc_1.w.grad")
    export.add_argument("--layout", metavar="NAME", help="of products: rows (default), columns, pytorch or delta")
    export.add_argument("--first-index", type=int, metavar="0 | 1", help="of symbols (default: 1)")
    export.add_argument("--derivative", metavar="partial | d", help="the sign of derivatives (default: partial)")
    export.add_argument("--theme", metavar="colour | grey", help="of a figure (default: colour)")
    export.add_argument("--numbers", metavar="NAME", help="in a figure: none, values (default) or gradients")
    export.add_argument("--sample", type=int, metavar="N", help="of a figure, counted from 0 (default: 0)")


def _class_code(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    code = commands.add_parser(
        "class-code",
        help="make a code with which the learners of a class have no quotas",
        description="Make a class code for a service with --guest and the same --data or --database: "
        "a session that enters it, or opens its link, has no quotas until it ends.",
        epilog=CLASS_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    code.add_argument(
        "--learners", required=True, type=within(MOST_LEARNERS), metavar="N", help="how many sessions may enter it"
    )
    code.add_argument(
        "--hours", required=True, type=within(MOST_HOURS), metavar="N", help="after how many hours it ends"
    )
    code.add_argument(
        "--address",
        default="http://127.0.0.1:8000",
        type=address,
        metavar="URL",
        help="of the page, for the link (default: %(default)s)",
    )
    # Without a default here, that of the program itself holds, whose options these are too.
    code.add_argument("--data", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="folder of the service")
    code.add_argument("--database", metavar="URL", default=argparse.SUPPRESS, help="database of the service instead")


def within(most: int) -> Callable[[str], int]:
    """Reads a whole number from 1 to the most."""

    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"expected a number from 1 to {most:,}")
        return int(text)

    return number


def name(text: str) -> str:
    """Read a host name, without a scheme and without a port."""
    if not text or host_name(text) != text.lower():
        raise argparse.ArgumentTypeError("expected a host name alone, such as explorer.example.org")
    return text


def frame(text: str) -> str:
    """Read an origin."""
    try:
        return origin(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def address(text: str) -> str:
    """Read the address of a page."""
    try:
        return origin(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            "expected the address of the page without a path, such as https://explorer.example.org"
        ) from error


def workers(text: str) -> int:
    """Read a number of processes."""
    number = int(text)
    if not 1 <= number <= MAX_WORKERS:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to {MAX_WORKERS}, got {number}")
    if number > 1 and sys.platform == "win32":
        raise argparse.ArgumentTypeError("several processes cannot share a data folder on Windows; expected 1")
    return number


def port(text: str) -> int:
    """Read a port number."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 65535, got {number}")
    return number
