#!/usr/bin/env python3
"""gone.py YIZHAN [PG] -- what somebody typed survives: a disk that is full, a database that is gone for a while, a session that has ended.

SQLite: the data folder lives on a small file system that fills up (skipped where mounting is not allowed).  PostgreSQL: the server is stopped and
started again.  Both: a session is ended from another device in the middle of a form.
"""
import glob, os, re, subprocess, sys, tempfile, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from city import City, Visitor, Tap, otp, skip, LOGINS, PASSWORD

TEXT = '说好八小时，实际每天十二小时，没有加班费。'
AD = {'title': '示例面点师傅', 'openings': '2', 'description': '示例岗位：和面、做馒头、蒸花卷。', 'wage': '5500元/月', 'street': '120102001', 'seen': '1'}

def report(city, who, key):
    job = city.first_job
    return who.ask('POST', f'/jobs/{job}/report', {'_csrf': who.csrf or '', 'reason': 'false', 'detail': TEXT + key}, headers={'Idempotency-Key': key})

def reports(city, key): return city.one("SELECT count(*) FROM job_report WHERE detail = '%s'" % (TEXT + key))

def refused_kindly(tap, r, status, what):
    tap.ok(r.status == status, what + ': said with its own status', (r.status, r.text[:300]))
    tap.ok(TEXT in r.text and '<textarea' in r.text, what + ': the text is still in the form')
    tap.ok('12333' in r.text, what + ': the way to a human is shown')

def filled_disk(city, tap, guest):
    filler = city.dir + '/filler'
    with open(filler, 'wb', 0) as f:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True: f.write(b'x' * size)
            except OSError: pass
    statuses = []
    for k in range(200):  # there is some room left inside the database's own files
        r = report(city, guest, 'full-%03d' % k)
        statuses.append(r.status)
        if r.status != 303: break
    refused_kindly(tap, r, 507, 'a full disk')
    tap.ok(reports(city, 'full-%03d' % k) == '0', 'a full disk: nothing half was kept')
    for path in ('/', '/jobs', '/stations/S1', f'/jobs/{city.first_job}'):
        tap.ok(guest.get(path).status == 200, 'a full disk: reading goes on', path)
    os.remove(filler)
    r = report(city, guest, 'full-%03d' % k)
    tap.ok(r.status == 303 and reports(city, 'full-%03d' % k) == '1', 'with room again it is kept', (r.status, r.text[:300]))
    tap.ok(all(reports(city, 'full-%03d' % i) == '1' for i in range(k)), 'what was acknowledged before is there')

def full(bin, tap):
    disk = tempfile.mkdtemp(prefix='yizhan-disk-')
    if subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', disk], capture_output=True).returncode != 0:
        os.rmdir(disk)
        return skip('a full disk', 'mounting a file system is not allowed here')
    try:
        with City(bin, jobs=60, people=20, data=disk + '/data') as city:
            city.start()
            city.first_job = city.one("SELECT code FROM job WHERE status = 'open' ORDER BY id")
            guest = Visitor(city)
            guest.csrf = guest.token('/login')
            filled_disk(city, tap, guest)
            city.stop()
            r = city.run('audit', 'verify', good=False)
            tap.ok(r.returncode == 0, 'the chain is whole after a full disk', r.stdout + r.stderr)
    finally:
        subprocess.run(['umount', disk], check=True)
        os.rmdir(disk)

class Server:
    """The private PostgreSQL server of tools/with-postgres, stopped and started."""
    def __init__(self, pg):
        self.dir = re.search(r'host=(\S+)', pg).group(1)
        self.bin = sorted(glob.glob('/usr/lib/postgresql/*/bin'))[-1]
        self.as_user = ['runuser', '-u', 'postgres', '--'] if os.getuid() == 0 else []
    def ctl(self, *words): subprocess.run([*self.as_user, self.bin + '/pg_ctl', '-D', self.dir + '/data', '-w', *words], check=True, cwd='/', stdout=subprocess.DEVNULL)
    def stop(self): self.ctl('-m', 'immediate', 'stop')
    def start(self): self.ctl('-l', self.dir + '/server.log', '-o', f"-k {self.dir} -h '' -c fsync=off -c max_connections=60", 'start')

def database_gone(city, pg, tap, guest):
    server = Server(pg)
    city.hang_up()
    server.stop()
    begun = time.time()
    r = report(city, guest, 'gone-0001')
    tap.ok(time.time() - begun < 8, 'a lost database is told soon', time.time() - begun)
    refused_kindly(tap, r, 503, 'a lost database')
    tap.ok(r.getheader('Retry-After'), 'a lost database: when to come again')
    r = guest.get('/stations/S1')
    tap.ok(r.status == 503 and 'http-equiv' not in r.text and '12333' in r.text, 'a page says so too', r.status)
    tap.ok(guest.get('/healthz').status in (200, 503), 'the state of the service is told without a database')
    r = guest.ask('POST', '/employer/jobs/new', AD)
    tap.ok(r.status == 503 and AD['description'] in r.text, 'a long form keeps its text', r.status)
    server.start()
    for wait in range(30):
        r = report(city, guest, 'gone-0001')
        if r.status == 303: break
        time.sleep(0.5)
    tap.ok(r.status == 303 and wait < 20, 'it works again by itself', (r.status, wait))
    report(city, guest, 'gone-0001')
    tap.ok(reports(city, 'gone-0001') == '1', 'and the form was kept once')
    for path in ('/', '/jobs', '/stations/S1'): tap.ok(guest.get(path).status == 200, 'pages are back', path)
    restart(city, server, tap, guest)

def restart(city, server, tap, guest):
    """A database that went away and came back between two requests."""
    city.hang_up()
    server.stop()
    server.start()
    answers = [report(city, guest, 'again-%04d' % k) for k in range(8)]
    tap.ok(all(r.status in (303, 503) for r in answers), 'after a restart nobody meets anything odd', [r.status for r in answers])
    answers = [report(city, guest, 'again-%04d' % k) for k in range(8)]
    tap.ok(all(r.status == 303 for r in answers), 'and everybody is served the next time', [r.status for r in answers])
    tap.ok(all(reports(city, 'again-%04d' % k) == '1' for k in range(8)), 'each once')

def field(page, name):
    m = re.search(r'<(?:input|textarea)[^>]*name="%s"[^>]*>' % name, page)
    v = re.search(r'value="([^"]*)"', m.group(0)) if m and m.group(0).startswith('<input') else None
    if m and m.group(0).startswith('<textarea'): v = re.match(r'([^<]*)<', page[m.end():])
    return v.group(1) if v else None

def ended_session(city, tap, role, path, form, table, where):
    """Another device ends the session; the form that was being filled in is sent; its text is there after signing in."""
    one = Visitor(city).login(role)
    page = one.get(path).text
    token = field(page, '_csrf')
    other = Visitor(city).login(role)
    r = other.ask('POST', '/account/sessions/end-others', {'_csrf': other.csrf})
    tap.ok(r.status == 303, role + ': another device ends the session')
    r = one.ask('POST', path, dict(form, _csrf=token, _once=field(page, '_once') or ''))
    to = r.getheader('Location') or ''
    if not tap.ok(r.status == 303 and to.startswith('/login') and 'draft=' in to, role + ': the form leads to the door', (r.status, to)): return
    tap.ok(city.one(where) == '0', role + ': nothing was done without a session')
    door = one.get(to).text
    r = one.ask('POST', '/login', {'_csrf': field(door, '_csrf'), 'login': LOGINS[role], 'password': PASSWORD, 'next': field(door, 'next') or '', 'draft': field(door, 'draft') or ''})
    while '/login/second' in (r.getheader('Location') or ''):
        time.sleep(30.5 - time.time() % 30)
        to = r.getheader('Location')
        s = one.ask('POST', to, {'_csrf': field(one.get(to).text, '_csrf'), 'code': otp()})
        if s.status == 303: r = s
    to = r.getheader('Location') or ''
    tap.ok(to.startswith('/resume/'), role + ': and on to the form', (r.status, to))
    r = one.get(to)
    kept = {k: field(r.text, k) for k in form if k in ('title', 'description', 'summary', 'place')}
    tap.ok(r.status in (200, 422) and all(kept[k] == form[k] for k in kept if form[k]), role + ': what was typed is there', (r.status, kept))
    tap.ok('_csrf' not in form and field(r.text, 'password') is None, role + ': no password is kept')
    r = one.ask('POST', path, dict(form, _csrf=field(r.text, '_csrf'), _once=field(r.text, '_once') or ''))
    tap.ok(r.status == 303 and city.one(where) == '1', role + ': sent again, it is done once', (r.status, r.text[r.text.find('<main'):][:1500]))

def hang_up(city):
    if city.talk is not None:
        city.talk.stdin.close()
        city.talk.wait(10)
        city.talk = None
City.hang_up = hang_up

def main():
    tap, pg = Tap(), sys.argv[2] if len(sys.argv) > 2 else None
    with City(sys.argv[1], pg, jobs=60, people=20) as city:
        city.start()
        city.first_job = city.one("SELECT code FROM job WHERE status = 'open' ORDER BY id")
        guest = Visitor(city)
        guest.csrf = guest.token('/login')
        ended_session(city, tap, 'employer', '/employer/jobs/new', AD, 'job', "SELECT count(*) FROM job WHERE title = '%s'" % AD['title'])
        if pg: database_gone(city, pg, tap, guest)
        else:
            form = {'title': '示例专场招聘会', 'kind': 'onsite', 'starts_at': '2027-03-01T09:00', 'ends_at': '2027-03-01T11:30', 'place': '示例路 1 号', 'expected': '60', 'summary': '二十家单位。'}
            ended_session(city, tap, 'staff', '/desk/events/new', form, 'event', "SELECT count(*) FROM event WHERE title = '示例专场招聘会'")
        r = city.run('audit', 'verify', good=False)
        tap.ok(r.returncode == 0, 'the chain is whole', r.stdout + r.stderr)
    if not pg: full(sys.argv[1], tap)
    return tap.end('what was typed survives (%s)' % ('PostgreSQL' if pg else 'SQLite'))

sys.exit(main())
