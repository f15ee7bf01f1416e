#!/usr/bin/env python3
"""markup.py YIZHAN -- whatever people wrote is text: nothing that is stored or sent becomes markup, a line, a formula or a script anywhere.

Every text column of the demo city that people fill is set to something hostile; then every page is opened as every role, and every query
parameter is tried. Pages are read by a parser, as a browser would; files by theirs.
"""
import csv, html.parser, io, json, os, re, subprocess, sys, xml.etree.ElementTree as xml
import importlib.util
from city import City, Visitor, Tap, LOGINS

EVIL = '\'"><xq7 onxq7=1>{{xq7}}</textarea></script></title><xq7>'
COLUMNS = {
    'station': 'name address operator brand story', 'event': 'title place summary note licence', 'employer': 'name address about',
    'job': 'title description requirements wage_text place hours source_name address', 'job_report': 'detail', 'job_log': 'note',
    'station_move': 'note', 'station_day': 'note', 'session': 'agent', 'import': 'file_name source_name note found head', 'hire': 'evidence_note',
    'referral': 'advice',
}
spec = importlib.util.spec_from_file_location('roles', os.path.join(os.path.dirname(os.path.abspath(__file__)), 'roles.py'))
roles = importlib.util.module_from_spec(spec)
spec.loader.exec_module(roles)

class Reader(html.parser.HTMLParser):
    """What of our marks became markup."""
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.seen, self.inside = [], 0, ''
    def handle_starttag(self, tag, attrs):
        self.inside = tag
        if 'xq7' in tag: self.found.append('<%s>' % tag)
        self.found += ['%s=' % n for n, _ in attrs if 'xq7' in n]
        self.found += ['%s="%s"' % (n, v) for n, v in attrs if n in ('href', 'src', 'action') and re.match(r'\s*(javascript|data|vbscript):', v or '', re.I)]
        self.seen += any('xq7' in (v or '') for _, v in attrs)
    def handle_endtag(self, tag): self.inside = ''
    def handle_data(self, data): self.seen += 'xq7' in data
    def handle_comment(self, data):
        if 'xq7' in data: self.found.append('<!--')

def wrong(r):
    """Why the answer lets something through; and whether the hostile text was in it at all."""
    kind, text = (r.getheader('Content-Type') or '').split(';')[0], r.text
    if r.status >= 500: return 'answered %d' % r.status, False
    if kind == 'text/html':
        p = Reader()
        p.feed(text)
        p.close()
        if 'application/ld+json' in text:
            for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S): json.loads(block)
        return ', '.join(p.found[:3]) or None, p.seen > 0
    if kind.endswith('ndjson'): [json.loads(line) for line in text.splitlines()]
    elif kind.endswith('json'): json.loads(text)
    elif kind.endswith('xml'): xml.fromstring(r.bytes)
    elif kind == 'text/csv':
        rows = list(csv.reader(io.StringIO(text.lstrip('\ufeff'), newline=''), strict=True))
        bad = [c for row in rows for c in row if c[:1] in ('=', '+', '-', '@', '\t', '\r') and c[1:2] and not re.match(r'^-?\d', c)]
        return 'a formula: %s' % bad[0] if bad else None, 'xq7' in text
    elif kind == 'text/calendar':
        if any(l and not re.match(r'[A-Z-]+[:;]', l) for l in re.sub(r'\r\n[ \t]', '', text).split('\r\n')): return 'a line of its own', True
    return None, 'xq7' in text

def poison(city):
    evil = EVIL.replace("'", "''")
    for table, columns in COLUMNS.items():
        for c in columns.split():
            value = "'=1+1'" if (table, c) == ('job', 'place') else "'%s'" % evil  # one that spreadsheets would run
            city.write(f"UPDATE {table} SET {c} = {value};")

def stored(city, tap, matrix, routes, people):
    shown = 0
    for r in routes:
        if r['method'] != 'GET': continue
        for role, who in people.items():
            if role not in r['roles']: continue
            own = matrix.things.fill(r['path'], role, 'own')
            if own is None: continue
            for face in ('', '.json') if r['page'] else ('',):
                if face and own == '/': continue
                try: why, there = wrong(who.get(own + face))
                except Exception as e: why, there = repr(e), True
                shown += there
                tap.ok(why is None, f'{r["path"]}{face} as {role}', why)
    tap.ok(shown > 100, 'the hostile text was on the pages', shown)

def sent(tap, routes, people, matrix):
    """Query parameters, of every page; also one that is no parameter, and a path."""
    for r in routes:
        if r['method'] != 'GET': continue
        role = 'public' if 'public' in r['roles'] else r['roles'][0]
        own = matrix.things.fill(r['path'], role, 'own')
        if own is None: continue
        for f in [f['name'] for f in r['fields'] or []] + ['unknown']:
            why, _ = wrong(people[role].get(own + '?' + f + '=' + EVIL.replace('"', '%22').replace('<', '%3C').replace('>', '%3E').replace('{', '%7B').replace('}', '%7D').replace("'", '%27')))
            tap.ok(why is None, f'{r["path"]}?{f} as {role}', why)
    why, _ = wrong(people['public'].get('/%3Cxq7%20onxq7=1%3E'))
    tap.ok(why is None, 'a path', why)

def main():
    tap = Tap()
    with City(sys.argv[1], jobs=120, people=40) as city:
        roles.prepare(city)
        poison(city)
        city.start()
        routes = json.loads(subprocess.run([city.bin, 'doc', 'routes', '--json'], capture_output=True, text=True).stdout)['routes']
        people = {'public': Visitor(city)}
        for role in LOGINS: people[role] = Visitor(city).login(role)
        matrix = roles.Matrix(city, people, tap)
        stored(city, tap, matrix, routes, people)
        sent(tap, routes, people, matrix)
        return tap.end('hostile text on every page')

sys.exit(main())
