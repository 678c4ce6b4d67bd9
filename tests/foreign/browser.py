"""A browser without script, as far as the login dialog needs one: it reads a page's form and
sends it as a person's browser would."""

from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

from sandbox import PATIENCE


def visit(url):
    """Opens a page and gives its form."""
    return Form(requests.get(url, timeout=PATIENCE))


class Form(HTMLParser):
    """The one form of a page."""

    def __init__(self, page):
        super().__init__()
        assert page.status_code == 200, page.text
        self._url = page.url
        self._form = {}
        self._fields = []
        self._offers = []
        self._buttons = {}
        self._button = None
        self.feed(page.text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self._form = attrs
        elif tag == "button":
            self._button = attrs
        elif tag == "input" and "disabled" not in attrs:
            self._read_input(attrs)

    def handle_endtag(self, tag):
        if tag == "button":
            self._button = None

    def handle_data(self, data):
        if self._button is not None:
            self._buttons[data.strip()] = self._button

    def _read_input(self, attrs):
        field = (attrs["name"], attrs["value"])
        if attrs["type"] in ("radio", "checkbox"):
            self._offers.append(field)
        if attrs["type"] == "hidden" or "checked" in attrs:
            self._fields.append(field)

    def offers(self, name):
        """The values of the boxes or buttons of this name."""
        return [value for offered, value in self._offers if offered == name]

    def tick(self, name, value):
        """Ticks a box or a radio button that is there."""
        assert (name, value) in self._offers, f"no {name}={value} on the page"
        self._fields.append((name, value))

    def untick(self, name, value):
        """Takes a tick away that is there."""
        self._fields.remove((name, value))

    def press(self, label):
        """Sends the form by one of its buttons. Redirects are the caller's to follow."""
        button = self._buttons[label]
        fields = list(self._fields)
        if "name" in button:
            fields.append((button["name"], button["value"]))
        method = button.get("formmethod", self._form["method"])
        where = "params" if method == "get" else "data"
        return requests.request(
            method,
            urljoin(self._url, self._form["action"]),
            allow_redirects=False,
            timeout=PATIENCE,
            **{where: fields},
        )
