"""city.py -- a demo city for tests: data folder, database, running service, visitors. Used by the test programs of this folder.

Every program takes YIZHAN (the program) and optionally an address of a PostgreSQL server as tools/with-postgres gives it ("host=… user=…");
without it the city lives in SQLite. Nothing is left behind.
"""
import base64, hashlib, hmac, http.client, os, re, shutil, signal, sqlite3, struct, subprocess, tempfile, threading, time, urllib.parse

SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
PASSWORD = 'tianjin2026demo'
LOGINS = {'seeker': 'qiuzhi', 'employer': 'qiye', 'staff': 'yizhan', 'head': 'zhanzhang', 'district': 'quji', 'city': 'shiji', 'provider': 'jigou', 'auditor': 'shenji',
          'admin': 'guanli'}

def otp(at=None):
    step = int((time.time() if at is None else at) // 30)
    mac = hmac.new(base64.b32decode(SECRET), struct.pack('>Q', step), hashlib.sha1).digest()
    o = mac[19] & 15
    return '%06d' % ((struct.unpack('>I', mac[o:o + 4])[0] & 0x7fffffff) % 1000000)

class City:
    """pg: a server's address; a fresh database is made there. demo=False leaves it empty (the service makes its tables)."""
    def __init__(self, bin, pg=None, demo=True, jobs=300, people=60, options=(), data=None):
        self.bin, self.options, self.proc, self.db, self.pg, self.talk = os.path.abspath(bin), list(options), None, [], None, None
        self.top = tempfile.mkdtemp(prefix='yizhan-city-')
        self.dir = data or os.path.join(self.top, 'data')
        self.log = os.path.join(self.top, 'serve.log')
        if pg:
            name = 'city%d_%d' % (os.getpid(), time.time_ns() // 1000 % 10**9)
            host, user = (re.search(k + r'=(\S+)', pg).group(1) for k in ('host', 'user'))
            subprocess.run(['psql', '-q', '-h', host, '-U', user, 'postgres', '-c', 'CREATE DATABASE ' + name], check=True)
            self.pg = (host, user, name)
            self.db = ['--database', f'postgresql://{user}@/{name}?host={host}']
        if demo:
            self.run('demo', '--jobs', str(jobs), '--people', str(people))

    def run(self, *words, good=True, data=None):
        """A command of the program on this city; the finished process."""
        r = subprocess.run([self.bin, *words, '--data', data or self.dir, *self.db], capture_output=True, text=True, timeout=300)
        assert r.returncode == 0 or not good, (words, r.returncode, r.stdout[-2000:], r.stderr[-2000:])
        return r

    def start(self):
        with open(self.log, 'a') as log:
            self.proc = subprocess.Popen([self.bin, 'serve', '--data', self.dir, '--port', '0', '--rate', '0', '--workers', '4', *self.db, *self.options],
                                         stdout=subprocess.PIPE, stderr=log, text=True)
        for line in self.proc.stdout:
            m = re.search(r'http://[\d.]+:(\d+)/', line)
            if m:
                self.port = int(m.group(1))
                return self
        raise RuntimeError('the service did not start: ' + open(self.log).read()[-2000:])

    def stop(self, sig=signal.SIGTERM):
        if self.proc is None: return None
        self.proc.send_signal(sig)
        code = self.proc.wait(30)
        self.proc.stdout.close()
        self.proc = None
        return code

    def close(self):
        self.stop()
        if self.talk is not None: self.talk.stdin.close(); self.talk.wait(10)
        shutil.rmtree(self.top, ignore_errors=True)

    def __enter__(self): return self
    def __exit__(self, *why): self.close()

    def psql(self, text):
        """One psql for the whole test: starting it costs more than most statements."""
        if self.talk is None:
            host, user, name = self.pg
            self.talk = subprocess.Popen(['psql', '-qAtX', '-F', '\t', '-h', host, '-U', user, name], text=True, stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.talk.stdin.write(text.rstrip().rstrip(';') + ';\n\\echo ---\n')
        self.talk.stdin.flush()
        rows = []
        for line in self.talk.stdout:
            if line == '---\n': return rows
            assert not re.match(r'ERROR|FATAL|psql:|server closed', line), (text, line)
            if line != '\n': rows.append(line[:-1].split('\t'))
        self.talk = None
        raise AssertionError(('psql ended', text, rows))

    def sql(self, text):
        """Rows as lists of strings, NULL as ''."""
        if self.pg: return self.psql(text)
        db = sqlite3.connect('file:%s/yizhan.db?mode=ro' % self.dir, uri=True, timeout=10)
        try: return [['' if c is None else str(c) for c in r] for r in db.execute(text)]
        finally: db.close()

    def write(self, text):
        """Statements that change; only while the service is stopped (SQLite has one writer)."""
        assert self.proc is None
        if self.pg: return self.psql(text)
        db = sqlite3.connect(self.dir + '/yizhan.db')
        db.executescript(text)
        db.close()

    def one(self, text):
        rows = self.sql(text)
        return rows[0][0] if rows else None

class Visitor:
    """Keeps cookies and the connection; does not follow redirects."""
    def __init__(self, city): self.city, self.cookies, self.csrf, self.conn = city, {}, None, None

    def ask(self, method, path, body=None, headers=(), json_answer=False, timeout=60):
        h = {'Host': '127.0.0.1:%d' % self.city.port, 'Sec-Fetch-Site': 'same-origin'}
        if self.cookies: h['Cookie'] = '; '.join(k + '=' + v for k, v in self.cookies.items())
        if json_answer: h['Accept'] = 'application/json'
        if isinstance(body, (dict, list)): body = urllib.parse.urlencode(body, doseq=True)
        if isinstance(body, str): body = body.encode()
        if body is not None and method == 'POST': h['Content-Type'] = 'application/x-www-form-urlencoded'
        h.update(headers)
        h = {k: v for k, v in h.items() if v is not None}
        target = urllib.parse.quote(path, safe='/?&=%:{}~+,;@!$*()\'-._')
        for again in (False, True):
            if self.conn is None or self.conn.port != self.city.port or again:
                self.hang_up()
                self.conn = http.client.HTTPConnection('127.0.0.1', self.city.port, timeout=timeout)
            fresh = self.conn.sock is None
            try:
                self.conn.request(method, target, body, h)
                r = self.conn.getresponse()
                r.bytes = r.read()
                break
            except (http.client.RemoteDisconnected, ConnectionError):
                self.hang_up()
                if fresh: raise  # else: the connection had been left idle for too long
        if r.will_close: self.hang_up()
        for k, v in r.getheaders():
            if k.lower() == 'set-cookie':
                name, value = v.split(';')[0].split('=', 1)
                if value: self.cookies[name] = value
                else: self.cookies.pop(name, None)
        r.text = r.bytes.decode('utf-8', 'replace')
        return r

    def hang_up(self):
        if self.conn is not None: self.conn.close()
        self.conn = None

    def get(self, path, **k): return self.ask('GET', path, **k)

    def token(self, path):
        m = re.search(r'name="_csrf" value="([^"]+)"', self.get(path).text)
        return m.group(1) if m else None

    def post(self, path, form, page=None, **k):
        """Takes the CSRF token from `page` (default: the path itself) as a browser would."""
        form = dict(form)
        if '_csrf' not in form: form['_csrf'] = self.token(page or path) or ''
        return self.ask('POST', path, form, **k)

    def login(self, role):
        r = self.post('/login', {'login': LOGINS.get(role, role), 'password': PASSWORD})
        assert r.status == 303, (role, r.status, r.text[:400])
        for _ in range(4):
            if '/login/second' not in r.getheader('Location'): break
            s = self.post('/login/second', {'code': otp()})
            if s.status == 303: break
            time.sleep(30.5 - time.time() % 30)  # a code opens once
        else: raise AssertionError((role, s.status, s.text[:400]))
        self.csrf = self.token('/account')
        assert self.csrf, role
        return self

class Tap:
    """Counts checks; prints the ones that fail, and one line for all at the end."""
    def __init__(self): self.good = self.bad = 0
    def ok(self, cond, name, detail=''):
        if cond: self.good += 1
        else:
            self.bad += 1
            print('not ok - %s %s' % (name, str(detail)[:1500]), flush=True)
        return bool(cond)
    def end(self, what):
        print('%s - %s: %d of %d checks' % ('ok' if not self.bad and self.good else 'not ok', what, self.good, self.good + self.bad), flush=True)
        return 1 if self.bad or not self.good else 0

def skip(what, why):
    print('# skipped: %s: %s' % (what, why), flush=True)

def together(n, act):
    """act(0) … act(n - 1) at the same moment; their results."""
    gate, out = threading.Barrier(n), [None] * n
    def run(i):
        gate.wait()
        try: out[i] = act(i)
        except Exception as e: out[i] = e
    threads = [threading.Thread(target=run, args=(i,)) for i in range(n)]
    for t in threads: t.start()
    for t in threads: t.join()
    return out
