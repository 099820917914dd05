"""Builds what the desk needs: its files, and where people sign in."""

import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path

from standfirst.adapters.clock import SystemClock
from standfirst.adapters.openid_issuer import OpenIdIssuer
from standfirst.api.static_files import StaticFile
from standfirst.domain.sign_in import SignIn
from standfirst.wiring.plain_settings import ServeDeskSettings

LIBRARY = "preact.js"
"""The name under which the page imports Preact and HTM."""


def desk_files(folder: Path) -> Mapping[str, StaticFile]:
    """Returns the files in ``folder`` and below by their names there, and the library that the page imports."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    paths[LIBRARY] = library_path()
    return {name: StaticFile.of(name, without_comments(name, path.read_bytes())) for name, path in paths.items()}


def without_comments(name: str, content: bytes) -> bytes:
    """Returns a script or a style sheet without its comments: a sixth of the page, for those who read its source here.

    Only comments that begin their line, so that no string is taken for one.
    """
    if name == LIBRARY or not name.endswith((".js", ".css")):
        return content
    kept, is_inside = [], False
    for line in content.splitlines(keepends=True):
        text = line.strip()
        if is_inside or text.startswith(b"/*"):
            _, end, code = text.partition(b"*/")
            is_inside = not end
            if code:
                kept.append(code + b"\n")
        elif not text.startswith(b"//"):
            kept.append(line)
    return b"".join(kept)


def library_path() -> Path:
    """Returns where Preact and HTM lie, in one file. Their package is a plugin of Datasette and is not imported."""
    spec = importlib.util.find_spec("datasette_preact")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("The package datasette-preact is not installed.")
    (path,) = Path(spec.submodule_search_locations[0], "static").glob("preact-*.min.js")
    return path


def sign_in_from(settings: ServeDeskSettings) -> Callable[[], SignIn | None]:
    """Returns what says how people sign in: not at all without an issuer, as on a developer's machine."""
    if settings.jwt_issuer is None:
        return lambda: None
    return OpenIdIssuer(settings.jwt_issuer, settings.desk_client_id, settings.desk_scope, SystemClock()).sign_in
