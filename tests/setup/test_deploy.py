"""The files in deploy/ fit their schemas, and what they say of the service is so."""

import re
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from kubernetes_validate import ValidationError, validate

from app.options import parser
from app.settings import check_names
from app.store.postgres import MOST, address

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "deploy" / "compose.yaml"
OBJECTS = [*yaml.safe_load_all((ROOT / "deploy" / "kubernetes.yaml").read_text("utf-8"))]
SERVICES = yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]
DEPLOYMENT = next(of for of in OBJECTS if of["kind"] == "Deployment")
POD = DEPLOYMENT["spec"]["template"]
CONTAINER = POD["spec"]["containers"][0]


def linted(file: Path) -> int:
    """The exit code of the linter of Compose files."""
    command = [sys.executable, "-m", "compose_lint", "check", "--fail-on", "high", str(file)]
    return subprocess.run(command, capture_output=True).returncode


def test_the_compose_file_passes_its_linter_and_a_careless_one_does_not(tmp_path: Path) -> None:
    assert linted(COMPOSE) == 0
    careless = tmp_path / "compose.yaml"
    careless.write_text(COMPOSE.read_text("utf-8").replace("    cap_drop: [ALL]\n", "    privileged: true\n"), "utf-8")
    assert linted(careless) != 0


@pytest.mark.parametrize("described", OBJECTS, ids=[of["kind"] for of in OBJECTS])
def test_the_manifest_fits_the_schemas_of_kubernetes(described: dict[str, Any]) -> None:
    validate(described, "1.37", strict=True)
    misspelt = deepcopy(described)
    misspelt["spec"]["replica"] = 3
    with pytest.raises(ValidationError):
        validate(misspelt, "1.37", strict=True)


def test_parts_that_name_each_other_agree() -> None:
    assert all(needed in SERVICES for of in SERVICES.values() for needed in of.get("depends_on", {}))
    assert "explorer 8000" in (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
    labels = POD["metadata"]["labels"]
    others = {of["kind"]: of for of in OBJECTS}
    assert DEPLOYMENT["spec"]["selector"]["matchLabels"] == labels
    assert others["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert others["Service"]["spec"]["selector"] == labels
    assert others["Service"]["spec"]["ports"][0]["targetPort"] == CONTAINER["ports"][0]["name"]
    (rule,) = others["Ingress"]["spec"]["rules"]
    assert rule["host"] in {one.get("value") for one in CONTAINER["env"] if one["name"] == "TINYML_ALLOW_HOSTS"}
    user = re.search(r"^USER (\d+):(\d+)$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert user is not None
    context = POD["spec"]["securityContext"]
    assert [context["runAsUser"], context["runAsGroup"]] == [*map(int, user.groups())]


def test_the_commands_and_settings_are_those_of_the_service() -> None:
    for command, port in (
        (SERVICES["explorer"]["command"], 8000),
        (CONTAINER["args"], CONTAINER["ports"][0]["containerPort"]),
    ):
        options = parser().parse_args(command[1:])
        assert (command[0], options.host, options.port, options.workers) == ("tinyml-explorer", "0.0.0.0", port, 2)
    check_names(SERVICES["explorer"]["environment"])
    check_names(one["name"] for one in CONTAINER["env"])
    url = re.sub(r"\$\{.*?\}", "secret", SERVICES["explorer"]["environment"]["TINYML_DATABASE"])
    assert address(url).host in SERVICES


def test_the_database_has_connections_for_all_processes() -> None:
    most = int(SERVICES["database"]["command"][-1].removeprefix("max_connections="))
    assert SERVICES["explorer"]["deploy"]["replicas"] * 2 * MOST <= most - 10
