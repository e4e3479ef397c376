"""Several phrases that are looked for around a find."""

from collections.abc import Callable, Iterable, Sequence

from compliance.crisis.matcher import Part, ends, first_words


class Group:
    """The phrases, sorted by first word; read when they are first needed."""

    def __init__(self, lines: str, read: Callable[[str], Sequence[Part]]) -> None:
        """`lines`: one phrase on each."""
        self._lines = lines
        self._read = read
        self._by_first: dict[str, list[Sequence[Part]]] = {}
        self._others: list[Sequence[Part]] = []
        self._ready = False

    def __bool__(self) -> bool:
        return bool(self._lines)

    def prepare(self) -> None:
        """Read the phrases; done when first needed. Raises what reading raises."""
        for parts in map(self._read, self._lines.splitlines()):
            words = first_words(parts)
            if words is None:
                self._others.append(parts)
                continue
            for word in words:
                self._by_first.setdefault(word, []).append(parts)
        self._ready = True

    def within(self, words: Sequence[str], start: int, stop: int) -> bool:
        """Whether a phrase lies wholly between two places."""
        return any(any(end <= stop for end in found) for _, found in self._all(words, start, stop))

    def close_to(self, words: Sequence[str], begin: int, end: int, reach: int) -> bool:
        """Whether a phrase lies at most so many words from words[begin:end], and not wholly inside it."""
        start, stop = max(0, begin - reach), min(len(words) - 1, end + reach)
        return any(
            last <= stop and not (begin <= place and last <= end)
            for place, found in self._all(words, start, stop)
            for last in found
        )

    def up_to(self, words: Sequence[str], start: int, stop: int) -> bool:
        """Whether a phrase begins after `start` and ends just at `stop`."""
        return any(stop in found for _, found in self._all(words, start, stop))

    def at(self, words: Sequence[str], place: int) -> bool:
        """Whether a phrase begins just here."""
        return any(True for _ in self._all(words, place, place + 1))

    def _all(self, words: Sequence[str], start: int, stop: int) -> Iterable[tuple[int, set[int]]]:
        if not self._ready:
            self.prepare()
        for place in range(start, stop):
            for parts in self._by_first.get(words[place], ()):
                if found := ends(parts, words, (place,)):
                    yield place, found
            for parts in self._others:
                if found := ends(parts, words, (place,)):
                    yield place, found
