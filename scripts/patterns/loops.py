"""The loops of a graph: its strongly connected parts, after Tarjan, without recursion."""

from collections.abc import Iterator

Graph = dict[int, dict[int, int]]


def loops(graph: Graph) -> list[set[int]]:
    """Groups of nodes from each of which every other of the group, and the node itself, can be reached."""
    search = _Search(graph)
    for root in graph:
        if root not in search.index:
            search.run(root)
    return search.found


class _Search:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.index: dict[int, int] = {}
        self.low: dict[int, int] = {}
        self.stack: list[int] = []
        self.waiting: set[int] = set()
        self.found: list[set[int]] = []

    def run(self, root: int) -> None:
        work = [self._enter(root)]
        while work:
            node, rest = work[-1]
            each = next(rest, None)
            if each is None:
                work.pop()
                self._leave(node)
                if work:
                    self._lower(work[-1][0], self.low[node])
            elif each not in self.index:
                work.append(self._enter(each))
            elif each in self.waiting:
                self._lower(node, self.index[each])

    def _enter(self, node: int) -> tuple[int, Iterator[int]]:
        self.index[node] = self.low[node] = len(self.index)
        self.stack.append(node)
        self.waiting.add(node)
        return node, iter(self.graph[node])

    def _lower(self, node: int, low: int) -> None:
        self.low[node] = min(self.low[node], low)

    def _leave(self, node: int) -> None:
        if self.low[node] != self.index[node]:
            return
        at = self.stack.index(node)
        part = set(self.stack[at:])
        del self.stack[at:]
        self.waiting -= part
        if len(part) > 1 or node in self.graph[node]:
            self.found.append(part)
