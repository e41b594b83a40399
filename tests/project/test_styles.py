"""The style sheets: a class belongs to one feature, and the two sides of a comparison can be read."""

import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
SHARED = {"shop/base.css", "lab/lab.css", "lab/lesson.css", "lab/report.css"}  # for pages and reports of any feature
SHEETS = [path for app in ("shop", "accounts", "project/lab") for path in (ROOT / app / "static").rglob("*.css")]
TEMPLATES = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "project/lab/static").rglob("*.js")]
CLASS = re.compile(r"\.([a-z][\w-]*)")


GENERATED = {"errorlist", "helptext"}  # by Django's forms


def feature(path):
    """Return the folder that a sheet, a template or a script is in: that is its feature."""
    return path.parent.name


def name(path):
    """Return how templates name a sheet."""
    return str(path.relative_to(next(parent for parent in path.parents if parent.name == "static")))


def rules(path):
    """Return the selectors of a sheet, one by one."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    return [one for many in re.findall(r"([^{};]+)\{", text) if "@" not in many for one in split(many)]


def split(selectors):
    return re.split(r",(?![^(]*\))", selectors)


def classes(path):
    return {one for selector in rules(path) for one in CLASS.findall(selector)}


def words(path):
    """Return the classes that a template or a script gives to elements, as far as they are written out."""
    text = path.read_text()
    if path.suffix == ".js":
        values = re.findall(r'className: ((?:"[^"]*"|`[^`]*`|[^,}"`])*)', text)
        text = " ".join(re.findall(r'["`}]([\w -]*)["`$]', " ".join(values)))
    else:
        text = re.sub(r"\{[%{].*?[%}]\}", " ", " ".join(re.findall(r'class="([^"]*)"', text)))
    return set(re.findall(r"[a-z][\w-]*", text))


COMMON = set().union(*(classes(path) for path in SHEETS if name(path) in SHARED))
OWN = {path: classes(path) - COMMON for path in SHEETS if name(path) not in SHARED}


EACH = pytest.mark.parametrize("path", OWN, ids=name)


@EACH
def test_class_has_one_feature(path):
    sheets = {one: name(other) for other in OWN if feature(other) != feature(path) for one in OWN[path] & OWN[other]}
    others = [other for other in TEMPLATES if feature(other) != feature(path)]
    assert sheets | {one: str(other.relative_to(ROOT)) for other in others for one in OWN[path] & words(other)} == {}


@EACH
def test_shared_classes_are_left_alone(path):
    """A selector has a class of the feature, or is about the projector or paper."""
    bare = [one.strip() for one in rules(path) if not set(CLASS.findall(one)) & OWN[path]]
    assert [one for one in bare if not one.startswith((":root", ".site-footer"))] == []


@EACH
def test_each_class_is_used(path):
    own = [other.read_text() for other in TEMPLATES if feature(other) == feature(path)]
    assert OWN[path] - set(re.findall(r"[\w-]+", " ".join(own))) - GENERATED - {f"tint-{n}" for n in range(10)} == set()


# The two sides ------------------------------------------------------------------------------------------------


def palettes():
    """Return {where: custom properties} of light, dark and both with the projector, each with what it inherits."""
    blocks = {}
    for sheet in ("shop/static/shop/base.css", "project/lab/static/lab/lab.css"):
        text = re.sub(r"/\*.*?\*/", "", (ROOT / sheet).read_text(), flags=re.DOTALL)
        for dark, root, body in re.findall(r"(prefers-color-scheme: dark\) \{\s*)?(:root[\w.]*) \{([^}]*)\}", text):
            colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body))
            blocks.setdefault((bool(dark), root), {}).update(colours)
    light = blocks[False, ":root"]
    dark = light | blocks[True, ":root"]
    projector = blocks[False, ":root.projector"]
    return {
        "light": light,
        "dark": dark,
        "projector": light | projector,
        "projector, dark": dark | projector | blocks[True, ":root.projector"],
    }


def luminance(colour):
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("where", ["light", "dark", "projector", "projector, dark"])
@pytest.mark.parametrize("side", ["session", "token"])
def test_both_sides_can_be_read(where, side):
    colours = palettes()[where]
    papers = [colours[one] for one in ("paper", "surface", f"{side}-paper")]
    assert min(contrast(colours[side], paper) for paper in papers) >= 4.5  # WCAG AA, as text
    assert contrast(colours["ink"], colours[f"{side}-paper"]) >= 7


def test_sides_have_one_name_each():
    spelled = [path.name for path in SHEETS if re.search(r"--(jwt|of-\w+|checked)\b", path.read_text())]
    assert spelled == []
