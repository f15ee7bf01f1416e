#!/usr/bin/env python3
"""races.py YIZHAN [PG] [ROUNDS] -- twenty at the same moment, one act.

The same form sent twenty times; a number called from twenty windows; one code of a second factor on twenty devices; one invitation accepted by
twenty; two who edit the same thing; a draft taken twice.  Nobody is answered with a failure of ours.
"""
import os, re, sys, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from city import City, Visitor, Tap, together, otp, PASSWORD, LOGINS

MANY = 20
args = [a for a in sys.argv[2:] if not a.isdigit()]
rounds = int(([a for a in sys.argv[2:] if a.isdigit()] + ['4'])[0])

def clones(who, n=MANY):
    out = []
    for _ in range(n):
        v = Visitor(who.city)
        v.cookies, v.csrf = dict(who.cookies), who.csrf
        out.append(v)
    return out

def sent(visitors, path, form, headers=()):
    """Answers of all at once."""
    return together(len(visitors), lambda i: visitors[i].ask('POST', path, dict(form, _csrf=visitors[i].csrf or ''), headers=dict(headers)))

def told(tap, answers, allowed, what):
    odd = [a if isinstance(a, Exception) else (a.status, a.text[:300]) for a in answers if isinstance(a, Exception) or a.status not in allowed]
    return tap.ok(not odd, what + ': nobody meets a failure of ours', odd[:2])

def one_form(city, tap, public, desk, firm, k):
    key = {'Idempotency-Key': 'race-%d-%d' % (os.getpid(), k)}
    n = int(city.one('SELECT count(*) FROM ticket'))
    a = sent(clones(public), '/stations/S1/ticket', {}, key)
    told(tap, a, (303,), 'a number')
    tap.ok(int(city.one('SELECT count(*) FROM ticket')) == n + 1, 'twenty clicks take one number')
    tap.ok(len({x.getheader('Location') for x in a}) == 1, 'and lead to one place')
    n = int(city.one('SELECT count(*) FROM job'))
    form = {'title': '示例叉车工%d' % k + '甲乙丙丁'[k % 4], 'openings': '1', 'description': '示例岗位，搬货。', 'wage': '5000元/月', 'street': '120102001', 'seen': '1'}
    a = sent(clones(firm), '/employer/jobs/new', dict(form, _once='race-job-%d-%d' % (os.getpid(), k)))
    told(tap, a, (303,), 'an ad')
    tap.ok(int(city.one('SELECT count(*) FROM job')) == n + 1, 'twenty clicks publish one ad', city.one('SELECT count(*) FROM job'))

def different_numbers(city, tap, public):
    n = int(city.one('SELECT count(*) FROM ticket WHERE station_id = 4'))
    a = sent(clones(public), '/stations/S4/ticket', {})
    told(tap, a, (303,), 'twenty people')
    rows = city.sql('SELECT number FROM ticket WHERE station_id = 4 AND day = (SELECT max(day) FROM ticket)')
    tap.ok(int(city.one('SELECT count(*) FROM ticket WHERE station_id = 4')) == n + MANY, 'twenty people get twenty numbers')
    tap.ok(len(rows) == len({r[0] for r in rows}), 'all different')

def calling(city, tap, public, desk):
    for _ in range(5): public.ask('POST', '/stations/S1/ticket', {})
    waiting = int(city.one("SELECT count(*) FROM ticket WHERE station_id = 1 AND status = 'waiting'"))
    a = sent(clones(desk, 3), '/desk/queue/call', {'place': '1'})
    told(tap, a, (303,), 'calling')
    left = int(city.one("SELECT count(*) FROM ticket WHERE station_id = 1 AND status = 'waiting'"))
    tap.ok(waiting - left == 3, 'three windows call three people', (waiting, left))

def slip(city, tap, desk):
    job = city.one("SELECT code FROM job WHERE status = 'open' ORDER BY id")
    visit = desk.ask('POST', '/desk/visits', {'_csrf': desk.csrf}).getheader('Location')
    told(tap, sent(clones(desk), f'{visit}/jobs/{job}/add', {}), (303, 409), 'a slip')
    tap.ok(city.one(f"SELECT count(*) FROM slip WHERE visit_id = {visit.split('/')[-1]}") == '1', 'one visit has one slip')
    tap.ok(city.one(f"SELECT count(*) FROM referral r JOIN slip s ON s.id = r.slip_id WHERE s.visit_id = {visit.split('/')[-1]}") == '1', 'and the ad is on it once')

def second_factor(city, tap):
    """Eight devices that know the password and see the same code."""
    devices = [Visitor(city) for _ in range(8)]
    for v in devices:
        r = v.post('/login', {'login': LOGINS['head'], 'password': PASSWORD})
        assert r.status == 303, r.text[-500:]
        v.csrf = v.token('/login/second')
    time.sleep(max(0, 30.2 - time.time() % 30) if time.time() % 30 > 25 else 0)
    a = sent(devices, '/login/second', {'code': otp()})
    told(tap, a, (303, 422, 423), 'a code')
    tap.ok(sum(not isinstance(x, Exception) and x.status == 303 for x in a) == 1, 'one code opens one door', [getattr(x, 'status', x) for x in a])

def joining(city, tap, admin, k):
    r = admin.ask('POST', '/invitations/new', {'_csrf': admin.csrf, 'role': 'auditor', 'name': '示例新人'})
    code = re.search(r'/join/([A-Za-z0-9_-]{43})', r.text).group(1)
    guests = [Visitor(city) for _ in range(8)]
    n = int(city.one('SELECT count(*) FROM account'))
    a = together(8, lambda i: guests[i].ask('POST', '/join/' + code, {'login': 'race-%d-%d' % (k, i), 'password': '八只海鸥 over the bay'}))
    told(tap, a, (303, 404), 'an invitation')
    tap.ok(int(city.one('SELECT count(*) FROM account')) == n + 1, 'one invitation makes one account')

def editing(city, tap, officer):
    """The same version of a station edited by two: the second is told, and what was typed is kept."""
    page = officer.get('/stations/S4/hours').text
    version = re.search(r'name="version" value="(\d+)"', page).group(1)
    days = {d: '9:00-12:0%d' % i for i, d in enumerate(re.findall(r'name="(d\d|\w+day|day\d)"', page))}
    form = dict(days, version=version)
    a = sent(clones(officer, 6), '/stations/S4/hours', form)
    told(tap, a, (303, 409), 'editing')
    tap.ok(sum(x.status == 303 for x in a) == 1, 'one of six edits of the same version stands', [x.status for x in a])

def main():
    tap = Tap()
    with City(sys.argv[1], args[0] if args else None, jobs=120, people=30, options=['--base-url', 'https://jobs.example.org']) as city:
        city.start()
        public, desk, firm, admin, officer = Visitor(city), *(Visitor(city).login(r) for r in ('staff', 'employer', 'admin', 'district'))
        public.csrf = public.token('/stations/S1/ticket')
        for k in range(rounds):
            one_form(city, tap, public, desk, firm, k)
            different_numbers(city, tap, public)
            calling(city, tap, public, desk)
            slip(city, tap, desk)
            joining(city, tap, admin, k)
            editing(city, tap, officer)
        second_factor(city, tap)
        r = city.run('audit', 'verify', good=False)
        tap.ok(r.returncode == 0, 'the chain is whole', r.stdout + r.stderr)
        return tap.end('races (%s)' % ('PostgreSQL' if city.pg else 'SQLite'))

sys.exit(main())
