"""A model on this machine that answers after so many seconds, and what a function has to be told to ask it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import boto3
from measurement import CannotMeasure
from soak.children import CannotSoak, running

_KEY = "/standfirst/bench"


@contextmanager
def local_model(seconds: float) -> Iterator[Mapping[str, str]]:
    """Variables for the environment of a function whose model runs for the block; nobody reads its drafts."""
    boto3.client("ssm").put_parameter(Name=_KEY, Value="sk-bench", Type="SecureString", Overwrite=True)
    try:
        with running("model.py", {"seed": 1, "faults": {}, "seconds": [seconds, seconds]}) as model:
            yield {
                "MODEL_PROVIDER": "openai",
                "SECOND_READER": "off",
                "MODEL_BASE_URL": f"{model.said['url']}/v1",
                "MODEL_KEY_PARAMETER": _KEY,
            }
    except CannotSoak as error:
        raise CannotMeasure(str(error)) from error
