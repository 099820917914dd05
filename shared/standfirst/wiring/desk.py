"""Builds what the desk needs: its files, and where people sign in."""

import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path

from standfirst.adapters.clock import SystemClock
from standfirst.adapters.openid_issuer import OpenIdIssuer
from standfirst.api.static_files import StaticFile
from standfirst.domain.sign_in import SignIn
from standfirst.wiring.settings import ServeDeskSettings

LIBRARY = "preact.js"
"""The name under which the page imports Preact and HTM."""


def desk_files(folder: Path) -> Mapping[str, StaticFile]:
    """Returns the files in ``folder`` and below by their names there, and the library that the page imports."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    paths[LIBRARY] = library_path()
    return {name: StaticFile.of(name, path.read_bytes()) for name, path in paths.items()}


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
