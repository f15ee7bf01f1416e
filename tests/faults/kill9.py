#!/usr/bin/env python3
"""kill9.py YIZHAN [PG] [CYCLES] [SEED] -- the service is killed in the middle of its work, again and again.

Eight writers do acts over HTTP, each with a key of its own: a person takes a number or reports an ad, an employer publishes one, the desk
begins a visit and puts an ad on its slip.  At a moment taken by chance comes kill -9; the service starts again.  Then: what was acknowledged is
there exactly once; the same form sent again, whether it had been acknowledged or not, leads to the same place and still is one act; the
database is sound; the audit chain is whole.
"""
import os, random, shutil, signal, sqlite3, sys, tempfile, threading, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from city import City, Visitor, Tap

args = [a for a in sys.argv[2:] if not a.isdigit()]
numbers = [int(a) for a in sys.argv[2:] if a.isdigit()]
cycles, seed = (numbers + [12, 20261124][len(numbers):])[:2]
HANZI = '钳铆焊锻铸铣刨磨镗钻冲压装配维修检验包扎搬运缝纫裁剪熨烫染整印刷绘图测量护理按摩烹饪面点茶艺调酒保洁绿化'

class Acts:
    """What was sent: key -> (kind, path, form), and where the service said it led (None: no answer yet)."""
    def __init__(self, city, rng):
        self.city, self.rng, self.lock, self.sent, self.led, self.n = city, rng, threading.Lock(), {}, {}, 0
        self.public, self.firm, self.desk = Visitor(city), Visitor(city).login('employer'), Visitor(city).login('staff')
        self.ads = [r[0] for r in city.sql("SELECT code FROM job WHERE status = 'open' ORDER BY id LIMIT 40")]

    def one(self, rng, visits):
        """An act: kind, who, path, form."""
        with self.lock:
            self.n += 1
            key = 'k9-%d-%06d' % (os.getpid(), self.n)
        kind = rng.choice(['ticket', 'report', 'report', 'job', 'visit'] + ['slip'] * 2 * bool(visits))
        if kind == 'ticket': who, path, form = self.public, '/stations/S1/ticket', {}
        elif kind == 'report': who, path, form = self.public, f'/jobs/{rng.choice(self.ads)}/report', {'reason': 'closed', 'detail': key}
        elif kind == 'visit': who, path, form = self.desk, '/desk/visits', {}
        elif kind == 'slip': who, path, form = self.desk, f'{rng.choice(visits)}/jobs/{rng.choice(self.ads)}/add', {}
        else:
            who, path = self.firm, '/employer/jobs/new'
            form = {'title': ''.join(rng.sample(HANZI, 7)), 'openings': '2', 'description': '示例岗位，' + key, 'wage': '5000-6000元/月', 'street': '120102001',
                    'contact_name': '周工', 'contact_phone': '19900000001', 'seen': '1'}
        with self.lock: self.sent[key] = (kind, who, path, form)
        return key

    def send(self, key, visitor=None):
        kind, who, path, form = self.sent[key]
        if visitor is None: visitor = Visitor(self.city)
        visitor.cookies, visitor.csrf = dict(who.cookies), who.csrf
        r = visitor.ask('POST', path, dict(form, _csrf=who.csrf or ''), timeout=20,
                        headers={'Idempotency-Key': key, 'Referer': 'http://127.0.0.1:%d%s' % (self.city.port, path.split('/jobs/')[0] if kind == 'slip' else path)})
        where = r.getheader('Location').split('#')[0] if r.status == 303 else None
        return r, where

    def writer(self, seed, over, wrong):
        rng, visitor, visits = random.Random(seed), Visitor(self.city), []
        while not over.is_set():
            key = self.one(rng, visits)
            try: r, where = self.send(key, visitor)
            except Exception: return  # the service is gone
            if where is None:
                wrong.append((key, self.sent[key][0], r.status, r.text[r.text.find('<main'):][:1500]))
                continue
            self.led[key] = where
            if self.sent[key][0] == 'visit': visits.append(where)

def there(city, acts, key):
    """How often the act is in the database."""
    kind, who, path, form = acts.sent[key]
    where = acts.led[key]
    if kind == 'report': return city.one(f"SELECT count(*) FROM job_report WHERE detail = '{key}'")
    if kind == 'job': return city.one(f"SELECT count(*) FROM job WHERE title = '{form['title']}'")
    if kind == 'ticket': return city.one("SELECT count(*) FROM ticket WHERE code = '%s'" % where.split('/')[-1].replace('-', ''))
    if kind == 'visit': return city.one('SELECT count(*) FROM visit WHERE id = %s' % where.split('/')[-1])
    parts = path.split('/')
    return city.one(f"SELECT count(*) FROM referral r JOIN slip s ON s.id = r.slip_id JOIN job j ON j.id = r.job_id WHERE s.visit_id = {parts[3]} AND j.code = '{parts[5]}'")

def sound(city):
    """The database as the kill left it, looked at in a copy: opening it would mend it."""
    if city.pg: return 'ok'
    copy = tempfile.mkdtemp(prefix='yizhan-k9-')
    for name in os.listdir(city.dir):
        if name.startswith('yizhan.db'): shutil.copy(os.path.join(city.dir, name), copy)
    db = sqlite3.connect(copy + '/yizhan.db')
    found = db.execute('PRAGMA integrity_check').fetchone()[0]
    bad = db.execute('PRAGMA foreign_key_check').fetchall()
    db.close()
    shutil.rmtree(copy)
    return found if not bad else 'foreign keys: %s' % bad[:3]

def totals(city):
    return {t: int(city.one('SELECT count(*) FROM ' + t)) for t in ('ticket', 'job_report', 'job', 'visit')}

def cycle(city, acts, rng, tap, n):
    before, known, over, wrong = totals(city), set(acts.sent), threading.Event(), []
    writers = [threading.Thread(target=acts.writer, args=(rng.random(), over, wrong)) for _ in range(8)]
    for w in writers: w.start()
    time.sleep(rng.uniform(0.3, 1.5))
    city.stop(signal.SIGKILL)
    over.set()
    for w in writers: w.join()
    tap.ok(not wrong, f'cycle {n}: every act answered is done', wrong[:2])
    tap.ok(sound(city) == 'ok', f'cycle {n}: the database is sound', sound(city))
    begun = time.time()
    city.start()
    took = time.time() - begun
    fresh = [k for k in acts.sent if k not in known]
    acked = [k for k in fresh if k in acts.led]
    lost = [(k, acts.sent[k][0], there(city, acts, k)) for k in acked if there(city, acts, k) != '1']
    tap.ok(not lost, f'cycle {n}: every acknowledged act is there once', lost[:5])
    open_ones, again = [k for k in fresh if k not in acts.led], rng.sample(acked, min(20, len(acked)))
    moved = []
    for k in again + open_ones:
        r, where = acts.send(k)
        if where is None or acts.led.get(k, where) != where: moved.append((k, acts.sent[k][0], acts.led.get(k), where, r.status, r.text[-300:] if where is None else ''))
        elif k in open_ones: acts.led[k] = where
    tap.ok(not moved, f'cycle {n}: sent again, each leads to the same place', moved[:3])
    twice = [(k, acts.sent[k][0], there(city, acts, k)) for k in again + open_ones if k in acts.led and there(city, acts, k) != '1']
    tap.ok(not twice, f'cycle {n}: and is still one act', twice[:5])
    after, kinds = totals(city), [acts.sent[k][0] for k in fresh if k in acts.led]
    want = {'ticket': kinds.count('ticket'), 'job_report': kinds.count('report'), 'job': kinds.count('job'), 'visit': kinds.count('visit')}
    tap.ok(all(after[t] - before[t] == want[t] for t in want), f'cycle {n}: nothing else is there', (before, after, want))
    r = city.run('audit', 'verify', good=False)
    tap.ok(r.returncode == 0 and 'all sound' in r.stdout, f'cycle {n}: the audit chain is whole', r.stdout + r.stderr)
    return len(acked), len(open_ones), took

def gently(city, acts, rng, tap, n):
    """SIGTERM at work: what was begun is answered; what was not answered was not done."""
    known, over, wrong = set(acts.sent), threading.Event(), []
    writers = [threading.Thread(target=acts.writer, args=(rng.random(), over, wrong)) for _ in range(8)]
    for w in writers: w.start()
    time.sleep(rng.uniform(0.3, 1.0))
    begun = time.time()
    code = city.stop(signal.SIGTERM)
    over.set()
    for w in writers: w.join()
    tap.ok(code == 0 and time.time() - begun < 30, f'stop {n}: ends well and soon', (code, time.time() - begun))
    tap.ok(not wrong, f'stop {n}: every act answered is done', wrong[:2])
    silent = [k for k in acts.sent if k not in known and k not in acts.led]
    done = [k for k in silent if city.one("SELECT count(*) FROM once WHERE once_key LIKE '%% %s'" % k) != '0']
    tap.ok(not done, f'stop {n}: nothing was done without an answer', [(k, acts.sent[k][0]) for k in done][:3])
    city.start()

def main():
    tap, rng = Tap(), random.Random(seed)
    with City(sys.argv[1], args[0] if args else None, jobs=120, people=30) as city:
        acts = Acts(city.start(), rng)
        done = [cycle(city, acts, rng, tap, n + 1) for n in range(cycles)]
        tap.ok(sum(d[0] for d in done) > 5 * cycles, 'the writers did something', done)
        for n in range(3): gently(city, acts, rng, tap, n + 1)
        tap.ok(city.stop() == 0, 'a plain stop ends well')
        return tap.end('kill -9, %d times (%s, seed %d): %d acts acknowledged, %d cut off; ready again after at most %.1f s' % (
            cycles, 'PostgreSQL' if city.pg else 'SQLite', seed, sum(d[0] for d in done), sum(d[1] for d in done), max(d[2] for d in done)))

sys.exit(main())
