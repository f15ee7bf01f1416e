#!/usr/bin/env python3
"""pages.py YIZHAN [PG] [NAME] -- the cases of tests/http/*.t against a running city.

A case:                                   A line of the answer's part:
  == what it shows                          200                  the status
  AS staff                (optional)        Header: text         the header is there and holds the text; "Header:" alone: it is there
  GET /jobs?q=x           or POST …         no Header            it is not there
  Header: value           (any number)      text: …              the body holds it             no text: …   it does not
  body: a=1&b=2           (form; POST AS    json: {…}            the JSON answer holds at least this; a list holds at least these, in any order
        somebody gets its token)            is: csv|ics|atom|feed|xml|json|html|problem        it parses, by a parser that is not ours
  …empty line…                              find: NAME pattern   keeps the first group as {NAME} for the cases that follow
{open_job} {ended_job} {hidden_job} {event} {station} name things of the demo city.  A file may begin with "OPTIONS …" for the service.
"""
import csv, glob, html.parser, http.client, io, json, os, re, sys, urllib.parse, xml.etree.ElementTree as xml
from city import City, Visitor, Tap

THINGS = {
    'open_job': "SELECT code FROM job WHERE status = 'open' AND wage_min IS NOT NULL ORDER BY id", 'ended_job': "SELECT code FROM job WHERE status = 'expired' ORDER BY id",
    'hidden_job': "SELECT code FROM job WHERE status = 'review' ORDER BY id", 'event': "SELECT code FROM event WHERE status = 'planned' ORDER BY id",
    'open_class': "SELECT code FROM class WHERE status = 'approved' ORDER BY id",
    'station': "SELECT code FROM station WHERE status = 'open' ORDER BY id", 'title': "SELECT title FROM job WHERE status = 'open' AND wage_min IS NOT NULL ORDER BY id",
}

def holds(have, want):
    if isinstance(want, dict): return isinstance(have, dict) and all(k in have and holds(have[k], v) for k, v in want.items())
    if isinstance(want, list): return isinstance(have, list) and all(any(holds(h, w) for h in have) for w in want)
    return have == want and type(have) == type(want)

def is_ics(text):
    """RFC 5545: lines of at most 75 bytes, CRLF, BEGIN and END in pairs, an UID and a DTSTAMP in each event."""
    assert text.endswith('\r\n') and '\n' not in text.replace('\r\n', '')
    assert all(len(l.encode()) <= 75 for l in text.split('\r\n'))
    lines, open_ones, events = re.sub(r'\r\n[ \t]', '', text).split('\r\n')[:-1], [], 0
    for l in lines:
        assert re.match(r'[A-Z-]+[:;]', l), l
        if l.startswith('BEGIN:'): open_ones.append((l[6:], set()))
        elif l.startswith('END:'):
            what, seen = open_ones.pop()
            assert what == l[4:]
            if what == 'VEVENT':
                events += 1
                assert {'UID', 'DTSTAMP', 'DTSTART'} <= seen, seen
        else: open_ones[-1][1].add(re.match(r'[A-Z-]+', l).group(0))
    assert not open_ones and lines[0] == 'BEGIN:VCALENDAR' and 'VERSION:2.0' in lines
    return events

class Page(html.parser.HTMLParser):
    VOID = {'area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr', 'path', 'circle', 'rect', 'use', 'line', 'polygon', 'polyline'}
    def __init__(self):
        super().__init__()
        self.open, self.h1 = [], 0
    def handle_starttag(self, tag, attrs):
        names = [a for a, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.h1 += tag == 'h1'
        if tag not in self.VOID: self.open.append(tag)
    def handle_startendtag(self, tag, attrs): pass
    def handle_endtag(self, tag):
        if tag in ('p', 'li', 'option', 'dt', 'dd', 'tr', 'td', 'th') or tag in self.VOID:
            if tag in self.open: del self.open[len(self.open) - 1 - self.open[::-1].index(tag):]
            return
        while self.open and self.open[-1] in ('p', 'li', 'option', 'dt', 'dd', 'tr', 'td', 'th') and self.open[-1] != tag: self.open.pop()
        assert self.open and self.open[-1] == tag, (tag, self.open[-4:])
        self.open.pop()

def check(kind, r):
    text = r.text
    if kind == 'json': json.loads(text)
    elif kind == 'problem':  # RFC 9457
        v = json.loads(text)
        assert {'type', 'title', 'status', 'detail'} <= set(v) and v['status'] == r.status and r.getheader('Content-Type') == 'application/problem+json', v
    elif kind == 'feed':
        v = json.loads(text)
        assert v['version'].startswith('https://jsonfeed.org/') and v['title'] and all(i['id'] for i in v['items']) and v['items']
    elif kind == 'xml': xml.fromstring(r.bytes)
    elif kind == 'atom':  # RFC 4287
        ns = '{http://www.w3.org/2005/Atom}'
        feed = xml.fromstring(r.bytes)
        assert feed.tag == ns + 'feed' and all(feed.find(ns + t) is not None for t in ('id', 'title', 'updated'))
        assert feed.findall(ns + 'entry') and all(e.find(ns + t) is not None for e in feed.findall(ns + 'entry') for t in ('id', 'title', 'updated'))
    elif kind == 'csv':
        assert r.bytes.startswith(b'\xef\xbb\xbf')  # spreadsheets take it for UTF-8 by this
        rows = list(csv.reader(io.StringIO(text[1:], newline=''), strict=True))
        assert len(rows) > 1 and len({len(x) for x in rows}) == 1, {len(x) for x in rows}
        assert not any(c[:1] in '=+@\t' and c for row in rows for c in row), 'a formula in a cell'
    elif kind == 'ics': is_ics(text)
    elif kind == 'html':
        p = Page()
        p.feed(text)
        p.close()
        assert p.h1 == 1 and not p.open, (p.h1, p.open)
    else: raise AssertionError('unknown kind ' + kind)

def cases(path):
    """(name, request lines, answer lines) of a file."""
    for block in re.split(r'^== *', open(path).read(), flags=re.M)[1:]:
        name, _, rest = block.partition('\n')
        ask, _, want = rest.strip('\n').partition('\n\n')
        yield name, ask.split('\n'), [l for l in want.split('\n') if l.strip()]

class Runner:
    def __init__(self, city, tap): self.city, self.tap, self.people, self.things = city, tap, {None: Visitor(city)}, {}

    def fill(self, s):
        def one(m):
            if m.group(1) not in self.things and m.group(1) in THINGS: self.things[m.group(1)] = self.city.one(THINGS[m.group(1)] + ' LIMIT 1')
            return self.things.get(m.group(1), m.group(0))
        return re.sub(r'\{(\w+)\}', one, s)

    def ask(self, lines):
        who = None
        if lines[0].startswith('AS '): who = lines.pop(0)[3:].strip()
        if who not in self.people: self.people[who] = Visitor(self.city).login(who)
        visitor = self.people[who]
        if who is None: visitor.cookies.clear()
        method, path = self.fill(lines.pop(0)).split(' ', 1)
        headers, body = {}, None
        for l in lines:
            k, _, v = self.fill(l).rstrip(':').partition(': ')
            if k == 'body': body = v if v.startswith('{') else urllib.parse.quote(v, safe='=&%+')
            elif k == 'size': return self.head_only(method, path, int(v))
            else: headers[k] = v or None
        if method == 'POST' and visitor.csrf and body is not None and 'Content-Type' not in headers and '_csrf' not in body:
            body = (body + '&' if body else '') + '_csrf=' + visitor.csrf
        return visitor.ask(method, path, body, headers=headers)

    def head_only(self, method, path, size):
        """A body is announced and not sent: it must be refused before it is read."""
        c = http.client.HTTPConnection('127.0.0.1', self.city.port, timeout=20)
        c.putrequest(method, path)
        for k, v in (('Content-Type', 'application/x-www-form-urlencoded'), ('Content-Length', str(size)), ('Sec-Fetch-Site', 'same-origin')): c.putheader(k, v)
        c.endheaders(b'a=1&b=')
        r = c.getresponse()
        r.bytes = r.read()
        r.text = r.bytes.decode()
        c.close()
        return r

    def wrong(self, r, line):
        """Why the answer is not as the line says; None when it is."""
        k, _, v = line.partition(': ')
        v = self.fill(v)
        if line.strip().isdigit(): return None if r.status == int(line) else 'status %d' % r.status
        if k == 'text': return None if v in r.text else 'without ' + v
        if k == 'no text': return None if v not in r.text else 'with ' + v
        if k == 'json':
            try: return None if holds(json.loads(r.text), json.loads(v)) else 'not ' + v
            except ValueError as e: return 'no JSON: %s' % e
        if k == 'find':
            name, _, pattern = v.partition(' ')
            m = re.search(pattern, r.text)
            if m: self.things[name] = m.group(1)
            return None if m else 'nothing like ' + pattern
        if k == 'is':
            try: return check(v, r)
            except Exception as e: return 'no %s: %s' % (v, str(e) or type(e).__name__)
        if line.startswith('no '): return None if r.getheader(line[3:].strip()) is None else 'header ' + line[3:]
        have = r.getheader(k.rstrip(':').strip())
        return None if have is not None and v in have else 'header %s: %s' % (k, have)

    def run(self, path):
        for name, ask, want in cases(path):
            try: r = self.ask(list(ask))
            except Exception as e:
                self.tap.ok(False, f'{os.path.basename(path)}: {name}', repr(e))
                continue
            bad = [w for w in (self.wrong(r, line) for line in want) if w]
            self.tap.ok(not bad and want, f'{os.path.basename(path)}: {name}', '; '.join(bad) + (' | ' + re.sub(r'\s+', ' ', r.text[max(r.text.find('<main'), 0):])[:500] if bad else ''))

def main():
    tap, args = Tap(), sys.argv[2:]
    pg = next((a for a in args if a.startswith('host=')), None)
    only = next((a for a in args if not a.startswith('host=')), '')
    with City(sys.argv[1], pg) as city:
        runner = Runner(city, tap)
        for path in sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'http', '*%s*.t' % only))):
            first = open(path).readline()
            options = first.split()[1:] if first.startswith('OPTIONS') else []
            if city.proc is None or options != city.options:
                city.stop()
                city.options = options
                city.start()
            runner.run(path)
        return tap.end('pages over HTTP (%s)' % ('PostgreSQL' if city.pg else 'SQLite'))

sys.exit(main())
