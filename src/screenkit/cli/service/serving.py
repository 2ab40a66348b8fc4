"""The command `serve`: the HTTP service over the installed lists, or over list files."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from screenkit import ServiceError
from screenkit.cli.configuration import PolicyChoice, policy_options
from screenkit.cli.decisions_file import DecisionsFile, decisions_options
from screenkit.cli.options import PATH
from screenkit.cli.records import RecordingOptions, recording_options
from screenkit.cli.searching import ListChoice, searching_options

from .searched import list_source


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65_535), help="The port to listen at.")
@click.option(
    "--keys", metavar="FILE", type=PATH, help="A file of API keys (screenkit keys add); each request needs one."
)
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="NAME", help="A further host name that requests may state."
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 256),
    help="Processes that answer; one for each core.",
)
@click.option("--time-limit", default=30.0, show_default=True, type=click.FloatRange(0.1, 3_600), help="Seconds.")
@click.option(
    "--concurrency", default=64, show_default=True, type=click.IntRange(1), help="Most requests screened or waiting."
)
@click.option(
    "--max-subjects", default=500, show_default=True, type=click.IntRange(1), help="Most subjects of a request."
)
@click.option(
    "--max-bytes", default=1_000_000, show_default=True, type=click.IntRange(1_000), help="Most bytes of one."
)
@searching_options
@policy_options
@decisions_options
@recording_options
def serve(
    host: str,
    port: int,
    keys: Path | None,
    hosts: tuple[str, ...],
    workers: int,
    time_limit: float,
    concurrency: int,
    max_subjects: int,
    max_bytes: int,
    choice: ListChoice,
    weighing: PolicyChoice,
    reviews: DecisionsFile,
    recording: RecordingOptions,
) -> None:
    """Serve screening over HTTP.

    POST /screen screens; GET /lists, /healthz, /readyz and /metrics say what is searched and how it goes; the page is
    at /. Newer editions are searched a few seconds after `screenkit update` installed them. Listening at an address
    that other machines reach needs --keys.
    """
    folder = click.get_current_context().with_resource(
        TemporaryDirectory(prefix="screenkit-serve-", ignore_cleanup_errors=True)
    )
    if workers > 1:
        # Read by the library that counts, when it is imported: the processes of the service share their counts.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    try:
        from screenkit.service.guarding.keys import KeyFile
        from screenkit.service.running import serve as run
        from screenkit.service.settings import LOOPBACK_HOSTS, Settings, is_loopback
    except ModuleNotFoundError as error:  # of an extra; imported here because it takes longer than other commands run
        raise ServiceError(f"serve needs {error.name}. Run `pip install 'screenkit[service]'`.") from error
    log = recording.open()
    settings = Settings(
        keys=None if keys is None else KeyFile(keys),
        hosts=(*LOOPBACK_HOSTS, *map(str.lower, hosts)) if is_loopback(host) or hosts else (),
        audit=log.log,
        subject_key=log.subject_key,
        decisions=reviews.open(),
        time_limit=time_limit,
        concurrency=concurrency,
        max_subjects=max_subjects,
        max_bytes=max_bytes,
        folder=Path(folder),
    )
    run(list_source(choice, weighing.chosen()), settings, host=host, port=port, workers=workers)
