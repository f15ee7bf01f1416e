#!/usr/bin/env python3
"""payments.py YIZHAN [PG] [KILLS] [SEED] -- nothing is paid twice, nothing is lost.

Several officers approve the same claim at the same moment; twenty make a batch, send it, read the same answer of the bank.  The bank answers in
pieces, twice, overlapping, and wrongly.  Then a payment run is killed (kill -9) at moments taken by chance: approving, making a batch, fetching
its file, sending it, reading the answer; the service starts again and the officers go on from what they see.  A bank of our own keeps what it was
told to pay.  After each step: every line has at most one live payment, the sums of the ledger fit (`yizhan ledger check`), and what was
acknowledged is there; at the end every line that was approved has been paid once, by the bank's books too.
"""
import os, random, signal, sys, threading, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from city import City, Visitor, Tap, together

args = [a for a in sys.argv[2:] if not a.isdigit()]
numbers = [int(a) for a in sys.argv[2:] if a.isdigit()]
kills, seed = (numbers + [12, 20261124][len(numbers):])[:2]
CLASSES, EACH, HOME, FEN = 13, 3, 120102, 291600 + 35000

def records(city):
    """Classes that were held, with trainees who passed and hold verified certificates: by statements, from the demo's people."""
    city.write("INSERT INTO account (login, role, name, password, password_at, otp_secret, district, created_at, created_by) "
               "SELECT 'quji3', role, name, password, password_at, otp_secret, district, 0, 0 FROM account WHERE login = 'quji2';")
    city.write("INSERT INTO catalogue (code, title, sample, effective_on, until_on, status, created_at, moved_at) VALUES ('C900', '示例目录', 1, 20260801, 20261031, 'superseded', 0, 0);"
               "INSERT INTO catalogue_item (catalogue_id, seq, sector, occupation, name, urgency, class, origin, find) SELECT id, 1, '制造', '6-18-02-04', '焊工', 'short', 'A', 'made', '' "
               "FROM catalogue WHERE code = 'C900';"
               "INSERT INTO catalogue_rate (item_id, level, hours, amount) SELECT i.id, 4, 120, 324000 FROM catalogue_item i JOIN catalogue c ON c.id = i.catalogue_id WHERE c.code = 'C900';"
               "INSERT INTO evaluation_fee (catalogue_id, class, level, amount) SELECT id, 'A', 4, 35000 FROM catalogue WHERE code = 'C900';"
               "INSERT INTO budget (fund, district, year, appropriated) VALUES ('insurance', %d, 2000, 0);" % HOME)
    people = [int(r[0]) for r in city.sql('SELECT id FROM person WHERE idno IS NOT NULL AND erased_at IS NULL AND birth_year BETWEEN 1975 AND 2003 '
                                          'AND id NOT IN (SELECT person_id FROM trainee) ORDER BY id')]
    assert len(people) >= CLASSES * EACH, len(people)
    n, values = 0, []
    for k in range(CLASSES):
        city.write("INSERT INTO class (code, name, provider_id, project_id, district, catalogue_id, item_id, occupation, level, hours, mode, certificate, audience, place_id, "
                   "seats, schedule, starts_on, ends_on, contact, phone, status, created_by) SELECT 'K9%03d', '示例付款班%d', 1, (SELECT min(id) FROM project), %d, c.id, i.id, "
                   "'6-18-02-04', 4, 120, 'offline', 'level', 'society', (SELECT min(id) FROM provider_place), 40, 'day', 20260901, 20261020, '示例', '022-1', 'examined', 1 "
                   "FROM catalogue c JOIN catalogue_item i ON i.catalogue_id = c.id WHERE c.code = 'C900';" % (k, k, HOME))
        for p in people[k * EACH:(k + 1) * EACH]:
            n += 1
            values.append("INSERT INTO trainee (code, class_id, person_id, category, proof, said, status, decision, decided_at, decided_by, hours) SELECT 'A9%04d', id, %d, 'unemployed', "
                          "'record', 'pension=no civil=no qualified=yes', 'passed', '{}', 0, 1, 120 FROM class WHERE code = 'K9%03d';"
                          "INSERT INTO certificate (number, kind, person_id, trainee_id, occupation, level, issued_on, evaluator, status, checks, at) SELECT 'S9%04d', 'level', person_id, id, "
                          "'6-18-02-04', 4, 20261025, '示例', 'verified', '[]', 0 FROM trainee WHERE code = 'A9%04d';" % (n, p, k, n, n))
    city.write(''.join(values))

def claims_of(city, where=''):
    return [r[0] for r in city.sql("SELECT q.code FROM claim q JOIN class k ON k.id = q.class_id WHERE k.code LIKE 'K9%%' %s ORDER BY q.id" % where)]

def drawn(city, tap, people):
    """Draws all claims; the days of the notice are gone by a statement."""
    officer = people['quji']
    for k in range(CLASSES):
        r = officer.ask('POST', '/district/claims/classes/K9%03d' % k, {'_csrf': officer.csrf})
        tap.ok(r.status == 303, 'a claim is drawn', (r.status, r.text[r.text.find('<main'):][:800]))
    r = people['jigou'].ask('POST', '/provider/claims/accounts/provider-1', {'_csrf': people['jigou'].csrf, 'name': '示例机构（示例）', 'bank': '示例银行', 'account': '6222000011112222'})
    tap.ok(r.status == 303, 'the account is set', r.text[r.text.find('<main'):][:600])
    city.stop()
    city.write("UPDATE claim SET status = 'cleared', reviewed_by = (SELECT id FROM account WHERE login = 'quji'), version = version + 1 "
               "WHERE class_id IN (SELECT id FROM class WHERE code LIKE 'K9%');")
    city.start()

class Bank:
    """Its own books: what it was told to pay, by reference; it pays a reference once and says so again when asked again."""
    def __init__(self, rng): self.rng, self.told, self.answers = rng, {}, {}
    def take(self, csv):
        for line in csv.lstrip('\ufeff').split('\r\n')[1:]:
            if not line: continue
            cells = line.split(',')
            fresh = self.told.setdefault(cells[0], (cells[3], cells[4], cells[5])) == (cells[3], cells[4], cells[5])
            assert fresh, ('the bank was told something else under the same reference', line, self.told[cells[0]])
            self.answers.setdefault(cells[0], '成功')
    def csv(self, references): return '付款编号,金额,结果,原因\n' + ''.join(f'{r},{self.told[r][1]},{self.answers[r]},\n' for r in references)

def upload(who, text, name='回执.csv'):
    parts = [('_csrf', '', who.csrf), ('file', f'; filename="{name}"', text)]
    body = ''.join('--x1y2z3\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % p for p in parts) + '--x1y2z3--\r\n'
    return who.ask('POST', '/district/payments/returns', body, headers={'Content-Type': 'multipart/form-data; boundary=x1y2z3'})

def clones(who, n):
    out = []
    for _ in range(n):
        v = Visitor(who.city)
        v.cookies, v.csrf = dict(who.cookies), who.csrf
        out.append(v)
    return out

def post(who, path, form=None): return who.ask('POST', path, dict(form or {}, _csrf=who.csrf))
def statuses(answers): return [a if isinstance(a, Exception) else a.status for a in answers]

def fits(city, tap, when):
    """The sums; no line is paid or on its way twice."""
    twice = city.sql('SELECT claim_line_id FROM payment_line WHERE live = 1 GROUP BY claim_line_id HAVING count(*) > 1')
    tap.ok(not twice, when + ': no line has two live payments', twice)
    paid = city.sql("SELECT object_id FROM ledger WHERE kind = 'claim' AND debit = 'payment' AND credit = 'commitment' GROUP BY object_id HAVING count(*) > 1")
    tap.ok(not paid, when + ': no line was paid twice', paid)
    lost = city.sql("SELECT l.id FROM claim_line l WHERE l.status = 'paying' AND NOT EXISTS (SELECT 1 FROM payment_line p WHERE p.claim_line_id = l.id AND p.live = 1)")
    tap.ok(not lost, when + ': no line is on its way without a payment', lost)

def sums(city, tap, when):
    r = city.run('ledger', 'check', good=False)
    tap.ok(r.returncode == 0 and 'all sums fit' in r.stdout, when + ': the sums of the ledger fit', r.stdout + r.stderr)

def made(city, answer):
    return city.one('SELECT code FROM payment_batch ORDER BY id DESC')

def races(city, tap, people, bank):
    claim = claims_of(city)[0]
    a = together(16, lambda i: post(crowd[i], f'/district/claims/{claim}/actions', {'action': 'approve'})) if (crowd := clones(people['quji2'], 8) + clones(people['quji3'], 8)) else []
    tap.ok(statuses(a).count(303) == 1 and set(statuses(a)) <= {303, 409}, 'two officers, sixteen times at once: approved once', statuses(a))
    tap.ok(int(city.one("SELECT committed FROM budget WHERE fund = 'insurance' AND district = %d AND year > 2000" % HOME)) - base == FEN * EACH, 'the money is promised once')
    crowd = clones(people['quji'], 8) + clones(people['quji2'], 8)
    a = together(16, lambda i: post(crowd[i], '/district/payments', {'fund': 'insurance'}))
    tap.ok(statuses(a).count(303) == 1 and set(statuses(a)) <= {303, 409}, 'sixteen make a batch: one is made', statuses(a))
    fits(city, tap, 'batches at once')
    code = made(city, a)
    maker = people['quji'] if 303 in statuses(a)[:8] else people['quji2']
    other = people['quji3']
    r = post(maker, f'/district/payments/{code}/file')
    tap.ok(r.status == 200, 'its file', r.status)
    bank.take(r.text)
    tap.ok(post(other, f'/district/payments/{code}/file').status in (403, 404), 'is not for others')
    tap.ok(upload(other, bank.csv(bank.told)).status == 422, 'no answer before it was sent')
    tap.ok(post(maker, f'/district/payments/{code}/send').status == 403, 'not sent by who made it')
    a = together(12, lambda i: post(many[i], f'/district/payments/{code}/send')) if (many := clones(other, 12)) else []
    tap.ok(statuses(a).count(303) == 1 and set(statuses(a)) <= {303, 409}, 'sent once', statuses(a))
    text = bank.csv(bank.told)
    many = clones(people['quji'], 6) + clones(people['quji3'], 6)
    before = int(city.one('SELECT count(*) FROM bank_return'))
    a = together(12, lambda i: upload(many[i], text))
    tap.ok(set(statuses(a)) == {303}, 'the same answer read twelve times at once', statuses(a))
    tap.ok(int(city.one('SELECT count(*) FROM bank_return')) == before + 1, 'is one')
    wrong = bank.csv(bank.told).replace('成功', '失败')
    tap.ok(upload(other, wrong).status == 422, 'an answer that says otherwise is refused')
    tap.ok(upload(other, bank.csv(bank.told) + 'F99999-00001,1.00,成功,\n').status == 422, 'and one with a reference that is not ours')
    fits(city, tap, 'the bank twice')

class Run:
    """Officers who go on from what they see; what was acknowledged is kept."""
    def __init__(self, city, people, bank, rng): self.city, self.people, self.bank, self.rng, self.acked = city, people, bank, rng, []
    def step(self):
        """One act, taken by chance from those that can be done now; False when all is done."""
        c, rng, p = self.city, self.rng, self.people
        acts = [('approve', q) for q in claims_of(c, "AND q.status = 'cleared'")[:2]]
        if c.one("SELECT count(*) FROM claim_line WHERE district = %d AND status = 'approved' AND fund = 'insurance'" % HOME) != '0': acts.append(('batch', None))
        acts += [('send', r) for r in c.sql("SELECT code, made_by FROM payment_batch WHERE district = %d AND status = 'made'" % HOME)]
        told = {x.rsplit('-', 1)[0] for x in self.bank.told}  # the demo's own batch on its way is not of this bank
        acts += [('return', code) for code, in c.sql("SELECT code FROM payment_batch WHERE district = %d AND status = 'sent'" % HOME) if code in told]
        if not acts: return False
        kind, what = rng.choice(acts)
        if kind == 'approve': r = post(rng.choice([p['quji2'], p['quji3']]), f'/district/claims/{what}/actions', {'action': 'approve'})
        elif kind == 'batch': r = post(p['quji'], '/district/payments', {'fund': 'insurance'})
        elif kind == 'send':
            code, by = what
            maker = next(v for n, v in p.items() if self.ids.get(n) == by)
            f = post(maker, f'/district/payments/{code}/file')
            if f.status != 200: return ('file', code, f.status)
            self.bank.take(f.text)
            r = post(p['quji3'] if maker is not p['quji3'] else p['quji'], f'/district/payments/{code}/send')
            what = code
        else:
            ours = [x for x in self.bank.told if x.startswith(what + '-')]
            part = ours if len(ours) < 2 or rng.random() < 0.4 else rng.sample(ours, rng.randint(1, len(ours)))
            r = upload(p['quji'], self.bank.csv(part), '%s-%d.csv' % (what, rng.randint(1, 10**6)))
            what = part
        if r.status == 303: self.acked.append((kind, what))
        return True if r.status in (303, 409) else (kind, what, r.status, r.text[r.text.find('<main'):][:600])

def there(city, act):
    kind, what = act
    if kind == 'approve': return city.one(f"SELECT count(*) FROM claim WHERE code = '{what}' AND approved_by IS NOT NULL") == '1'
    if kind == 'send': return city.one(f"SELECT count(*) FROM payment_batch WHERE code = '{what}' AND sent_by IS NOT NULL") == '1'
    if kind == 'return': return city.one("SELECT count(*) FROM payment WHERE status = 'paid' AND reference IN (%s)" % ','.join("'%s'" % r for r in what)) == str(len(what))
    return True

def killed(city, tap, run, rng):
    done, n = False, 0
    while not done and n < kills + 60:
        n += 1
        wrong, over = [], threading.Event()
        def work():
            nonlocal done
            try:
                while not over.is_set():
                    went = run.step()
                    if went is False: done = True; return
                    if went is not True: wrong.append(went); return
            except Exception as e:
                if not over.is_set() and 'psql' not in str(e): wrong.append(repr(e)) if city.proc is not None and city.proc.poll() is None else None
        t = threading.Thread(target=work)
        t.start()
        if n <= kills:
            t.join(rng.uniform(0.004, 0.05))
            over.set()
            city.proc.send_signal(signal.SIGKILL)
            city.stop(signal.SIGKILL)
            t.join()
            city.start()
        else:
            t.join(120)
        tap.ok(not wrong, f'kill {n}: every act answered is done', wrong[:1])
        fits(city, tap, f'kill {n}')
        missing = [a for a in run.acked if not there(city, a)]
        tap.ok(not missing, f'kill {n}: what was acknowledged is there', missing[:3])
        if n <= kills: sums(city, tap, f'kill {n}')
    tap.ok(done, 'the run comes to its end', n)
    return n

def main():
    global base
    tap, rng = Tap(), random.Random(seed)
    with City(sys.argv[1], args[0] if args else None, jobs=60, people=160) as city:
        records(city)
        city.start()
        people = {n: Visitor(city).login(n) for n in ('quji', 'quji2', 'quji3', 'jigou')}
        shiji = Visitor(city).login('city')
        year = time.gmtime(time.time() + 8 * 3600).tm_year
        r = post(shiji, '/city/budget', {'fund': 'insurance', 'district': str(HOME), 'year': str(year), 'amount': '90000000'})
        tap.ok(r.status == 303, 'the city sets the budget', r.text[:300])
        drawn(city, tap, people)
        base = int(city.one("SELECT committed FROM budget WHERE fund = 'insurance' AND district = %d AND year = %d" % (HOME, year)))
        bank = Bank(rng)
        races(city, tap, people, bank)
        run = Run(city, people, bank, rng)
        run.ids = {n: city.one(f"SELECT id FROM account WHERE login = '{n}'") for n in people}
        n = killed(city, tap, run, rng)
        lines = city.sql("SELECT l.status, count(*), sum(l.amount) FROM claim_line l JOIN claim q ON q.id = l.claim_id JOIN class k ON k.id = q.class_id WHERE k.code LIKE 'K9%' GROUP BY l.status")
        tap.ok(lines == [['paid', str(CLASSES * EACH * 2), str(CLASSES * EACH * FEN)]], 'every line is paid', lines)
        ours = city.sql("SELECT reference FROM payment p JOIN claim q ON q.id = p.claim_id JOIN class k ON k.id = q.class_id WHERE k.code LIKE 'K9%' AND p.status = 'paid'")
        total = sum(round(float(bank.told[r][1]) * 100) for r, in ours)
        tap.ok(total == CLASSES * EACH * FEN, "and the bank's books say the same sum", (total, CLASSES * EACH * FEN))
        mine = {r for r in bank.told if r in {o for o, in ours}}
        tap.ok(len(mine) == len(ours), 'no reference is missing there')
        city.stop()
        sums(city, tap, 'at the end')
        r = city.run('audit', 'verify', good=False)
        tap.ok(r.returncode == 0, 'the chain is whole', r.stdout + r.stderr)
        print('# %d kills, %d acknowledged acts' % (min(n, kills), len(run.acked)))
        return tap.end('payments (%s)' % ('PostgreSQL' if city.pg else 'SQLite'))

sys.exit(main())
