"""The result of `pip install .` works by itself: away from the checkout, in an environment that has only the wheel."""

import json
import os
import re
import signal
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]

CHAPTER = {
    "input_shape": [2],
    "layers": [{"type": "Linear", "output_dim": 2, "w": [[0.15, 0.20], [0.25, 0.30]], "b": [0.35, 0.45]}],
    "loss": {"type": "half_squared_error"},
    "optimizer": {"type": "sgd", "lr": 0.5},
    "x": [[0.1, 0.5]],
    "y": [[0.01, 0.99]],
}

pytestmark = pytest.mark.slow


def build(target: str, folder: Path, **variables: str) -> Path:
    """Build the wheel or the source distribution as a packaging tool would, and return it."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, check=True)
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an environment with the locked runtime packages and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("environment")
    uv("venv", "--quiet", "--python", sys.executable, str(folder))
    install(folder, "--require-hashes", "-r", str(ROOT / "requirements" / "runtime.txt"))
    return folder


def install(environment: Path, *arguments: str) -> None:
    uv("pip", "install", "--quiet", "--python", str(environment), *arguments)


def uv(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "uv", *arguments, "--no-python-downloads"], check=True)


@contextmanager
def served(environment: Path, folder: Path) -> Iterator[httpx.Client]:
    """Run the installed command from another folder, yield a client for it, and stop it with SIGTERM."""
    command = [environment / "bin" / "tinyml-explorer", "--port", "0", "--data", "data"]
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "TINYML"))
    }
    with subprocess.Popen(command, cwd=folder, env=clean, stdout=subprocess.PIPE, text=True) as server:
        try:
            line = server.stdout.readline()
            address = re.search(r"http://\S+", line)
            assert address, f"expected a line with the address, got {line!r}"
            with httpx.Client(base_url=address[0], timeout=60) as client:  # a busy machine is no failure
                yield client
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=10) in (0, -signal.SIGTERM)


def test_the_installed_command_serves_the_page_and_a_trace(environment: Path, tmp_path: Path) -> None:
    install(environment, "--no-deps", "--reinstall", str(build("wheel", tmp_path / "wheel")))
    with served(environment, tmp_path) as client:
        page = client.get("/")
        assert page.status_code == 200
        assert page.text.lower().startswith("<!doctype html>")
        assets = re.findall(r'(?:src|href)="(?:\./|/)?(assets/[^"]+)"', page.text)
        assert assets
        for asset in assets:
            for coding in ("br", "gzip"):
                answer = client.get(f"/{asset}", headers={"Accept-Encoding": coding})
                assert answer.status_code == 200
                if asset.endswith((".js", ".css")):
                    assert answer.headers["Content-Encoding"] == coding
        assert client.get("/docs").text.lower().startswith("<!doctype html>")
        assert "SIL OPEN FONT LICENSE" in client.get("/THIRD-PARTY.txt").text
        trace = client.post("/api/trace", json=CHAPTER).json()
        assert client.post("/api/networks", json=CHAPTER).status_code == 201
    assert trace["tensors"]["fc_1.output"] == [pytest.approx([0.49, 0.62], abs=1e-12)]
    assert trace["loss"]["value"] == pytest.approx(0.18365, abs=1e-12)
    assert list((tmp_path / "data").iterdir()), "networks are kept where --data says"


def test_without_the_page_the_service_works_and_explains_how_to_build_it(environment: Path, tmp_path: Path) -> None:
    wheel = build("wheel", tmp_path / "wheel", TINYML_WITHOUT_PAGE="1")
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("app/static/")]
    install(environment, "--no-deps", "--reinstall", str(wheel))
    with served(environment, tmp_path) as client:
        assert client.post("/api/trace", json=CHAPTER).status_code == 200
        assert "python3 dev.py run" in client.get("/").text


def test_a_wheel_can_be_built_from_the_source_distribution(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"pyproject.toml", "LICENSE", "app/cli.py", "tinyml/__init__.py"}
    page = {"build_hook.py", "package.json", "package-lock.json", "index.html"}
    assert needed | {f"static/{name}" for name in page} <= names
    assert not {name for name in names if name.startswith(("static/node_modules", "static/dist", ".venv"))}


def test_the_wheel_names_what_it_needs(tmp_path: Path) -> None:
    with zipfile.ZipFile(build("wheel", tmp_path, TINYML_WITHOUT_PAGE="1")) as wheel:
        names = wheel.namelist()
        metadata = wheel.read(next(name for name in names if name.endswith("METADATA"))).decode()
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"app", "tinyml"}
    assert "Requires-Python: >=3.11" in metadata
    assert "Requires-Dist: numpy" in metadata
    assert "torch" not in json.dumps(metadata)
