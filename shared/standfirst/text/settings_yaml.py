"""YAML that an operator writes into a setting."""

from standfirst.domain.errors import SettingsError


def parsed(text: str, setting: str) -> object:
    """Returns what ``text`` says, ``{}`` where it says nothing; raises ``SettingsError`` that names ``setting``."""
    if not text:
        return {}
    # Here and not at the top: it costs 10 ms, and most deployments leave these settings empty.
    import yaml  # noqa: PLC0415

    try:
        return yaml.safe_load(text) or {}
    except yaml.YAMLError as exc:
        raise SettingsError(f"{setting}: this is not YAML: {' '.join(str(exc).split())}") from exc
