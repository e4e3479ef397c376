"""Conduct rules: false nudges on ordinary support messages, the written examples, and the speed.

    python benchmarks/conduct.py FOLDER

FOLDER holds JSON lines `{"text", "label", "lang"}`; those labelled "none" are taken for ordinary. Prints
counts and rates, and which rules were wrong; never a message.
"""

import importlib.util
import json
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from compliance.boundaries import judge, links

SETS = (
    "esconv_seeker", "annomi_client", "counsel_chat", "sad_stressors", "topical_chat", "xdailydialog_en",
)  # fmt: skip
EXAMPLES = Path(__file__).parents[1] / "tests" / "unit" / "boundaries" / "nudged.py"
MOST = 2.0
"""False nudges in 1,000 messages at most."""


def main() -> int:
    """Print the table; status 1 if a target is missed."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print(__doc__)
        return 2
    total, wrong, texts = 0, 0, list[str]()
    print(f"{'set':<18}{'messages':>9}{'nudges':>8}{'per 1,000':>11}  rules")
    for name in SETS:
        rows = _ordinary(Path(sys.argv[1]) / f"{name}.jsonl")
        rules: Counter[str] = Counter()
        hits = 0
        for row in rows:
            # Both writers are judged: what is false from either counts once.
            found = {
                one.rule for who in ("client", "therapist") for one in judge(row["text"], who, row["lang"])
            }
            found |= {f"link/{one.why}" for one in links(row["text"], ())}
            hits += bool(found)
            rules.update(found)
        told = ", ".join(f"{rule} {count}" for rule, count in rules.most_common())
        print(f"{name:<18}{len(rows):>9}{hits:>8}{1000 * hits / len(rows):>11.2f}  {told}")
        total, wrong = total + len(rows), wrong + hits
        texts += [row["text"] for row in rows]
    rate = 1000 * wrong / total
    print(f"{'all':<18}{total:>9}{wrong:>8}{rate:>11.2f}  (at most {MOST:g})\n")
    examples = _examples()
    nudged = sum(kind in {one.kind for one in judge(text, who, lang)} for who, lang, kind, text in examples)
    print(f"written examples: {nudged} of {len(examples)} nudged\n")
    _speed(texts)
    return 0 if rate <= MOST and nudged == len(examples) else 1


def _ordinary(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [row for row in map(json.loads, file) if row["label"] == "none"]


def _examples() -> Any:
    spec = importlib.util.spec_from_file_location("nudged", EXAMPLES)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.NUDGED


def _once(text: str) -> float:
    began = time.perf_counter()
    judge(text, "client", "en")
    links(text, ())
    return time.perf_counter() - began


def _speed(texts: list[str]) -> None:
    times: list[float] = []
    for text in texts:
        # The better of two: what other processes take is not ours.
        times.append(min(_once(text), _once(text)))
    quantiles = statistics.quantiles(times, n=100)
    print(
        f"speed: {len(times) / sum(times):,.0f} messages a second, median {1e6 * quantiles[49]:.0f} µs, ",
        end="",
    )
    print(f"p99 {1e6 * quantiles[98]:.0f} µs (conduct and links together)")


if __name__ == "__main__":
    sys.exit(main())
