"""The command `tinyml-explorer` prints its address, or one line with the reason why it cannot start."""

import os
import socket
from pathlib import Path

import pytest

from app import cli


def test_blas_has_one_thread_before_numpy_comes_in() -> None:
    assert os.environ["OPENBLAS_NUM_THREADS"]


def test_a_port_in_use_is_reported_with_the_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"cannot listen on 127.0.0.1 port {port}: something else does; .* --port"):
            cli.main(["--port", str(port)])


def test_an_unknown_host_is_reported() -> None:
    with pytest.raises(SystemExit, match="cannot listen on nowhere.invalid port 8000: .*; try another --host"):
        cli.main(["--host", "nowhere.invalid"])


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_a_port_that_is_none_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main([f"--port={port}"])
    assert "argument --port" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::1", "[::1]"), ("::", "[::1]")]
)
def test_the_url_is_one_that_a_browser_here_can_open(host: str, shown: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert cli.url_of(listener, host) == f"http://{shown}:{listener.getsockname()[1]}"


def test_the_page_is_found_where_it_was_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from app import page_files

    monkeypatch.setattr(page_files, "PACKAGE", tmp_path / "app")
    assert page_files.page_directory() is None
    for folder in (tmp_path / "static" / "dist", tmp_path / "app" / "static"):
        folder.mkdir(parents=True)
        assert page_files.page_directory() != folder, "an empty folder is no page"
        (folder / "index.html").write_text("<!doctype html>")
        assert page_files.page_directory() == folder
