"""Pages as a program reads them: their forms with everything that stands in them, as a browser would send it."""
import html.parser
import re


class Form:
    def __init__(self, attributes):
        self.id = attributes.get("id", "")
        self.action = attributes.get("action", "")
        self.fields = []  # (name, value), what is ticked or written
        self.choices = {}  # name: [value], of radio buttons, check boxes and lists

    def filled(self, changes):
        """The fields with some of them replaced; a list sends a name several times."""
        kept = [(name, value) for name, value in self.fields if name not in changes]
        for name, value in changes.items():
            kept += [(name, each) for each in value] if isinstance(value, list) else [(name, value)]
        return kept


class _Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self._form, self._text, self._select = [], None, None, None

    def handle_starttag(self, tag, attrs):
        given = {name: value if value is not None else "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given)
            self.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "textarea":
            self._text = (given["name"], [])
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and self._select:
            self._form.choices.setdefault(self._select, []).append(given["value"])
            if "selected" in given:
                self._form.fields.append((self._select, given["value"]))
        elif tag == "input":
            kind, name, value = given.get("type", "text"), given.get("name"), given.get("value", "")
            if kind in ("radio", "checkbox"):
                self._form.choices.setdefault(name, []).append(value)
            if kind not in ("radio", "checkbox") or "checked" in given:
                self._form.fields.append((name, value))

    def handle_data(self, data):
        if self._text:
            self._text[1].append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._text:
            self._form.fields.append((self._text[0], "".join(self._text[1]).removeprefix("\n")))
            self._text = None


def forms_in_order(page):
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def forms(page):
    """{id: Form}"""
    return {form.id: form for form in forms_in_order(page)}


def text_of(page, element_id):
    """The words inside the element, for elements that hold no other of their kind."""
    found = re.search(rf'<(\w+)[^>]*\bid="{element_id}"[^>]*>(.*?)</\1>', page, re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", found[2]).split()) if found else None


def receipt_of(page):
    receipt = text_of(page, "receipt")
    if not receipt or not re.fullmatch(r"\d{4}( \d{4}){6}", receipt):
        raise AssertionError("the page shows no receipt")
    return receipt
