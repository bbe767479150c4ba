"""A citizen and officers who do what a browser does, step by step, through any `post(address, fields)` and `get(address)` that
return the page's text."""
import re

from forms import forms, forms_in_order, receipt_of

FIELDS = ("subject_name", "subject_position", "subject_unit", "when", "where", "facts", "witnesses", "elsewhere", "wish")
CASE = r'href="(/cases/[0-9a-f]{32})"'
SCREENING = {"sufficient_person": "sufficient", "sufficient_unit": "sufficient", "sufficient_time_place": "unclear",
             "sufficient_conduct": "sufficient", "older_than_five_years": "no", "other_agency_acts": "unknown", "in_court": "no"}
WRITTEN = "บันทึกข้อความแล้ว"  # said of a message that was accepted; the status of /track says nothing


class Citizen:
    def __init__(self, origin, get, post):
        self.origin, self._get, self._post = origin, get, post

    def get(self, path):
        return self._get(self.origin + path)

    def post(self, form, changes):
        return self._post(self.origin + form.action, form.filled(changes))

    def form(self):
        """The form as it comes after the first question."""
        question = forms(self.get("/report"))["report"]
        return forms(self.post(question, {"about": "yes", "step": "start"}))["report"]

    def check(self, answers):
        """The check step's form; `answers` by field."""
        page = self.post(self.form(), {"acknowledge": "yes", "step": "check", **answers})
        return forms(page)["report"]

    def send(self, check_form):
        return receipt_of(self.post(check_form, {"step": "file"}))

    def file(self, answers):
        return self.send(self.check(answers))

    def track(self, receipt):
        entry = forms(self.get("/track"))["track"]
        return self.post(entry, {"receipt": receipt, "action": "open"})

    def write(self, receipt, message):
        case = forms(self.track(receipt))["track"]
        return self.post(case, {"message": message, "action": "write"})


class Officer:
    """`post` follows the redirect that an officer's act is answered with."""

    def __init__(self, origin, get, post):
        self.origin, self._get, self._post = origin, get, post

    def get(self, path):
        return self._get(self.origin + path)

    def act(self, page, event, changes):
        form = forms(page)["form-" + event]
        return self._post(self.origin + form.action, form.filled(changes))

    def paper(self, case, kind, changes):
        """One paper of a case: its bytes."""
        form = forms(self.get(f"{case}/print/{kind}"))["form-print"]
        return self._post(self.origin + form.action, form.filled(changes))

    def cases(self):
        """Addresses of all cases that the officer is shown: of the work, and of new reports page by page."""
        found = set(re.findall(CASE, self.get("/queue")))
        path = "/triage/new"
        while path:
            page = self.get(path)
            found.update(re.findall(CASE, page))
            onward = re.search(r'href="(/triage/[^"]*)" rel="next"', page)
            path = onward and onward[1]
        return found

    def sign_in(self, login, passphrase):
        form = forms(self.get("/login"))["sign-in"]
        return self._post(self.origin + form.action, form.filled({"login": login, "passphrase": passphrase}))

    def sign_out(self, page):
        """`page`: one that was shown while signed in."""
        form = next(form for form in forms_in_order(page) if form.action.startswith("/logout"))
        return self._post(self.origin + form.action, form.filled({}))

    def close(self, page, outcome="no_merit", **texts):
        """The same outcome for every allegation, and every box ticked that must be."""
        choices = forms(page)["form-close"].choices
        chosen = {name: outcome if name.startswith("outcome_") else values[0] for name, values in choices.items()}
        return self.act(page, "close", {**chosen, **texts})
