"""Templates made once what they would be each time: words of a language, and the frame of pages.

Both leave Jinja's meaning as it is. A text to translate that is a constant becomes the translation
when a template is compiled; the base template, filled for a site and a language, becomes a template
that only has gaps for its blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from lod.representation.wording import Wording

_GETTEXT = {"_", "gettext"}


class _Gap(str):
    """The name of a block, where what it shows will stand."""

    __slots__ = ()


class _Translation(NodeTransformer):
    """Replaces calls of ``_`` that say the same on every page."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - so Jinja calls it
        """Return the translation of a constant, any other call as it is."""
        self.generic_visit(node)
        is_gettext = isinstance(node.node, nodes.Name) and node.node.name in _GETTEXT
        if not is_gettext or node.kwargs or len(node.args) != 1:
            return node
        text = node.args[0]
        if not isinstance(text, nodes.Const):
            return node
        # As Jinja's own: translations are trusted, and always formats.
        words = Markup(self._wording.gettext(text.value)) % {}  # noqa: S704
        return nodes.Const(words, lineno=node.lineno)


class _TranslatingGenerator(CodeGenerator):
    """Compiles templates for one language."""

    def visit_Template(  # noqa: N802 - so Jinja calls it
        self, node: nodes.Template, frame: Any = None
    ) -> None:
        """Compile a template in which constant texts are translated."""
        environment = self.environment
        assert isinstance(environment, TranslatedEnvironment)  # noqa: S101 - made only there
        super().visit_Template(_Translation(environment.wording).visit(node), frame)


class TranslatedEnvironment(Environment):
    """An environment for templates in one language."""

    code_generator_class = _TranslatingGenerator

    def __init__(self, wording: Wording, **options: Any) -> None:
        self.wording = wording
        super().__init__(**options)
        self.install_gettext_callables(  # type: ignore[attr-defined]
            wording.gettext, wording.ngettext, newstyle=True
        )


def prepared(base: Template, values: Mapping[str, Any]) -> Template:
    """Return a base template with all but its blocks filled in, to be extended like itself.

    :param values: what it shows outside its blocks, the same on every page.
    """
    context = base.new_context(dict(values))
    for name in context.blocks:
        context.blocks[name] = [_gap(name)]
    pieces = list(_joined(base.root_render_func(context)))

    def root(context: Context, **_: object) -> Iterator[str]:
        for piece in pieces:
            if isinstance(piece, _Gap):
                yield from context.blocks[piece][0](context)
            else:
                yield piece

    module = {
        "name": base.name,
        "__file__": base.filename,
        "blocks": base.blocks,
        "root": root,
        "debug_info": "",
    }
    return Template.from_module_dict(base.environment, module, base.globals)


def _gap(name: str) -> Any:
    def block(_: Context) -> Iterator[str]:
        yield _Gap(name)

    return block


def _joined(pieces: Iterator[str]) -> Iterator[str]:
    """Yield gaps as they come, and the text between them in one piece each."""
    text: list[str] = []
    for piece in pieces:
        if isinstance(piece, _Gap):
            yield "".join(text)
            yield piece
            text.clear()
        else:
            text.append(piece)
    yield "".join(text)
