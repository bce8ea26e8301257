"""The generated map page: what it may load, and what it forbids."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from gwanje import assets
from gwanje.assets import AssetMissingError
from gwanje.mapview.page import CREDIT, INDEX_PATH, ORIGIN, Site, build_site


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.policy = ""
        self.order: list[str] = []
        self.inline: list[tuple[str, str]] = []
        self._open: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.order.append(tag)
        for name in ("src", "href", "srcset", "data", "action", "poster"):
            if values.get(name):
                self.loads.append(str(values[name]))
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(values["content"])
            self.before_policy = self.order.count("script") + self.order.count("link")
        if tag in {"script", "style"} and not values.get("src"):
            self._open = tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inline.append((self._open, data))

    def handle_endtag(self, tag: str) -> None:
        self._open = None


@pytest.fixture(scope="module")
def site() -> Site:
    return build_site(b"/* channel */")


@pytest.fixture(scope="module")
def page(site: Site) -> _Page:
    return _Page(site.files[INDEX_PATH].body.decode())


def test_every_resource_of_the_page_is_one_that_we_serve(site: Site, page: _Page) -> None:
    assert page.loads, "the page loads nothing at all"
    for address in page.loads:
        assert address.startswith(ORIGIN + "/"), address
        assert address.removeprefix(ORIGIN) in site.files, address


def test_only_leaflet_and_our_own_scripts_are_loaded(page: _Page) -> None:
    scripts = [address for address in page.loads if address.endswith(".js")]
    assert scripts[0] == f"{ORIGIN}/vendor/leaflet/leaflet.js"
    foreign = re.compile("jquery|bootstrap|awesome|glyphicon", re.IGNORECASE)
    assert not [address for address in page.loads if foreign.search(address)]


def test_no_stylesheet_names_another_machine(site: Site) -> None:
    for path, file in site.files.items():
        if path.endswith(".css"):
            addresses = re.findall(r"url\(([^)]*)\)|@import\s+(\S+)", file.body.decode())
            assert not [a for pair in addresses for a in pair if "//" in a], path


def test_the_policy_comes_first_and_names_each_inline_block_by_its_hash(page: _Page) -> None:
    assert page.before_policy == 0
    directives = dict(part.split(" ", 1) for part in page.policy.split("; "))
    assert directives["default-src"] == directives["connect-src"] == "'none'"
    assert "unsafe" not in page.policy and "http" not in page.policy and "*" not in page.policy
    assert len(page.inline) > 3
    for kind, text in page.inline:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in directives[f"{kind}-src"]


def test_the_page_is_the_same_each_time(site: Site) -> None:
    assert build_site(b"/* channel */").files[INDEX_PATH] == site.files[INDEX_PATH]


def test_the_credit_of_the_boundaries_is_on_the_page(site: Site) -> None:
    assert f'"{CREDIT}"'.encode() in site.files[INDEX_PATH].body


def test_a_machine_without_leaflet_is_told_what_to_do(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    real = assets.root()

    def without_vendor(name: str) -> object:
        if name.startswith("vendor/"):
            raise AssetMissingError(f"resource {name!r} is missing; run `make setup`")
        return real / name

    monkeypatch.setattr("gwanje.mapview.page.asset", without_vendor)
    with pytest.raises(AssetMissingError, match="make setup"):
        build_site(b"")
