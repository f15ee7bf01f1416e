#!/usr/bin/env python3
"""roles.py YIZHAN [PG] -- tries every role on every route that the program lists.

Not this role's: refused, and nothing changes.  This role's: the own thing is shown; a foreign one gets the very answer of an absent one; a form
without its token, with a wrong one or from another site is refused.  tests/roles.json says whose things a path parameter names; a route with a
parameter unknown there fails, and so does a route with a parameter that is not for everybody and has no scope: nobody adds a page without saying
whose things it shows.
"""
import json, os, re, subprocess, sys, time
from city import City, Visitor, Tap, LOGINS, PASSWORD

PARAMS = json.load(open(os.path.join(os.path.dirname(__file__), 'roles.json')))
# Acts that end the session the other checks use: tried last, in sessions()
ENDS_SESSION = {'POST /logout', 'POST /account/sessions/end-others'}

def prepare(city):
    """Reports about ads, others' imports, an account to block and, for each role, a second session to end: in the database before the service starts."""
    now = int(time.time() * 1000)
    city.write("INSERT INTO account (login, role, name, password, password_at, created_at, created_by) "
               "SELECT 'spare', 'staff', name, password, 0, 0, 0 FROM account WHERE login = 'yizhan';")
    city.write("INSERT INTO job_report (job_id, at, reason, detail) SELECT min(id), 0, 'closed', '示例' FROM job GROUP BY station_id, district;")
    for code, station, employer in (('I9001', 4, 'NULL'), ('I9002', 'NULL', 2)):
        city.write("INSERT INTO import (code, kind, account_id, employer_id, station_id, source_name, file_name, file_hash, head, found, mapping, status, at) "
                   f"VALUES ('{code}', 'sheet', 0, {employer}, {station}, '示例', 'a.csv', '{code}', '', '', '', 'checked', 0);")
    city.write("INSERT INTO sheet (kind, subject_id, account_id, file_name, file_hash, found, status, at) "
               "SELECT 'catalogue', id, 0, 'a.csv', 'x', '', 'checked', 0 FROM catalogue WHERE code = 'C2027';")
    city.write("INSERT INTO sheet (kind, subject_id, account_id, file_name, file_hash, found, status, at) VALUES ('history', 0, 0, 'a.csv', 'y', '', 'checked', 0);")
    city.write("INSERT INTO saved_search (asked, label, every, status, created_at, due) VALUES ('q=1', '示例', 'week', 'active', 0, 0);")
    city.write("UPDATE trainee SET person_id = (SELECT person_id FROM account WHERE login = 'qiuzhi') WHERE id = (SELECT max(id) FROM trainee);")
    for k in range(3):
        city.write(f"INSERT INTO session (token_hash, account_id, created_at, seen_at, expires_at, fresh_until, agent, address) "
                   f"SELECT 'spare{k} ' || login, id, {now}, {now}, {now + 3600000}, 0, '', '' FROM account WHERE login <> 'spare';")

class Things:
    """Path parameters made into things."""
    def __init__(self, city, people):
        self.city, self.people = city, people
        self.invitation = self.make('new invitation')
        self.make('search')
        for role, base in (('employer', '/employer'), ('staff', '/desk')): self.upload(people[role], base + '/imports', role)

    def upload(self, who, path, name):
        sheet = '岗位名称,单位名称,工资,人数,工作地点,岗位描述\n示例焊工,示例厂（示例）,6000-8000元/月,2,河东区大王庄街道,焊接\n,,,,,%s\n' % name
        parts = [('_csrf', '', who.csrf), ('file', '; filename="a.csv"', sheet)]
        body = ''.join('--x1y2z3\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % p for p in parts) + '--x1y2z3--\r\n'
        r = who.ask('POST', path, body, headers={'Content-Type': 'multipart/form-data; boundary=x1y2z3'})
        assert r.status == 303, (path, r.status, r.text[:2000])

    def make(self, what):
        if what == 'invitation': return self.invitation
        if what == 'new invitation':
            admin = self.people['admin']
            r = admin.ask('POST', '/invitations/new', {'_csrf': admin.csrf, 'role': 'auditor', 'name': '示例新人'})
            return re.search(r'/join/([A-Za-z0-9_-]{43})', r.text).group(1)
        if what.startswith('search'):  # a kept search of the seeker: its number, or the link that its mails carry
            seeker, wanted = self.people['seeker'], r'/saved/(\d+-[0-9a-f]+)' if what == 'search link' else r'/me/searches/(\d+)/actions'
            found = re.search(wanted, seeker.ask('GET', '/me/searches').text)
            if found: return found.group(1)
            seeker.ask('POST', '/jobs/save?q=x', {'_csrf': seeker.csrf, 'every': 'week'})
            return re.search(wanted, seeker.ask('GET', '/me/searches').text).group(1)
        guest = Visitor(self.city)  # a form whose session has ended is kept as a draft
        r = guest.ask('POST', '/stations/new', {'name': '示例'})
        return re.search(r'draft=([A-Za-z0-9_-]+)', r.getheader('Location')).group(1)

    def spec(self, path, param):
        for key in PARAMS:
            if key.endswith(' {%s}' % param) and path.startswith(key.split(' ')[0] + '/'): return PARAMS[key]
        return PARAMS.get(param)

    def fill(self, path, role, which):
        """The path with its things, or None where this role has none."""
        out = path
        for p in re.findall(r'\{(\w+)\}', path):
            v = self.spec(path, p)[which]
            if isinstance(v, dict): v = v.get(role, v.get('any'))
            if v is None: return None
            if v.startswith('make '): v = self.make(v[5:])
            if v.startswith('SELECT'): v = self.city.one(v.replace(':role', "'%s'" % role) + ' LIMIT 1')
            if v is None: return None
            out = out.replace('{%s}' % p, v)
        return out

    def mixed(self, path, role):
        """Of several parameters only the last is foreign: a foreign member of the own station."""
        names = re.findall(r'\{(\w+)\}', path)
        if len(names) < 2: return None
        head, tail = path[:path.rindex('{')], path[path.rindex('{'):]
        a, b = self.fill(head, role, 'own'), self.fill(path, role, 'foreign')
        if a is None: return None
        v = self.spec(path, names[-1])['foreign']
        if isinstance(v, dict): v = v.get(role, v.get('any'))
        if v is None: return None
        return a + tail.replace('{%s}' % names[-1], self.city.one(v.replace(':role', "'%s'" % role) + ' LIMIT 1'))

def plain(text):
    """An answer without what differs between any two: tokens, numbers of requests, the path itself."""
    try:
        v = json.loads(text)
        v.pop('instance', None)
        return v
    except ValueError:
        return re.sub(r'(name="_(csrf|once)" value="[^"]*"|(href|action|content|value)="[^"]*"|[0-9A-Za-z_-]{12}(?=<))', '', text)

class Matrix:
    def __init__(self, city, people, tap):
        self.city, self.people, self.tap, self.things = city, people, tap, Things(city, people)

    def state(self):
        # each change of anything is in the chain; the clock's own fall as they fall
        return self.city.one("SELECT count(*) FROM audit WHERE action NOT LIKE 'sign_in%' AND role <> 'clock'")

    def send(self, who, r, target, form=None, **k):
        body = None if r['method'] == 'GET' else dict(form if form is not None else {'_csrf': who.csrf or ''})
        return who.ask(r['method'], target, body, **k)

    def refused(self, r, name):
        """Cells that must not do anything."""
        before = self.state()
        for role, who in self.people.items():
            target = self.things.fill(r['path'], role, 'own') or self.things.fill(r['path'], role, 'absent')
            if role not in r['roles']:
                a = self.send(who, r, target, json_answer=True)
                self.tap.ok(a.status == (401 if role == 'public' else 403), f'{name} as {role}', f'is not for this role, answered {a.status}')
                a = self.send(who, r, target)
                self.tap.ok(a.status == (303 if role == 'public' else 403), f'{name} as {role}, page', f'is not for this role, answered {a.status}')
            elif r['method'] == 'POST':
                forged = [('from another site', {'_csrf': who.csrf or '', 'x': '1'}, {'Sec-Fetch-Site': 'cross-site'}),
                          ('of another origin', {'_csrf': who.csrf or '', 'x': '1'}, {'Sec-Fetch-Site': None, 'Origin': 'https://evil.example'})]
                if role != 'public':
                    forged += [('without token', {'x': '1'}, {}), ('with a wrong token', {'_csrf': 'A' * 43}, {}),
                               ("with another's token", {'_csrf': self.people['city' if role != 'city' else 'admin'].csrf}, {})]
                else:
                    forged += [('without token and origin', {'x': '1'}, {'Sec-Fetch-Site': None})]
                for how, form, headers in forged:
                    a = self.send(who, r, target, form, headers=headers, json_answer=True)
                    self.tap.ok(a.status == 403, f'{name} as {role} {how}', f'answered {a.status}')
            if role in r['roles'] and r['scope']: self.foreign(r, name, role, who)
        self.tap.ok(self.state() == before, name, 'something changed by what was refused')

    def foreign(self, r, name, role, who):
        absent = self.things.fill(r['path'], role, 'absent')
        b, page = self.send(who, r, absent, json_answer=True), self.send(who, r, absent)
        self.tap.ok(b.status == 404 and page.status == 404, f'{name} as {role}, absent', f'answered {b.status} and {page.status}')
        if r['scope'].startswith(('any ', 'whoever ')): return  # everybody's
        for target in (self.things.fill(r['path'], role, 'foreign'), self.things.mixed(r['path'], role)):
            if target is None: continue
            a = self.send(who, r, target, json_answer=True)
            self.tap.ok(a.status == b.status and plain(a.text) == plain(b.text), f'{name} as {role}, foreign', f'{target}: {a.status} {a.text[:200]} / absent {b.status} {b.text[:200]}')
            a = self.send(who, r, target)
            self.tap.ok(a.status == page.status and plain(a.text) == plain(page.text), f'{name} as {role}, foreign page', f'{target}: answered {a.status}')

    def allowed(self, r, name):
        for role, who in self.people.items():
            if role not in r['roles'] or name in ENDS_SESSION: continue
            own = self.things.fill(r['path'], role, 'own')
            if own is None:
                self.tap.ok(not r['scope'] or r['path'].count('{') == 0, f'{name} as {role}', 'the demo city has no own thing to try')
                continue
            a = self.send(who, r, own, json_answer=r['method'] == 'GET' and r['page'] is not None)
            good = a.status < 500 and a.status not in (401, 403, 404, 405)
            if a.status == 303 and r['method'] == 'GET': good = '/login' not in a.getheader('Location') or r['path'].startswith('/login')
            if a.status == 303 and r['method'] == 'POST' and '/login' in a.getheader('Location'): good = 'public' in r['roles']
            # a step of a flow, or the form of a draft, may be for another role
            if a.status == 403: good = r['method'] == 'POST' and '{' in r['path'] or r['path'].startswith('/resume/')
            self.tap.ok(good, f'{name} as {role}, own', f'{own}: answered {a.status} {a.getheader("Location") or ""} {a.text[:300] if a.status >= 500 else ""}')

def sessions(tap, people):
    """Ending the others keeps this one; signing out ends it on the server, whatever cookie is shown later."""
    for role, who in people.items():
        if role == 'public': continue
        a = who.ask('POST', '/account/sessions/end-others', {'_csrf': who.csrf})
        tap.ok(a.status == 303 and who.get('/account').status == 200, 'POST /account/sessions/end-others as ' + role, a.status)
        old = dict(who.cookies)
        a = who.ask('POST', '/logout', {'_csrf': who.csrf})
        tap.ok(a.status == 303 and 'sid' not in who.cookies, 'POST /logout as ' + role, (a.status, list(who.cookies)))
        who.cookies = old
        tap.ok(who.get('/account').status == 303, 'the cookie of before as ' + role, 'still opens')

def complete(tap, things, r, name):
    """Does the route say whose things it shows?"""
    unknown = [p for p in re.findall(r'\{(\w+)\}', r['path']) if things.spec(r['path'], p) is None]
    tap.ok(not unknown, name, 'unknown parameter %s: say in tests/roles.json whose it is' % unknown)
    if any(things.spec(r['path'], p).get('thing', True) for p in re.findall(r'\{(\w+)\}', r['path']) if p not in unknown) and 'public' not in r['roles'] and not r['path'].startswith('/resume/'):
        tap.ok(r['scope'], name, 'a thing that is not for everybody, and no scope: whose is it?')
    tap.ok(r['roles'], name, 'is for nobody')
    return not unknown

def main():
    tap = Tap()
    with City(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None) as city:
        prepare(city)
        city.start()
        routes = json.loads(subprocess.run([city.bin, 'doc', 'routes', '--json'], capture_output=True, text=True).stdout)['routes']
        people = {'public': Visitor(city)}
        for role in LOGINS: people[role] = Visitor(city).login(role)
        people['public'].csrf = people['public'].token('/login')
        matrix, only = Matrix(city, people, tap), os.environ.get('ROUTE')
        routes = [r for r in routes if not only or only in r['method'] + ' ' + r['path']]
        todo = [r for r in routes if complete(tap, matrix.things, r, r['method'] + ' ' + r['path'])]
        for r in todo: matrix.refused(r, r['method'] + ' ' + r['path'])
        for method in ('GET', 'POST'):  # looking first: an act may take the thing away
            for r in todo:
                if r['method'] == method: matrix.allowed(r, method + ' ' + r['path'])
        sessions(tap, people)
        return tap.end('every role on %d routes (%s)' % (len(routes), 'PostgreSQL' if city.pg else 'SQLite'))

if __name__ == '__main__': sys.exit(main())
