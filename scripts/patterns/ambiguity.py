"""Whether a pattern can take more than linear time: the criteria of Weber and Seidl on the graph of its characters.

Exponential: some text leads from a character back to itself in two ways. Quadratic: some text leads from one
repetition to another and also round each of them; a search that is tried at each place counts as the first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from scripts.patterns.loops import Graph, loops
from scripts.patterns.machine import Machine, machines

Pair = tuple[int, int]


def faults(pattern: str, flags: int = 0) -> list[str]:
    """What is wrong with a pattern, a line each; empty when its time grows with the text only. Raises Unknown."""
    found: list[str] = []
    made, alphabet = machines(pattern, flags)
    for machine in made:
        for kind, nodes in _Check(machine).faults():
            words = "".join(dict.fromkeys(alphabet.example(machine.sets[node]) for node in nodes))[:16]
            found.append(f"{kind} (repeats of {words!r})")
    return list(dict.fromkeys(found))


class _Check:
    def __init__(self, machine: Machine) -> None:
        self.machine, self.sets = machine, machine.sets
        self.graph: Graph = {node: dict(machine.follow.get(node, {})) for node in range(len(machine.sets))}
        self.sure = set(machine.whole.sure)

    def faults(self) -> Iterator[tuple[str, list[int]]]:
        graph = _without(self.graph, self.sure) if self.machine.kind == "once" else self.graph
        kept = [loop for loop in loops(graph) if not any(loop <= group for group in self.machine.atomic)]
        clear = []
        for loop in kept:
            if self._two_ways(graph, loop):
                yield "exponential: the same text can be read in two ways again and again", sorted(loop)
            else:
                clear.append(loop)
        if self.machine.kind == "loop":
            return
        for one in clear:
            for other in loops(graph):
                if one != other and (shared := self._shared(one, other)):
                    yield "quadratic: two repetitions share their text", shared
        if self.machine.kind == "search":
            for loop in loops(_without(self.graph, self.sure)):
                if node := self._searched(loop):
                    yield "quadratic: a search runs through the repetition from each place", node

    def _steps(self, ones: Iterable[int], others: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        behind = [(other, self.sets[other]) for other in others]
        for one in ones:
            mine = self.sets[one]
            for other, mask in behind:
                if mine & mask:
                    yield one, other, mine & mask

    def _two_ways(self, graph: Graph, loop: set[int]) -> bool:
        inside = {node: [each for each in graph[node] if each in loop] for node in loop}
        if any(graph[node][each] > 1 for node in loop for each in inside[node]):
            return True
        back: dict[Pair, set[Pair]] = defaultdict(set)
        waiting = [(node, node) for node in loop]
        seen = set(waiting)
        while waiting:
            pair = waiting.pop()
            for one, other, _ in self._steps(inside[pair[0]], inside[pair[1]]):
                target = (min(one, other), max(one, other))
                back[target].add(pair)
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
        return any(one != other for one, other in _reached([(node, node) for node in loop], back))

    def _shared(self, one: set[int], other: set[int]) -> list[int]:
        """A character of each loop between which the same text can lead, and round each."""
        for p, q in self._together(one, other):
            seen, waiting = {(p, p, q)}, [(p, p, q)]
            while waiting:
                x, y, z = waiting.pop()
                for x2, y2, mask in self._steps((n for n in self.graph[x] if n in one), self.graph[y]):
                    for z2 in self.graph[z]:
                        target = (x2, y2, z2)
                        if z2 in other and mask & self.sets[z2] and target not in seen:
                            if target == (p, q, q):
                                return [p, q]
                            seen.add(target)
                            waiting.append(target)
        return []

    def _together(self, one: set[int], other: set[int]) -> list[Pair]:
        """Pairs of characters that the same text can lead back to."""
        pairs: dict[int, dict[int, int]] = {}
        number = {(x, z): x * len(self.sets) + z for x in one for z in other}
        for (x, z), key in number.items():
            nexts = self._steps((n for n in self.graph[x] if n in one), [n for n in self.graph[z] if n in other])
            pairs[key] = {number[a, b]: 1 for a, b, _ in nexts}
        return [divmod(key, len(self.sets)) for loop in loops(pairs) for key in loop]

    def _searched(self, loop: set[int]) -> list[int]:
        start = [node for node in self.machine.whole.first if node not in self.machine.whole.at_start]
        for q in loop:
            if q in self.sure:
                continue
            waiting = [(-1, q)]
            seen = set(waiting)
            while waiting:
                y, z = waiting.pop()
                nexts = [*start, -1] if y < 0 else self.graph[y]
                for z2 in self.graph[z]:
                    if z2 not in loop or z2 in self.sure:
                        continue
                    for y2 in nexts:
                        if (y2 < 0 or self.sets[y2] & self.sets[z2]) and (y2, z2) not in seen:
                            if y2 == z2 == q:
                                return sorted(loop)
                            seen.add((y2, z2))
                            waiting.append((y2, z2))
        return []


def _without(graph: Graph, gone: set[int]) -> Graph:
    return {node: {n: w for n, w in row.items() if n not in gone} for node, row in graph.items() if node not in gone}


def _reached(start: Iterable[Pair], edges: dict[Pair, set[Pair]]) -> set[Pair]:
    waiting = list(start)
    seen = set(waiting)
    while waiting:
        for each in edges.get(waiting.pop(), ()):
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return seen
