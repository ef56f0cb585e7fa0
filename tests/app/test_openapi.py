"""The OpenAPI schema is true: schemathesis sends valid and invalid requests, and every answer matches the schema."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.main import create_app
from app.settings import Settings
from tests.app.conftest import example
from tests.support.server import running

EXAMPLES = 20
# Trainings that no test ends do not run until the test has ended.
SHORT = "import app.schemas.trainings; from app import limits; limits.MAX_TRAINING_STEPS = 1_000"


@pytest.mark.slow
def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    # Its own command, since its pytest plugin does not run under pytest 9.2.
    with running(tmp_path, SHORT) as server:
        schema = tmp_path / "openapi.json"
        described = one_document_but_for_traces(create_app(Settings(tmp_path)).openapi())
        schema.write_text(json.dumps(described))
        command = [
            Path(sys.executable).with_name("schemathesis"),
            f"--config-file={Path(__file__).with_name('schemathesis.toml')}",
            "run",
            str(schema),
            f"--url={server.url}",
            f"--max-examples={EXAMPLES}",
            "--seed=1",
            # Durations are ignored here: other tests run at the same time.
            "--request-timeout=120",
            "--suppress-health-check=too_slow",
            "--no-color",
        ]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout[-5_000:] + run.stderr[-1_000:]
        assert f"Tested: {sum(map(len, described['paths'].values()))}" in run.stdout


def one_document_but_for_traces(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with all kinds of network documents for POST /api/trace only, and with a single document for all other
    operations that take any: with all forms of it each operation would take minutes. So it is with the samples of a
    mini-batch in a receipt, which have the forms of a document's.
    """
    components = schema["components"]["schemas"]
    holding: set[str] = set()
    while reached := {name for name, one in components.items() if names(one) & {"NetworkDocument", *holding}} - holding:
        holding |= reached  # also indirectly, as a chain of receipts does

    def narrowed(node: Any) -> Any:
        if isinstance(node, list):
            return [narrowed(one) for one in node]
        if not isinstance(node, dict):
            return node
        name = str(node.get("$ref", "")).rpartition("/")[2]
        if name == "NetworkDocument":
            return {"enum": [example("chapter")]}
        if name == "ReceiptBatch":
            batch = components[name]
            return {
                **batch,
                "properties": batch["properties"] | {key: {"enum": [example("chapter")[key]]} for key in "xy"},
            }
        if name in holding:
            return narrowed(components[name])
        return {key: narrowed(value) for key, value in node.items()}

    for path, operations in schema["paths"].items():
        for operation in operations.values():
            if path != "/api/trace" and "requestBody" in operation:
                operation["requestBody"] = narrowed(operation["requestBody"])
    return schema


def names(schema: Any) -> set[str]:
    """The components to which a part of the schema refers."""
    if isinstance(schema, list):
        return set().union(*map(names, schema))
    if not isinstance(schema, dict):
        return set()
    return {str(schema.get("$ref", "")).rpartition("/")[2]}.union(*map(names, schema.values())) - {""}


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
