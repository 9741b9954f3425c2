"""Shortcuts: what the layout engine works out again and again, worked out once.

In: WeasyPrint 70. Out: what to put in the place of its functions. A document is laid out with the same bytes as
without them, in about two thirds of the time (`tests/bench/build.py`): WeasyPrint sets the same line anew for each
height it tries for columns, for each of the passes over a row of boxes, and for each word that it moves to the next
line. What is worked out is kept on the styles and lines of the document, and goes with it; broken lines, which are
the same in every document in the same fonts, are kept with the fonts.
"""

import copy
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Any
from xml.etree.ElementTree import ParseError

import defusedxml.ElementTree

_SIDES = ("top", "right", "bottom", "left")
_ACROSS = ("margin_left", "margin_right", "padding_left", "padding_right", "width", "min_width", "max_width")
_DOWN = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
_HEIGHTS = ("height", "min_height", "max_height")
_OUT_OF_FLOW = frozenset({"left", "right", "inline-start", "inline-end", "footnote"})
_OF_A_LINE = (
    *(
        "direction",
        "lang",
        "white_space",
        "overflow_wrap",
        "word_break",
        "word_spacing",
        "letter_spacing",
        "tab_size",
    ),
    *("hyphens", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "text_decoration_line"),
    *("font_family", "font_size", "font_style", "font_stretch", "font_weight", "font_kerning"),
    *("font_variant_alternates", "font_variant_caps", "font_variant_east_asian", "font_variant_ligatures"),
    *("font_variant_numeric", "font_variant_position", "font_variation_settings", "font_feature_settings"),
    "font_language_override",
)
"""What of a style makes a line: all that `weasyprint.text.line_break` reads to break one."""

MOST_LINES = 10_000
"""Lines that are remembered of documents in the same fonts, 1 KiB each; a brief in six editions has 2000."""

_IN_THE_MARGIN = frozenset(
    [
        f"@{side}-{at}"
        for side in ("top", "bottom")
        for at in ("left-corner", "left", "center", "right", "right-corner")
    ]
    + [f"@{side}-{at}" for side in ("left", "right") for at in ("top", "middle", "bottom")]
)
"""The boxes in the margin of a page (CSS Paged Media 3, 4.2)."""

_BY_WEASYPRINT_ITSELF = frozenset({"page", "position", "float", "display"})


@dataclass(frozen=True, slots=True)
class Replacement:
    """What takes the place of an attribute of a module or a class."""

    place: Any
    name: str
    value: Any


@contextmanager
def replaced(replacements: Sequence[Replacement]) -> Iterator[None]:
    """Within it, the attributes are replaced."""
    former = [(each.place, each.name, getattr(each.place, each.name)) for each in replacements]
    for each in replacements:
        setattr(each.place, each.name, each.value)
    try:
        yield
    finally:
        for place, name, value in former:
            setattr(place, name, value)


@lru_cache(maxsize=1)
def shortcuts() -> Sequence[Replacement]:
    """What stands for WeasyPrint's functions, at every place where one of its modules calls them."""
    import tinyhtml5
    from weasyprint import css
    from weasyprint.css import ComputedStyle, StyleFor
    from weasyprint.css.tokens import Pending
    from weasyprint.formatting_structure.boxes import Box, ParentBox
    from weasyprint.layout.percent import resolve_percentages
    from weasyprint.text.fonts import get_font_description
    from weasyprint.text.line_break import Layout, split_first_line, strut

    return (
        *_everywhere(resolve_percentages, _resolving_by_plan(resolve_percentages)),
        *_everywhere(split_first_line, _remembering_breaks(split_first_line)),
        *_everywhere(get_font_description, _once_each(get_font_description, "_handbill_description")),
        *_everywhere(strut, _once_each(strut, "_handbill_strut")),
        Replacement(tinyhtml5, "parse", _reading_xml(tinyhtml5.parse)),
        Replacement(Box, "is_in_normal_flow", _is_in_normal_flow),
        Replacement(ParentBox, "page_values", _asking_at_one_end()),
        Replacement(css, "_resolve_calc_sum", _leaving_no_frames(css._resolve_calc_sum)),
        Replacement(ComputedStyle, "__missing__", _short_of_a_rule(ComputedStyle.__missing__)),
        Replacement(Layout, "setup", _in_one_context(Layout.setup)),
        Replacement(Pending, "solve", _solving_once(Pending.solve)),
        Replacement(StyleFor, "__init__", _without_rules_for_notes(StyleFor.__init__)),
        Replacement(StyleFor, "set_computed_styles", _sharing_margins(StyleFor.set_computed_styles)),
    )


def _leaving_no_frames(work_out: Callable[..., Any]) -> Callable[..., Any]:
    """A function that, where it fails, keeps neither its own frame nor with it those of all that called it."""

    def leaving(*given: Any) -> Any:
        try:
            return work_out(*given)
        except ValueError as error:
            traceback.clear_frames(error.__traceback__)
            raise

    return leaving


def _everywhere(function: Any, value: Any) -> Iterator[Replacement]:
    """A replacement of a function in each module of WeasyPrint that imports it by name."""
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("weasyprint"):
            yield from (Replacement(module, name, value) for name, held in vars(module).items() if held is function)


def _reading_xml(parse: Callable[..., Any]) -> Callable[..., Any]:
    """`tinyhtml5.parse`, by the faster parser of XML where a page is XML too, as ours are."""

    def read(document: Any, **options: Any) -> Any:
        text = document.read()
        try:
            return defusedxml.ElementTree.fromstring(text)
        except ParseError:
            return parse(text, **options)

    return read


def _once_each(work_out: Callable[[Any], Any], kept: str) -> Callable[[Any], Any]:
    """A function of a style or a line alone, worked out once for each and kept on it under this name."""

    def once(each: Any) -> Any:
        known = each.__dict__
        if kept not in known:
            known[kept] = work_out(each)
        return known[kept]

    return once


def _is_in_normal_flow(box: Any) -> bool:
    """What `Box.is_in_normal_flow` says, without asking five methods."""
    style = box.style
    position = style["position"]
    return (
        position not in ("absolute", "fixed")
        and style["float"] not in _OUT_OF_FLOW
        and position[0] not in ("running()", "note()")
    )


def _asking_at_one_end() -> Callable[[Any], tuple[Any, Any]]:
    """`ParentBox.page_values`, without asking each box for its end where only its start is wanted.

    WeasyPrint asks for both, and so asks the boxes at an edge twice for every box that they are in.
    """
    from weasyprint.formatting_structure.boxes import ParentBox, TableBox

    def at(box: Any, direction: Callable[[Any], Iterator[Any]]) -> Any:
        """The page of the innermost box that names one, at the start or the end of a box."""
        value = box.style["page"]
        while isinstance(box, ParentBox) and not isinstance(box, TableBox):
            for child in direction(box.children):
                if child.is_in_normal_flow() or child.is_floated():
                    box = child
                    value = box.style["page"] or value
                    break
            else:
                break
        return value

    return lambda box: (at(box, iter), at(box, reversed))


@dataclass(frozen=True, slots=True)
class _Plan:
    """The used values of a style's lengths.

    Attributes:
        fixed: Those that hang on nothing, by attribute of the box.
        across: Those in percent of the width of what contains the box.
        down: Those that are so too, or, on a page, in percent of its height.
        heights: `height`, `min-height` and `max-height` as they were computed.
        is_content: Whether lengths are of the content, so that nothing is to be taken off them.
    """

    fixed: Mapping[str, Any]
    across: Sequence[tuple[str, float]]
    down: Sequence[tuple[str, float]]
    heights: tuple[Any, Any, Any]
    is_content: bool


def _resolving_by_plan(resolve_percentages: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """`resolve_percentages`, by the plan of the box's style; by itself where there is a sum or a joined border."""
    from weasyprint.formatting_structure.boxes import Box, PageBox
    from weasyprint.layout.percent import adjust_box_sizing

    plan_of = _once_each(_plan, "_handbill_plan")

    def resolve(box: Any, containing_block: Any) -> None:
        plan = plan_of(box.style)
        if plan is None:
            resolve_percentages(box, containing_block)
            return
        if isinstance(containing_block, Box):
            width, height = containing_block.width, containing_block.height
        else:
            width, height = containing_block
        used = box.__dict__
        used.update(plan.fixed)
        for name, percent in plan.across:
            used[name] = width * percent / 100
        if plan.down:
            reference = height if isinstance(box, PageBox) else width
            for name, percent in plan.down:
                used[name] = reference * percent / 100
        own, least, most = plan.heights
        is_auto = height == "auto"
        used["height"] = "auto" if is_auto and own != "auto" and own.unit == "%" else _used(own, height)
        used["min_height"] = 0 if least == "auto" else _used(least, 0 if is_auto else height)
        used["max_height"] = _used(most, inf if is_auto else height)
        if not plan.is_content:
            adjust_box_sizing(box, "width")
            adjust_box_sizing(box, "height")

    return resolve


def _used(value: Any, reference: Any) -> Any:
    """The used value of a length."""
    if value == "auto":
        return value
    return reference * value.value / 100 if value.unit == "%" else value.value


def _plan(style: Any) -> _Plan | None:
    """The plan of a style; none where it has a sum (calc) or borders joined with its neighbours."""
    fixed: dict[str, Any] = {}
    relative: dict[str, float] = {}
    for name in (*_ACROSS, *_DOWN):
        value = style[name]
        if value is None or value == "auto":
            fixed[name] = 0 if name == "min_width" else value
        elif not hasattr(value, "unit"):
            return None
        elif value.unit == "%":
            relative[name] = value.value
        else:
            fixed[name] = value.value
    height, least, most = (style[name] for name in _HEIGHTS)
    has_sum = any(value != "auto" and not hasattr(value, "unit") for value in (height, least, most))
    if has_sum or style["border_collapse"] == "collapse":
        return None
    for side in _SIDES:
        fixed[f"border_{side}_width"] = style[f"border_{side}_width"]
    return _Plan(
        fixed=fixed,
        across=[(name, relative[name]) for name in _ACROSS if name in relative],
        down=[(name, relative[name]) for name in _DOWN if name in relative],
        heights=(height, least, most),
        is_content=style["box_sizing"] == "content-box",
    )


def _remembering_breaks(split_first_line: Callable[..., Any]) -> Callable[..., Any]:
    """`split_first_line`, once for each text, width and all of a style that counts for a line, over all documents.

    A part that was laid out to see how much room it takes has the same lines where it is laid out for good.
    """
    breaks_of = _once_each(_breaks, "_handbill_breaks")

    def split(text: str, style: Any, context: Any, *given: Any, **more: Any) -> Any:
        broken = breaks_of(style)
        key = text, given, tuple(more.items())
        if key not in broken:
            broken[key] = split_first_line(text, style, context, *given, **more)
        layout, *measures = broken[key]
        drawn = object.__new__(type(layout))  # to draw a line is to change its layout
        drawn.__dict__.update(layout.__dict__)
        return drawn, *measures

    return split


def _breaks(style: Any) -> dict[Any, Any]:
    """The lines that were broken in a style, or in one like it in the same fonts."""
    of_all = style.font_config.__dict__.setdefault("_handbill_breaks", {})
    values = (style[name] for name in _OF_A_LINE)
    key = tuple(frozenset(value) if isinstance(value, set) else value for value in values)
    broken: dict[Any, Any] = of_all.setdefault(key, {})
    return broken


@dataclass(frozen=True, slots=True)
class _Setup:
    """What the layouts of all lines in a style have from Pango.

    Attributes:
        context: The fonts, with the language and the direction.
        language: As Pango has it.
        description: The font that is asked for.
        features: Of the fonts, as HarfBuzz has them; None where there are none.
    """

    context: Any
    language: Any
    description: Any
    features: Any


def _in_one_context(setup: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """`Layout.setup`, in one context of Pango for all lines in a style; by itself where one is drawn under them."""
    from weasyprint.text.ffi import ffi, gobject, pango

    setup_of = _once_each(_setup, "_handbill_setup")

    def set_up(layout: Any, style: Any) -> None:
        if style["text_decoration_line"] != "none":
            setup(layout, style)
            return
        known = setup_of(style)
        layout.style, layout.language, layout.first_line_direction = style, known.language, 0
        layout.ascent = layout.underline_position = layout.strikethrough_position = None
        layout.layout = ffi.gc(pango.pango_layout_new(known.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, known.description)
        if known.features is not None:
            attributes = pango.pango_attr_list_new()  # of its own: letters are spaced in it
            pango.pango_attr_list_insert(attributes, known.features)
            pango.pango_layout_set_attributes(layout.layout, attributes)

    return set_up


def _setup(style: Any) -> _Setup:
    """What `Layout.setup` makes anew for each line."""
    from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
    from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
    from weasyprint.text.fonts import font_features
    from weasyprint.text.line_break import get_font_description

    fonts = style.font_config
    context = ffi.gc(pango.pango_font_map_create_context(fonts.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    override = style["font_language_override"]
    tag = style["lang"] if override == "normal" else LST_TO_ISO.get(override.lower(), override)
    if tag:
        written, _ = unicode_to_char_p(tag)
        language = pango.pango_language_from_string(written)
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    asked = font_features(
        style["font_kerning"],
        style["font_variant_ligatures"],
        style["font_variant_position"],
        style["font_variant_caps"],
        style["font_variant_numeric"],
        style["font_variant_alternates"],
        style["font_variant_east_asian"],
        style["font_feature_settings"],
    )
    features = None
    if asked:
        words = ",".join(f"{name} {value}" for name, value in asked.items()).encode()
        features = fonts.font_features.get(words)
        if features is None:
            features = fonts.font_features[words] = pango.pango_attr_font_features_new(words)
    return _Setup(context, language, get_font_description(style), features)


def _short_of_a_rule(missing: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """`ComputedStyle.__missing__`, without its many questions where no rule says anything of a property."""
    from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
    from weasyprint.css.functions import check_math
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    plain = {name for name in INITIAL_VALUES if not name.startswith("text_decoration_")} - _BY_WEASYPRINT_ITSELF
    inherited = plain & set(INHERITED)
    initial = {
        name: INITIAL_VALUES[name]
        for name in plain - inherited
        if not check_math(INITIAL_VALUES[name]) and INITIAL_VALUES[name] not in ("initial", "inherit")
    }
    computed = {
        name: COMPUTER_FUNCTIONS[name] for name in initial if name in INITIAL_NOT_COMPUTED & {*COMPUTER_FUNCTIONS}
    }

    def get(style: Any, name: str) -> Any:
        rules, parent = style.cascaded, style.parent_style
        if parent is None or name in rules:
            return missing(style, name)
        logical = PHYSICAL_FUNCTIONS.get(name)
        if logical and logical(block="ttb", inline=style["direction"]) in rules:
            return missing(style, name)
        if name in computed:
            value = style[name] = computed[name](style, name, initial[name])
        elif name in initial:
            value = style[name] = initial[name]
        elif name in inherited:
            value = style[name] = parent[name]
        else:
            value = missing(style, name)
        return value

    return get


def _solving_once(solve: Callable[..., Any]) -> Callable[..., Any]:
    """`Pending.solve`, once for each value that the variables of a declaration come to."""

    def solved(pending: Any, tokens: Any, wanted_key: str, base_url: Any) -> Any:
        known = pending.__dict__.setdefault("_handbill_solved", {})
        key = wanted_key, base_url, "/**/".join([token.serialize() for token in tokens])
        if key not in known:
            known[key] = solve(pending, tokens, wanted_key, base_url)
        return known[key]

    return solved


def _without_rules_for_notes(make_styles: Callable[..., None]) -> Callable[..., None]:
    """`StyleFor.__init__`, without WeasyPrint's rules for the notes of every element, where none is a note.

    They are five of the six rules that it has for an element of any kind.
    """

    def make(style_for: Any, html: Any, sheets: Sequence[tuple[Any, str, Any]], *given: Any) -> None:
        of_elements = (element.get("style", "") for element in html.etree_element.iter())
        if not any("float" in css or "position" in css for css in of_elements) and not any(
            origin != "user agent" and makes_notes(sheet) for sheet, origin, _ in sheets
        ):
            sheets = [
                (short_of_notes(sheet) if origin == "user agent" else sheet, origin, specificity)
                for sheet, origin, specificity in sheets
            ]
        make_styles(style_for, html, sheets, *given)

    makes_notes = _once_each(_makes_notes, "_handbill_makes_notes")
    short_of_notes = _once_each(_short_of_notes, "_handbill_short_of_notes")
    return make


def _makes_notes(sheet: Any) -> bool:
    """Whether an element may be a note by a sheet: by a word for it, or by what only variables say."""
    from weasyprint.css.tokens import Pending

    matcher = sheet.matcher
    by_key = (matcher.id_selectors, matcher.class_selectors, matcher.lower_local_name_selectors)
    selectors = [each for some in (*by_key, matcher.namespace_selectors) for each in some.values()]
    return any(
        name in ("float", "position")
        and (isinstance(value, Pending) or value == "footnote" or value[0] == "note()")
        for entries in (*selectors, matcher.lang_attr_selectors, matcher.other_selectors)
        for *_, (declarations, _) in entries
        for name, value, _ in declarations
    )


def _short_of_notes(sheet: Any) -> Any:
    """A sheet without its rules for calls, marks and ways back of notes."""
    short = copy.copy(sheet)
    short.matcher = copy.copy(sheet.matcher)
    short.matcher.other_selectors = [
        entry for entry in sheet.matcher.other_selectors if not (entry[3] or "").startswith(("footnote-", "note-"))
    ]
    return short


def _sharing_margins(set_styles: Callable[..., None]) -> Callable[..., None]:
    """`StyleFor.set_computed_styles`, once for all pages that have a box in the margin by the same rules."""

    def share(style_for: Any, element: Any, parent: Any, **more: Any) -> None:
        pseudo_type = more.get("pseudo_type")
        if pseudo_type not in _IN_THE_MARGIN:
            set_styles(style_for, element, parent, **more)
            return
        rules, styles = style_for.get_cascaded_styles(), style_for.get_computed_styles()
        key = pseudo_type, _values(rules[element, pseudo_type]), _values(styles[parent, None].cascaded)
        shared = style_for.__dict__.setdefault("_handbill_margins", {})
        if key not in shared:
            set_styles(style_for, element, parent, **more)
            shared[key] = styles[element, pseudo_type]
        styles[element, pseudo_type] = shared[key]

    return share


def _values(cascaded: Mapping[str, tuple[Any, Any]]) -> frozenset[tuple[str, int, str]]:
    """What rules say of a box, and how they outweigh each other; the values are those of the sheets, which stay."""
    return frozenset((name, id(value), str(weight)) for name, (value, weight) in cascaded.items())


def remembering_lines(next_line: Callable[..., Any]) -> Callable[..., Any]:
    """A `weasyprint.layout.inline.get_next_linebox` that sets a line once for each width, and then moves it.

    It does so where nothing but the line's own words and the width count: no float stands beside it, and nothing in
    it stands elsewhere or is a note.
    """
    from weasyprint.formatting_structure.boxes import Box

    is_plain = _once_each(lambda linebox: _is_plain(_boxes_in(linebox, Box)), "_handbill_is_plain")

    def get(*given: Any) -> Any:
        context, linebox, position_y, _, skip_stack, containing_block, _, _, *first_styles = given
        if any(first_styles) or context.excluded_shapes or not is_plain(linebox):
            return next_line(*given)
        position_x = containing_block.content_box_x()
        # A page number that becomes known is another box, in the same line.
        boxes = tuple(_boxes_in(linebox, Box))
        key = tuple(map(id, boxes)), _path(skip_stack), containing_block.width
        lines = linebox.__dict__.get("_handbill_lines")
        if lines is None:
            lines = linebox._handbill_lines = {}
            context.__dict__.setdefault("_handbill_lines", []).append(lines)
        if key not in lines:
            line, resume_at = next_line(*given)
            lines[key] = line and line.deepcopy(), _path(resume_at), position_x, position_y, boxes
            return line, resume_at
        line, resume_at, former_x, former_y, _ = lines[key]
        if line is not None:
            line = line.deepcopy()
            line.translate(position_x - former_x, position_y - former_y)
            line.position_y = position_y
        return line, _skip_stack(resume_at)

    return get


@contextmanager
def letting_go() -> Iterator[None]:
    """After it nothing that was laid out within it holds itself any more, and no page is to be used.

    What holds itself is let go only where Python goes through all objects: a quarter of a million in a document.
    """
    from weasyprint import document
    from weasyprint.layout import LayoutContext, page

    contexts: list[Any] = []
    pages: list[Any] = []
    make_page = page.make_page

    def noting_context(*given: Any) -> Any:
        contexts.append(LayoutContext(*given))
        return contexts[-1]

    def noting_page(*given: Any) -> Any:
        made = make_page(*given)
        pages.append(made[0])
        return made

    noting = (
        Replacement(document, "LayoutContext", noting_context),
        Replacement(page, "make_page", noting_page),
    )
    try:
        with replaced(noting):
            yield
    finally:
        for context in contexts:
            _let_go(context)
        for each in pages:
            each.__dict__.clear()


def _let_go(context: Any) -> None:
    """Cut what leads from the lines, styles and counters of a document to themselves; forget too many lines."""
    broken = context.font_config.__dict__.get("_handbill_breaks", {})
    if sum(map(len, broken.values())) > MOST_LINES:
        broken.clear()
    for lines in context.__dict__.get("_handbill_lines", ()):
        lines.clear()
    for style in context.style_for.get_computed_styles().values():
        if anonymous := style.__dict__.get("anonymous_style"):
            anonymous.__dict__.clear()
        style.__dict__.clear()
    for looked_up in context.target_collector.counter_lookup_items.values():
        looked_up.__dict__.clear()
    for holder in (context.style_for, context.target_collector, context):
        holder.__dict__.clear()


def _is_plain(boxes: Sequence[Any]) -> bool:
    """Whether nothing in a line stands elsewhere or is a note."""
    return all(_is_in_normal_flow(box) and box.footnote is None and box.note is None for box in boxes)


def _boxes_in(box: Any, kind: Any) -> list[Any]:
    """What `Box.descendants` gives, without passing each on through every box that it is in."""
    found, waiting = [], [box]
    while waiting:
        box = waiting.pop()
        found.append(box)
        if isinstance(box, kind):
            waiting += box.children[::-1]
    return found


_Path = tuple[tuple[Any, Any], ...] | None


def _path(skip_stack: Mapping[Any, Any] | None) -> _Path:
    """A place in a line, to be looked up."""
    return None if skip_stack is None else tuple((index, _path(inner)) for index, inner in skip_stack.items())


def _skip_stack(path: _Path) -> dict[Any, Any] | None:
    """A place in a line as WeasyPrint has it; it may change it."""
    return None if path is None else {index: _skip_stack(inner) for index, inner in path}
