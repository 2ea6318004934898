"""Turtle texts as nobody would lay them out, with a comment wherever one may stand.

Every value, predicate and comment has a number of its own, so that it can be found again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

HEADERS = (
    ("@prefix", "ex:", "<http://data.example/>", "."),
    ("PREFIX", "ns:", "<http://data.example/ns#>"),
    ("@prefix", "rdfs:", "<http://www.w3.org/2000/01/rdf-schema#>", "."),
    ("prefix", "xsd:", "<http://www.w3.org/2001/XMLSchema#>"),
    ("@base", "<http://base.example/a/b>", "."),
    ("BASE", "<http://base.example/c/>"),
    ("@prefix", ":", "<http://data.example/empty/>", "."),
)
_PLAIN_GAPS = (" ", " ", "\n", "\t", "  \n  ", "\r\n", "\n\n", "\r")
_COMMENTED_GAPS = (
    *(
        " #\n",
        "\n#\n",
        "#\n",
        "\n\n  #\n",
        " #\n   #\n",
        "\r\n#\r\n",
        " #\r\n\t#\n\n",
        "\n#\n\n#\n",
    ),
    *("\n\n#\n\n#\n\n", " #\n#\n#\n"),
)
_ATOMS = (
    *(("ex:v{}",), ("ns:v{}",), ("<http://data.example/v{}>",), ("<http://data.example/ns#v{}>",)),
    *(("<v{}>",), ("<#v{}>",), ("<http://else.example/v{}>",), ("<http://data.example/x/../v{}>",)),
    *(('"v{}"',), ("'v{}'",), ("'v{} it\\'s'",), ("'v{} \"'",), ('"v{} \\u0161 # ;"',)),
    *(('"""v{}\n two "quoted" \\""""',), ("'''v{}\r\n '''",), ("'''v{} \" '''",), ('"""v{}"""',)),
    *(('"v{}"', "@en"), ("'v{}'", "@lt"), ('"v{}"', "@EN-gb"), ('"""v{}"""', "@de")),
    *(('"v{}"', "^^", "xsd:date"), ("'v{}'", "^^", "<http://www.w3.org/2001/XMLSchema#gYear>")),
    *(("{}",), ("-{}.50",), ("{}.e0",), ("+{}E-1",), ("_:v{}",), ("ex:v{}\\,b",), ("ex:v{}%20",)),
    ("ns:v{}.b:c",),
)
_VERBS = ("ex:p{}", "<http://data.example/p{}>", "ns:p{}", "<http://else.example/p{}>", ":p{}")
_MOST_NESTED = 3


@dataclass(slots=True)
class _Writer:
    draw: st.DrawFn
    comments: bool
    pieces: list[str] = field(default_factory=list)
    numbers: int = 0
    marks: int = 0

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    def put(self, *words: str) -> None:
        for word in words:
            self.pieces += [word, self.gap()]

    def gap(self) -> str:
        with_comments = self.comments and self.draw(st.integers(0, 5)) == 0
        first, *rest = self.draw(
            st.sampled_from(_COMMENTED_GAPS if with_comments else _PLAIN_GAPS)
        ).split("#")
        for each in rest:
            self.marks += 1
            first += f"# c{self.marks}{each}"
        return first

    def flag(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == 1

    def atom(self) -> None:
        form = self.draw(st.sampled_from(_ATOMS))
        number = self.number()
        self.put(*(word.format(number) for word in form))

    def value(self, depth: int = 0) -> None:
        kind = self.draw(st.integers(0, 7)) if depth < _MOST_NESTED else 7
        if kind == 0:
            self.put("[")
            self.predicates(depth + 1)
            self.put("]")
        elif kind == 1:
            self.put("(")
            self.atom()
            for _ in range(self.draw(st.integers(0, 3))):
                self.value(depth + 1)
            self.put(")")
        elif kind == 2 and self.flag(3):
            self.put(self.draw(st.sampled_from(["[]", "()", "true", "false"])))
        else:
            self.atom()

    def predicates(self, depth: int = 0) -> None:
        firsts = ["", "", "", "a", "rdfs:label"]
        first = self.draw(st.sampled_from(firsts))
        for turn in range(self.draw(st.integers(1, 3))):
            if turn:
                self.put(*";" * self.draw(st.integers(1, 2)))
            if first and not turn:
                self.put(first)
                self.atom()
                continue
            self.put(self.draw(st.sampled_from(_VERBS)).format(self.number()))
            self.value(depth)
            for _ in range(self.draw(st.sampled_from([0, 0, 1, 2]))):
                self.put(",")
                self.value(depth)
        if self.flag(3):
            self.put(";")

    def block(self, end: str = ".") -> None:
        kind = self.draw(st.integers(0, 8))
        if kind == 0:
            self.put("[")
            self.predicates(1)
            self.put("]")
            if self.flag(2):
                self.predicates()
        else:
            if kind == 1:
                self.put("(")
                self.atom()
                self.put(")")
            else:
                self.put(f"ex:v{self.number()}")
            self.predicates()
        if end:
            self.put(end)

    def graph(self) -> None:
        self.put(*(["GRAPH"] if self.flag(4) else []), f"ex:v{self.number()}", "{")
        for _ in range(self.draw(st.integers(0, 2))):
            self.block()
        if self.flag(2):
            self.block(end="")
        self.put("}")


@st.composite
def turtle_texts(draw: st.DrawFn, *, comments: bool = True, graphs: bool = False) -> str:
    """Valid texts.

    :param comments: whether there are comments.
    :param graphs: whether there are named graphs, which is TriG.
    """
    writer = _Writer(draw, comments)
    writer.pieces.append(writer.gap())
    for words in draw(st.permutations(HEADERS)):
        writer.put(*words)
    for _ in range(draw(st.integers(1, 4))):
        if graphs and writer.flag(2):
            writer.graph()
        else:
            writer.block()
        if writer.flag(6):
            writer.put("@prefix", "ns:", "<http://data.example/other#>", ".")
    return "".join(writer.pieces)
