"""Templates made once what they would be each time."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from lod.representation.frame import TranslatedEnvironment, prepared
from lod.representation.wording import Wording

BASE = """\
<title>{% block title %}{{ site }}{% endblock %}</title>
<p>{{ _("Browse") }} {{ site }}{% for each in parts %} {{ each }}{% endfor %}</p>
{% block main %}{% endblock %}
{% if late %}{% block end %}of the base: {{ page }}{% endblock %}{% endif %}
"""
PAGE = """\
{% extends base %}
{% set name = page ~ "!" %}
{% block title %}{{ name }} - {{ super() }}{% endblock %}
{% block main %}<h1>{{ name }}</h1>{{ _("Search") }}
{{ _("and %(count)s more", count=page) }} {{ ngettext("Source", "Sources", 2) }}{% endblock %}
"""
CONSTANTS = {"site": "A & B", "parts": ["<1>", Markup("<2>")], "late": True}


def usual(wording: Wording) -> Environment:
    """Return an environment as Jinja has it."""
    environment = Environment(
        loader=DictLoader({"base": BASE, "page": PAGE}),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        wording.gettext, wording.ngettext, newstyle=True
    )
    return environment


def translated(wording: Wording, **templates: str) -> TranslatedEnvironment:
    return TranslatedEnvironment(
        wording,
        loader=DictLoader({"base": BASE, "page": PAGE, **templates}),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
    )


class TestPrepared:
    @pytest.mark.parametrize("language", ["en", "lt"])
    def test_page_is_what_it_would_be_without(self, language: str) -> None:
        """Prepared or not, a base gives the same pages, whatever they hold."""
        wording = Wording(language)
        environment = translated(wording)
        base = prepared(environment.get_template("base"), CONSTANTS)
        expected = usual(wording)

        for page in ("one", "<two>", Markup("<b>")):
            values = {**CONSTANTS, "page": page}
            assert environment.get_template("page").render(
                values, base=base
            ) == expected.get_template("page").render(values, base=expected.get_template("base"))

    def test_blocks_that_a_page_leaves_alone_are_those_of_the_base(self) -> None:
        """A block of the base is filled in anew for each page."""
        environment = translated(Wording("en"))
        base = prepared(environment.get_template("base"), CONSTANTS)

        pages = [
            environment.get_template("page").render(CONSTANTS, base=base, page=each)
            for each in ("one", "two")
        ]

        assert ["of the base: one" in each for each in pages] == [True, False]
        assert ["of the base: two" in each for each in pages] == [False, True]


class TestTranslation:
    @pytest.mark.parametrize(
        "template",
        [
            '{{ _("Browse") }}',
            '<a title="{{ _("Search") }}">',
            '{% for each in [("x", _("Browse")), ("y", "z")] %}{{ each[1] }}{% endfor %}',
            '{{ _("Nobody has translated <this> & 100 %%") }}',
            '{{ _("and %(count)s more", count="<5>") }}',
            '{% set words = _("Browse") %}{{ words }}{{ words ~ "<" }}',
            '{{ gettext("Browse") }}{{ ngettext("Source", "Sources", 1) }}',
        ],
    )
    @pytest.mark.parametrize("language", ["en", "lt", "xx"])
    def test_words_are_those_that_jinja_would_say(self, template: str, language: str) -> None:
        """Translating early changes no word and no escape."""
        wording = Wording(language)

        found = translated(wording, it=template).get_template("it").render()

        assert found == usual(wording).from_string(template).render()
