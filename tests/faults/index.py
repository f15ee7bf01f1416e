#!/usr/bin/env python3
"""index.py YIZHAN [PG] -- the engine's ads in their file: used when it is right, read from the database when anything is wrong with it.

Each step ends with the same question: does the search find exactly the open ads of the database, and where did the service have them from?
"""
import os, re, shutil, signal, sqlite3, subprocess, sys, time, urllib.parse
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from city import City, Visitor, Tap

FORM = {'openings': '2', 'description': '示例岗位，按图焊接。', 'wage': '5000-6000元/月', 'street': '120102001', 'contact_name': '周工', 'contact_phone': '19900000001', 'seen': '1'}
NAMES = ['镗孔', '铆接', '锻打', '铸造', '冲压', '熨烫', '染色', '绘图', '烹饪', '调酒', '钣金', '磨刀', '钻孔', '印刷']

def begin(city):
    at = os.path.getsize(city.log) if os.path.exists(city.log) else 0
    city.start()
    for _ in range(200):
        with open(city.log) as f:
            f.seek(at)
            m = re.search(r'event=index from=(\w+) why=("[^"]*"|\S+)', f.read())
        if m: return m.group(1), m.group(2).strip('"')
        time.sleep(.05)
    raise AssertionError(open(city.log).read()[-2000:])

def post(city, n):
    firm = city.firm
    firm.city = city
    r = firm.ask('POST', '/employer/jobs/new', dict(FORM, title=NAMES[n] + '示例工', description='示例岗位 %d' % n, _csrf=firm.csrf))
    assert r.status == 303, r.text[:800]
    return r.getheader('Location').split('/')[-1].split('#')[0]

def total(city, words=None):
    r = Visitor(city).get('/jobs' + ('?q=' + words if words else ''), json_answer=True)
    return int(re.search(r'"total":(\d+)', r.text).group(1))

def settled(city, tap, name, words=None, want=None):
    """Within a few seconds the search says what the database says."""
    def right(): return total(city) == int(city.one("SELECT count(*) FROM job j JOIN employer e ON e.id = j.employer_id WHERE j.status = 'open' AND e.status <> 'blocked'")) \
        and (words is None or total(city, words) == want)
    for _ in range(60):
        if right(): break
        time.sleep(.05)
    tap.ok(right(), name, (total(city), words and total(city, words)))

def copy_database(city, to):
    if city.pg:
        host, user, name = city.pg
        if city.talk: city.talk.stdin.close(); city.talk.wait(10); city.talk = None
        subprocess.run(['psql', '-q', '-h', host, '-U', user, 'postgres', '-c', f'DROP DATABASE IF EXISTS {to}', '-c', f'CREATE DATABASE {to} TEMPLATE {name}'], check=True)
    else: shutil.copy(city.dir + '/yizhan.db', city.top + '/' + to)

def put_back(city, kept):
    if city.pg:
        host, user, name = city.pg
        if city.talk: city.talk.stdin.close(); city.talk.wait(10); city.talk = None
        subprocess.run(['psql', '-q', '-h', host, '-U', user, 'postgres', '-c', f'DROP DATABASE {name}', '-c', f'CREATE DATABASE {name} TEMPLATE {kept}'], check=True)
    else:
        for f in ('yizhan.db-wal', 'yizhan.db-shm'):
            if os.path.exists(city.dir + '/' + f): os.unlink(city.dir + '/' + f)
        shutil.copy(city.top + '/' + kept, city.dir + '/yizhan.db')

def stops_and_kills(city, tap):
    tap.ok(begin(city)[0] == 'database', 'without a file the ads come from the database')
    city.firm = Visitor(city).login('employer')
    post(city, 0)
    settled(city, tap, 'a new ad is found', NAMES[0], 1)
    tap.ok(city.stop() == 0 and os.path.exists(city.dir + '/ads.index'), 'a gentle stop keeps the ads in a file')
    tap.ok(os.stat(city.dir + '/ads.index').st_mode & 0o77 == 0, 'that others may not read')
    tap.ok(begin(city) == ('file', '0 changes since'), 'and a start uses it')
    settled(city, tap, 'with the same ads', NAMES[0], 1)
    code = post(city, 1)
    settled(city, tap, 'a new ad is found', NAMES[1], 1)
    city.stop(signal.SIGKILL)
    how = begin(city)
    tap.ok(how[0] == 'file' and how[1] != '0 changes since', 'after kill -9: the file and what changed since', how)
    settled(city, tap, 'nothing is lost', NAMES[1], 1)
    r = city.firm.ask('POST', '/employer/jobs/%s/actions' % code, {'action': 'close', '_csrf': city.firm.csrf})
    tap.ok(city.one("SELECT status FROM job WHERE code = '%s'" % code) != 'open', 'an ad is ended', (r.status, r.text[:500]))
    city.stop(signal.SIGKILL)
    tap.ok(begin(city)[0] == 'file', 'kill -9 again')
    settled(city, tap, 'an ad that ended since is not found', NAMES[1], 0)
    city.stop()

def damaged(city, tap):
    path = city.dir + '/ads.index'
    whole = open(path, 'rb').read()
    for name, what in (('a wrong bit', whole[:9000] + bytes([whole[9000] ^ 1]) + whole[9001:]), ('half of it', whole[:len(whole) // 2]), ('nothing', b''),
                       ('another program\'s', whole[:16] + b'\0' * 400 + whole[416:])):
        open(path, 'wb').write(what)
        how = begin(city)
        tap.ok(how[0] == 'database', 'a file with %s is not used' % name, how)
        settled(city, tap, 'and the ads are all there', NAMES[0], 1)
        city.stop(signal.SIGKILL)
    open(path, 'wb').write(whole)
    tap.ok(begin(city)[0] == 'file', 'whole again, it is')
    city.stop()

def older_one_put_back(city, tap, kept):
    copy_database(city, kept)
    begin(city)
    post(city, 2)
    settled(city, tap, 'an ad after the backup', NAMES[2], 1)
    city.stop()
    put_back(city, kept)
    saved = city.dir + '/ads.index', city.top + '/newer'
    shutil.copy(*saved)
    how = begin(city)
    tap.ok(how[0] == 'database' and 'older' in how[1], 'after an older backup was put back the file is not used', how)
    settled(city, tap, 'the ad is not found any more', NAMES[2], 0)
    for n in range(3, 9): post(city, n)
    settled(city, tap, 'new ones are', NAMES[8], 1)
    city.stop(signal.SIGKILL)
    shutil.copy(saved[1], saved[0])
    how = begin(city)
    tap.ok(how[0] == 'database', 'nor when the database has as many changes again', how)
    settled(city, tap, 'what the file had is not found', NAMES[2], 0)
    settled(city, tap, 'what the database has is', NAMES[5], 1)
    city.stop()

def emptied_log(city, tap):
    tap.ok(begin(city)[0] == 'file', 'before')
    city.stop()
    city.write('DELETE FROM change_log')
    how = begin(city)
    tap.ok(how[0] == 'database' and 'emptied' in how[1], 'after the change log was emptied the file is not used', how)
    settled(city, tap, 'and the ads are all there', NAMES[8], 1)
    post(city, 9)
    settled(city, tap, 'a new ad is found', NAMES[9], 1)
    city.stop()
    tap.ok(begin(city)[0] == 'file', 'a file of after is used')
    settled(city, tap, 'with it', NAMES[9], 1)
    if city.pg: # only there others may write while the service runs
        city.psql('DELETE FROM change_log')
        post(city, 10)
        settled(city, tap, 'emptied while the service runs', NAMES[10], 1)
    city.stop()

def another_database(city, tap, bin, pg):
    with City(bin, pg, jobs=100, people=10) as other:
        shutil.copy(city.dir + '/ads.index', other.dir + '/ads.index')
        how = begin(other)
        tap.ok(how[0] == 'database' and 'another' in how[1], 'the file of another database is not used', how)
        settled(other, tap, 'the ads are its own', NAMES[0], 0)

def two_nodes(city, tap):
    """Each has a file of its own; one sleeps while the other works."""
    second = City(city.bin, data=city.top + '/second', demo=False)
    second.db, second.pg, second.firm = city.db, city.pg, city.firm
    os.mkdir(second.dir)
    shutil.copy(city.dir + '/keys', second.dir + '/keys')
    tap.ok(begin(city)[0] == 'file', 'the first node')
    tap.ok(begin(second)[0] == 'database', 'the second has no file yet')
    second.stop()
    post(city, 11)
    settled(city, tap, 'the first finds the new ad', NAMES[11], 1)
    tap.ok(begin(second)[0] == 'file', 'the second starts from its own file')
    settled(second, tap, 'and finds it too', NAMES[11], 1)
    post(second, 12)
    settled(city, tap, 'and the other way round', NAMES[12], 1)
    second.stop()
    city.stop()
    shutil.copy(second.dir + '/ads.index', city.dir + '/ads.index')
    tap.ok(begin(city)[0] == 'file', 'the file of another node of the same database is as good')
    settled(city, tap, 'with all', NAMES[12], 1)
    second.close()

def main():
    bin, pg = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    tap = Tap()
    with City(bin, pg) as city:
        stops_and_kills(city, tap)
        damaged(city, tap)
        older_one_put_back(city, tap, 'kept_%d' % os.getpid())
        emptied_log(city, tap)
        another_database(city, tap, bin, pg)
        if pg: two_nodes(city, tap)
    return tap.end('the engine\'s ads in their file' + (' (PostgreSQL)' if pg else ''))

sys.exit(main())
