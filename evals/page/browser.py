#!/usr/bin/env python3
"""Does the page do in a real browser what it promises? Drives headless Chromium (Debian: chromium, chromium-driver).

    python3 evals/page/browser.py target/release/annalist [--shots FOLDER] [--archive FILE] [--axe axe.min.js]

Serves the example (or an archive), goes through every view, clicks a value and looks at which words are lit, searches, filters,
compares, decides and undoes, reads with script off, and looks at every request that the browser made: none may leave this
machine. With --shots it takes a picture of every view in both themes at three widths, with --axe it runs axe-core on each.
"""

import argparse
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

WIDTHS = (360, 800, 1280)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")


class Browser:
    """A session of WebDriver, with Chromium's own commands where that has none."""

    def __init__(self):
        self.process = subprocess.Popen([DRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if found := re.search(r"successfully on port (\d+)", line):
                self.base = f"http://127.0.0.1:{found[1]}"
                break
        options = {"binary": CHROMIUM, "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                                                 "--disable-background-networking", "--disable-component-update", "--no-first-run"]}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        made = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.base += f"/session/{made['sessionId']}"

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {error.read()[:500]}") from error

    def cdp(self, command, **params):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": params})

    def open(self, address):
        self.call("POST", "/url", {"url": address})

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def run_async(self, script):
        return self.call("POST", "/execute/async", {"script": script, "args": []})

    def click(self, selector):
        found = self.call("POST", "/element", {"using": "css selector", "value": selector})
        self.call("POST", f"/element/{next(iter(found.values()))}/click", {})

    def size(self, width, height):
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)

    def theme(self, name):
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def script(self, is_on):
        self.cdp("Emulation.setScriptExecutionDisabled", value=not is_on)

    def picture(self, path, whole=False):
        shot = self.cdp("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        with open(path, "wb") as out:
            out.write(base64.b64decode(shot["data"]))

    def complaints(self):
        log = self.call("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in log if entry["level"] in ("SEVERE", "WARNING")]

    def requests(self):
        log = self.call("POST", "/se/log", {"type": "performance"})
        messages = (json.loads(entry["message"])["message"] for entry in log)
        return [one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"]

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.process.terminate()


def serve(binary, archive):
    """The server and its address."""
    what = ["--example"] if archive is None else [archive]
    process = subprocess.Popen([binary, "serve", *what, "--port", "0"], stdout=subprocess.PIPE, text=True)
    address = process.stdout.readline().strip().rstrip("/")
    if not address:
        sys.exit("the server did not start")
    return process, address


def rows(address, path):
    with urllib.request.urlopen(address + path) as answer:
        return json.load(answer)["rows"]


class Checks:
    def __init__(self):
        self.n_passed, self.n_failed = 0, 0

    def that(self, holds, what):
        self.n_passed += bool(holds)
        self.n_failed += not holds
        if not holds:
            print(f"FAILED {what}", flush=True)


def views(address):
    events = rows(address, "/situation.json")
    telling = max(events, key=lambda row: len(row["claims"]))
    reports = [row["id"] for row in rows(address, "/reports.json")[:2]]
    of = lambda row: "/event/" + urllib.parse.quote(row["id"], safe="/")
    compare = "/compare?" + urllib.parse.urlencode([("report", report) for report in reports])
    words = telling["citations"][0]["text"].split()[0] if telling["citations"] else "the"
    return telling, {
        "situation": "/", "filtered": "/?type=" + telling["type"], "event": of(telling), "timeline": "/timeline",
        "disputes": "/disputes", "forces": "/forces", "talks": "/talks", "actors": "/actors", "map": "/map", "outlook": "/outlook",
        "reports": "/reports", "report": "/report/" + urllib.parse.quote(reports[0], safe="/"), "compare": compare,
        "search": "/search?q=" + urllib.parse.quote(words), "changes": "/changes?since=0", "decisions": "/decisions",
    }


def check_evidence(browser, address, telling, checks):
    """Click each value of an event: the words that are lit must be those of its span."""
    path = address + "/event/" + urllib.parse.quote(telling["id"], safe="/")
    browser.size(1280, 900)
    browser.open(path)
    values = browser.run("return [...document.querySelectorAll('a.value')].map(one => one.getAttribute('href'))")
    checks.that(values, "an event has values to click")
    for href in values:
        browser.run("document.querySelector(`a.value[href='${arguments[0]}']`).click()", href)
        time.sleep(0.25)
        lit = browser.run("return [...document.querySelectorAll('#evidence mark.value')].map(one => one.textContent)")
        attribute, index = urllib.parse.unquote(href.split("at=")[1].split("#")[0]).rsplit(".", 1)
        cell = next(cell for cell in telling["cells"] if cell["attribute"] == attribute)
        value = cell["values"][int(index)]
        digits = re.findall(r"\d+", value["value"]) if attribute not in ("date", "actors", "recipients", "place", "type", "mode", "status") else []
        checks.that(lit, f"{attribute}.{index} lights words")
        checks.that(not digits or any(re.search(r"\d|[a-z]", words) for words in lit), f"{attribute}.{index} lights its figure: {lit}")
    browser.script(False)
    time.sleep(0.5)
    browser.open(path + "?at=" + urllib.parse.quote(values[0].split("at=")[1].split("#")[0]))
    browser.script(True)
    checks.that(browser.run("return document.querySelectorAll('#evidence mark.value').length"), "words are lit without script")


def check_keyboard(browser, address, checks):
    browser.open(address + "/")
    before = browser.run("return document.querySelector('#evidence').textContent")
    browser.run("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true}))")
    time.sleep(0.4)
    checks.that(browser.run("return document.activeElement.matches('a.pick')"), "j goes to a line")
    checks.that(browser.run("return document.querySelector('#evidence').textContent") != before, "its evidence stands beside it")
    browser.run("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true}))")
    checks.that(browser.run("return document.activeElement.id") == "find", "/ goes to the search")


def check_two_clicks(browser, address, checks):
    browser.open(address + "/")
    mark = browser.run("return document.querySelector('.points a.source, .event a.pick')?.getAttribute('href')")
    checks.that(mark, "a key point has its sentence one click away")
    if mark:
        browser.open(address + mark)
        checks.that(browser.run("return !!document.querySelector(':target') || !!document.querySelector('#evidence mark')"), "the sentence is shown")


def check_decisions(browser, address, telling, checks):
    path = address + "/event/" + urllib.parse.quote(telling["id"], safe="/")
    n_before = len(rows(address, "/situation.json"))
    browser.open(path)
    is_split = browser.run("return !!document.querySelector('.hand input[name=claim]')")
    browser.run("document.querySelector('details.hand').open = true")
    if is_split:
        browser.run("[...document.querySelectorAll('.hand input[name=claim]')].at(-1).click()")
        browser.run("const form = document.querySelector('.hand input[value=split]').form; form.because.value = 'another day'; form.querySelector('button').click()")
    else:
        browser.run("const form = document.querySelector('.hand input[value=set]').form; form.elements.value.value = form.querySelector('datalist option').value; form.because.value = 'so'; form.querySelector('button').click()")
    time.sleep(1)
    n_after = len(rows(address, "/situation.json"))
    checks.that(n_after == n_before + 1 if is_split else n_after == n_before, f"a split makes one event more: {n_before}, {n_after}")
    browser.open(address + "/decisions")
    checks.that("another day" in browser.run("return document.body.textContent") or not is_split, "the reason is kept")
    browser.click("li:not(.undone) form button")
    time.sleep(1)
    checks.that(len(rows(address, "/situation.json")) == n_before, "undone, all is as before")
    checks.that(browser.run("return !!document.querySelector('li.undone')"), "the decision stays, undone")


def check_search_and_filter(browser, address, telling, checks):
    browser.open(address + "/")
    word = max(re.findall(r"[A-Za-z]{4,}", telling["citations"][0]["text"]), key=len)
    browser.run("const find = document.getElementById('find'); find.value = arguments[0]; find.form.submit()", word)
    time.sleep(0.5)
    checks.that(word.lower() in browser.run("return document.querySelector('.found').textContent").lower(), f"search finds {word}")
    browser.open(address + "/")
    browser.run("const type = document.querySelector('.filters [name=type]'); type.value = arguments[0]; type.form.submit()", telling["type"])
    time.sleep(0.5)
    codes = browser.run("return [...document.querySelectorAll('.event .code b')].map(one => one.textContent)")
    checks.that(codes and set(codes) == {telling["type"]}, f"a filter leaves its type alone: {set(codes)}")
    checks.that("type=" + telling["type"] in browser.run("return location.href"), "the address carries the filter")


def check_view(browser, address, name, path, axe, checks):
    browser.open(address + path)
    checks.that(browser.run("return !!document.querySelector('main h1')"), f"{name} has a heading")
    for width in WIDTHS:
        browser.size(width, 800)
        wide = browser.run("return document.documentElement.scrollWidth")
        checks.that(wide <= width, f"{name} is {wide} wide at {width}")
    browser.size(1280, 900)
    if axe:
        for theme in ("light", "dark"):
            browser.theme(theme)
            browser.run(axe)
            found = browser.run_async("const done = arguments[0]; axe.run({resultTypes: ['violations']}).then(result => done(result.violations.map(one => [one.impact, one.id, one.nodes.map(node => node.html.slice(0, 160)).slice(0, 2)])))")
            serious = [one for one in found if one[0] in ("serious", "critical")]
            checks.that(not serious, f"{name}, {theme}: axe-core finds {serious}")
    browser.script(False)
    browser.open(address + path)
    browser.script(True)
    checks.that(len(browser.run("return document.querySelector('main').textContent")) > 80, f"{name} reads without script")


def pictures(browser, address, paths, folder):
    os.makedirs(folder, exist_ok=True)
    for name, path in paths.items():
        for theme in ("light", "dark"):
            browser.theme(theme)
            for width in WIDTHS:
                browser.size(width, 900 if width > 500 else 780)
                browser.open(address + path)
                browser.picture(f"{folder}/{name}-{theme}-{width}.png")


def readme_pictures(browser, address, paths, folder):
    """The pictures of the README: calm, of one height, of the example."""
    os.makedirs(folder, exist_ok=True)
    browser.size(1280, 800)
    for name, theme in (("situation", "light"), ("event", "light"), ("timeline", "dark")):
        browser.theme(theme)
        browser.open(address + paths[name])
        browser.picture(f"{folder}/{name}.png")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--archive")
    parser.add_argument("--shots")
    parser.add_argument("--axe")
    parser.add_argument("--only-shots", action="store_true")
    parser.add_argument("--readme", help="writes the pictures of the README there")
    asked = parser.parse_args()
    if not (CHROMIUM and DRIVER):
        sys.exit("expected chromium and chromedriver (Debian: apt-get install chromium chromium-driver), found none")
    axe = open(asked.axe).read() if asked.axe else None
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        archive = asked.archive
        if archive:
            archive = shutil.copy(archive, os.path.join(folder, "archive.db"))
        server, address = serve(asked.binary, archive)
        browser = Browser()
        try:
            telling, paths = views(address)
            if not asked.only_shots:
                for name, path in paths.items():
                    check_view(browser, address, name, path, axe, checks)
                check_evidence(browser, address, telling, checks)
                check_keyboard(browser, address, checks)
                check_two_clicks(browser, address, checks)
                check_search_and_filter(browser, address, telling, checks)
                check_decisions(browser, address, telling, checks)
                complaints = browser.complaints()
                checks.that(not complaints, f"no script error: {complaints[:5]}")
                strangers = {one for one in browser.requests() if not one.startswith((address, "data:", "about:", "chrome:"))}
                checks.that(not strangers, f"no request leaves this machine: {strangers}")
            if asked.readme:
                readme_pictures(browser, address, paths, asked.readme)
            if asked.shots:
                pictures(browser, address, paths, asked.shots)
        finally:
            browser.close()
            server.terminate()
    print(f"{checks.n_passed} passed, {checks.n_failed} failed")
    sys.exit(checks.n_failed > 0)


if __name__ == "__main__":
    main()
