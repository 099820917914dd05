"""The functions of a release, run from its checkout by a process of their own: a line in, a line out.

    python serve_release.py CHECKOUT

The first line of standard input is ``{"resources": …, "variables": …}``, each other one
``{"function": …, "event": …}``. It is answered ``{"answer": …}``, or ``{"raised": …}``. What the
functions log goes to standard error.
"""

import json
import os
import sys
from pathlib import Path


def main(checkout: Path) -> None:
    """Answer until the input ends."""
    # Before what is installed: this process is to know the code of the checkout alone.
    sys.path[:0] = [str(checkout / "shared"), str(checkout / "local")]
    answers, sys.stdout = sys.stdout, sys.stderr

    from standfirst_local.deployment import read_deployment  # noqa: PLC0415
    from standfirst_local.functions import LocalFunction  # noqa: PLC0415

    given = json.loads(sys.stdin.readline())
    deployment = read_deployment({}, checkout)
    functions, environments = {}, {}
    for plan in deployment.functions:
        environments[plan.name] = deployment.environment_of(plan, given["resources"]) | given["variables"]
        os.environ.update(environments[plan.name])
        functions[plan.name] = LocalFunction(plan.name, plan.code, plan.memory_mb, plan.timeout_seconds)
    for line in sys.stdin:
        request = json.loads(line)
        # Read when the function is first invoked.
        os.environ.update(environments[request["function"]])
        try:
            answer = {"answer": functions[request["function"]].invoke(request["event"])}
        except Exception as error:  # noqa: BLE001 - it is told to whoever asked
            answer = {"raised": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
