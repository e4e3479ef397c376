"""Options that several commands share."""

import argparse
import os
from pathlib import Path

from config.settings import Settings, load
from config.source import CONFIG_VARIABLE

FILE_NAME = "stillroom.toml"


def add_config(parser: argparse.ArgumentParser) -> None:
    """`--config FILE`: else the variable STILLROOM_CONFIG, else stillroom.toml in this folder."""
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        default=Path(os.environ.get(CONFIG_VARIABLE, FILE_NAME)),
        help=f"the settings file (default: ${CONFIG_VARIABLE}, else {FILE_NAME} in this folder)",
    )


def settings(args: argparse.Namespace) -> Settings:
    """The settings that the command line names. Raises SettingsError."""
    path: Path = args.config
    return load(path / FILE_NAME if path.is_dir() else path)
