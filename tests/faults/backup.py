#!/usr/bin/env python3
"""backup.py YIZHAN -- a backup while people work, put back elsewhere; damaged ones and wrong keys refused; nothing personal in clear anywhere.

People are registered through the pages, with names, numbers and phones known here; then every file that the service wrote is searched for them.
"""
import os, random, shutil, sqlite3, sys, threading
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from city import City, Visitor, Tap

def idno(n):
    body = '120102' + '19%02d0%d1%d' % (50 + n % 50, 1 + n % 9, n % 10) + '%03d' % (n % 1000)
    return body + '10X98765432'[sum(int(c) * w for c, w in zip(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11]

def people_of(n):
    family, given = '欧阳司徒上官诸葛端木', '麒麟凤凰鹏鲲鸿鹄骐骥'
    return [(family[2 * (i % 5):2 * (i % 5) + 2] + given[i % 10] + given[(i * 3 + 1) % 10], idno(417 + 37 * i), '1990007%04d' % (1000 + 13 * i)) for i in range(n)]

def register(city, tap, secrets):
    """Personal data by every way it comes in."""
    desk, firm, admin = Visitor(city).login('staff'), Visitor(city).login('employer'), Visitor(city).login('admin')
    for name, number, phone in people_of(10):
        where = desk.ask('POST', '/desk/visits', {'_csrf': desk.csrf}).getheader('Location')
        r = desk.ask('POST', where + '/person', {'_csrf': desk.csrf, 'name': name, 'idno': number, 'phone': phone, 'channel': 'paper'})
        tap.ok(r.status == 303, 'a person is registered', r.text[:500])
        r = desk.ask('POST', where + '/services', {'_csrf': desk.csrf, 'item': 'S05', 'channel': 'counter', 'note': '家里电话 ' + phone[::-1]})
        tap.ok(r.status == 303, 'and served', r.text[:500])
        desk.get('/desk/search?q=' + name)
        desk.ask('POST', '/desk/people/find', {'_csrf': desk.csrf, 'q': number})
        secrets += [name, number, phone, phone[::-1]]
    guest = Visitor(city)
    r = guest.post('/register', {'name': '慕容雪霁', 'phone': '19900079991', 'password': '七只海鸥 over the bay 3', 'agree': '1'})
    tap.ok(r.status == 303, 'a seeker registers', r.text[-800:])
    r = guest.post('/login', {'login': '19900079991', 'password': '七只海鸥 over the bay 3'})
    tap.ok(r.status == 303, 'and signs in by phone', r.text[-800:])
    guest.post('/login', {'login': '19900079992', 'password': 'wrong wrong 11'})
    guest.post('/desk/people/P1/edit', {'name': '夏侯望舒', 'phone': '19900079993'}, page='/login')  # kept as a draft
    r = firm.ask('POST', '/employer/jobs/new', {'_csrf': firm.csrf, 'title': '示例切配工', 'openings': '1', 'description': '示例岗位，切菜配菜。', 'wage': '5000元/月',
                 'street': '120102001', 'contact_name': '皇甫嵩岚', 'contact_phone': '19900079994', 'seen': '1'})
    tap.ok(r.status == 303, 'an ad with a contact', r.text[-800:])
    r = admin.ask('POST', '/invitations/new', {'_csrf': admin.csrf, 'role': 'auditor', 'name': '令狐雁回', 'email': 'linghu.yanhui@example.org'})
    tap.ok(r.status == 200, 'an invitation', r.text[:500])
    secrets += ['慕容雪霁', '19900079991', '19900079992', '夏侯望舒', '19900079993', '皇甫嵩岚', '19900079994', '令狐雁回', 'linghu.yanhui@example.org',
                '七只海鸥', r.text.split('/join/')[1][:43]] + list(guest.cookies.values()) + list(desk.cookies.values())

def in_clear(paths, secrets):
    found = []
    for top in paths:
        for path in [top] if os.path.isfile(top) else [os.path.join(d, f) for d, _, files in os.walk(top) for f in files]:
            data = open(path, 'rb').read()
            found += ['%s in %s' % (s, os.path.basename(path)) for s in secrets if s.encode() in data]
    return found

def counts(path):
    db = sqlite3.connect('file:%s?mode=ro' % path, uri=True)
    tables = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
    out = {t: db.execute('SELECT count(*) FROM ' + t).fetchone()[0] for t in tables}, db.execute('SELECT hash FROM audit ORDER BY seq DESC LIMIT 1').fetchone()[0]
    db.close()
    return out

def while_working(city, tap, there):
    over, taken = threading.Event(), [0] * 4
    def work(i):
        v = Visitor(city)
        while not over.is_set():
            if v.post('/stations/S%d/ticket' % (i + 1), {}, page='/login').status == 303: taken[i] += 1
    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for t in threads: t.start()
    made = [city.run('backup', there + str(k), good=False) for k in range(3)]
    over.set()
    for t in threads: t.join()
    tap.ok(all(r.returncode == 0 for r in made), 'backups are made while people work', [r.stderr for r in made])
    tap.ok(min(taken) > 0, 'and people do work', taken)
    for k in range(3):
        (n, head) = counts(there + str(k))
        tap.ok(city.one("SELECT hash FROM audit WHERE seq = %d" % n['audit']) == head, 'a backup is a moment of the chain', n['audit'])

def refused(city, tap, what, where, backup):
    r = city.run('restore', backup, data=where, good=False)
    tap.ok(r.returncode != 0 and r.stderr, what + ' is refused', r.stdout + r.stderr)
    tap.ok(not os.path.exists(where + '/yizhan.db'), what + ' leaves nothing')

def damage(city, tap, backup):
    rng, size = random.Random(7), os.path.getsize(backup)
    for k in range(8):
        bad = '%s.bad%d' % (backup, k)
        for end in ('', '.keys', '.sm3'): shutil.copy(backup + end, bad + end)
        with open(bad, 'r+b') as f:
            at = rng.randrange(100, size)
            f.seek(at)
            byte = f.read(1)[0]
            f.seek(at)
            f.write(bytes([byte ^ 1 << rng.randrange(8)]))
        refused(city, tap, 'one bit wrong', city.top + '/bad', bad)
    bad = backup + '.short'
    for end in ('', '.keys', '.sm3'): shutil.copy(backup + end, bad + end)
    os.truncate(bad, size // 2)
    refused(city, tap, 'half a backup', city.top + '/bad', bad)
    for end, what in (('.keys', 'a backup without keys'), ('.sm3', 'a backup without digest')):
        os.rename(backup + end, backup + '.away')
        refused(city, tap, what, city.top + '/bad', backup)
        os.rename(backup + '.away', backup + end)

def wrong_keys(city, tap, backup):
    other = City(city.bin, demo=False)
    other.run('migrate')
    keep = backup + '.right'
    os.rename(backup + '.keys', keep)
    shutil.copy(other.dir + '/keys', backup + '.keys')
    refused(city, tap, 'a backup with the keys of another', city.top + '/bad', backup)
    os.replace(keep, backup + '.keys')
    os.mkdir(city.top + '/bad2')
    shutil.copy(other.dir + '/keys', city.top + '/bad2/keys')
    refused(city, tap, 'a backup beside the keys of another', city.top + '/bad2', backup)
    other.close()

def main():
    tap, secrets = Tap(), []
    with City(sys.argv[1], jobs=120, people=30, options=['--base-url', 'https://jobs.example.org']) as city:
        city.start()
        register(city, tap, secrets)
        there = city.top + '/backup'
        while_working(city, tap, there)
        tap.ok(os.path.getsize(city.dir + '/yizhan.db-wal') > 0, 'the write-ahead log is there to be searched')
        found = in_clear([city.dir, city.log], secrets)
        tap.ok(not found, 'nothing personal in clear while open', found[:10])
        city.stop()
        city.run('backup', there)
        found = in_clear([city.dir, city.log] + [there + str(k) for k in range(3)] + [there], secrets)
        tap.ok(not found, 'nothing personal in clear in database, log or backup', found[:10])
        tap.ok(len(in_clear([city.dir, there], ['示例切配工'])) >= 2, 'what is public is found, so the search works')
        tap.ok(open(city.log).read().count('\n') > 50, 'the log was there to be searched')
        second = city.top + '/second'
        r = city.run('restore', there, data=second)
        tap.ok(counts(second + '/yizhan.db') == counts(city.dir + '/yizhan.db'), 'restored: the same counts and head')
        r = city.run('restore', there, data=second, good=False)
        tap.ok(r.returncode != 0, 'nothing is overwritten', r.stdout)
        r = city.run('audit', 'verify', data=second, good=False)
        tap.ok(r.returncode == 0, 'the restored chain is whole', r.stdout + r.stderr)
        damage(city, tap, there)
        wrong_keys(city, tap, there)
        copy = City(city.bin, demo=False, data=second)
        copy.start()
        v = Visitor(copy).login('employer')
        tap.ok('周工' in v.get('/account').text, 'the restored city is open, and reads what was sealed')
        copy.stop()
        for what, change in (('without its keys', lambda: os.rename(second + '/keys', second + '/keys.away')),
                             ('with others', lambda: (copy.run('migrate', data=city.top + '/third'), shutil.copy(city.top + '/third/keys', second + '/keys')))):
            change()
            before = counts(second + '/yizhan.db')
            r = copy.run('migrate', good=False)
            tap.ok(r.returncode != 0 and 'keys' in r.stderr, 'a database %s does not open' % what, r.stdout + r.stderr)
            tap.ok(counts(second + '/yizhan.db') == before, 'and stays as it is')
        copy.close()
        return tap.end('backup and restore, %d personal things searched for' % len(secrets))

sys.exit(main())
