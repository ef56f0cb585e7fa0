"""The OpenAPI schema is true: schemathesis sends what it allows and what it forbids, and every answer keeps to it."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.main import create_app
from app.settings import Settings
from tests.support.server import running

EXAMPLES = 20


@pytest.mark.slow
def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    # Its own command, since its pytest plugin does not run under pytest 9.2.
    with running(tmp_path) as server:
        command = [
            Path(sys.executable).with_name("schemathesis"),
            f"--config-file={Path(__file__).with_name('schemathesis.toml')}",
            "run",
            f"{server.url}/openapi.json",
            f"--max-examples={EXAMPLES}",
            "--seed=1",
            "--no-color",
        ]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout[-5_000:] + run.stderr[-1_000:]
        assert "Tested: 22" in run.stdout


def test_every_operation_documents_its_problems() -> None:
    document = create_app(Settings(Path("unused"))).openapi()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            statuses = set(operation["responses"])
            if "requestBody" in operation:
                assert {"400", "413", "422"} <= statuses, (method, path)
            if path.startswith("/api/networks/{id}"):
                assert {"404", "503"} <= statuses, (method, path)
            for status, response in operation["responses"].items():
                if status >= "400":
                    assert list(response["content"]) == ["application/problem+json"], (method, path, status)
