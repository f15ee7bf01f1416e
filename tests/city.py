"""city.py -- a demo city for tests: data folder, database, running service, logins. Used by the test programs beside it."""
import base64, hashlib, hmac, http.client, json, os, re, shutil, signal, sqlite3, struct, subprocess, tempfile, time, urllib.parse

SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
PASSWORD = 'tianjin2026demo'
LOGINS = {'seeker': 'qiuzhi', 'employer': 'qiye', 'staff': 'yizhan', 'head': 'zhanzhang', 'district': 'quji', 'city': 'shiji', 'auditor': 'shenji',
          'admin': 'guanli'}

def otp(at=None):
    step = int((time.time() if at is None else at) // 30)
    mac = hmac.new(base64.b32decode(SECRET), struct.pack('>Q', step), hashlib.sha1).digest()
    o = mac[19] & 15
    return '%06d' % ((struct.unpack('>I', mac[o:o + 4])[0] & 0x7fffffff) % 1000000)

class City:
    """demo=True fills it. url: None = SQLite in the data folder, else a PostgreSQL address of a server; a fresh database is made there."""
    def __init__(self, bin, pg=None, demo=True, jobs=300, people=60, options=()):
        self.bin, self.options = bin, list(options)
        self.dir = tempfile.mkdtemp(prefix='yizhan-city-')
        self.db = []
        self.pg = None
        if pg:
            name = 'city%d_%d' % (os.getpid(), int(time.time() * 1000) % 1000000)
            host = re.search(r'host=(\S+)', pg).group(1); user = re.search(r'user=(\S+)', pg).group(1)
            subprocess.run(['psql', '-q', '-h', host, '-U', user, 'postgres', '-c', 'CREATE DATABASE ' + name], check=True)
            self.pg = (host, user, name)
            self.db = ['--database', f'postgresql://{user}@/{name}?host={host}']
        if demo:
            r = subprocess.run([bin, 'demo', '--data', self.dir, '--jobs', str(jobs), '--people', str(people)] + self.db, capture_output=True, text=True)
            assert r.returncode == 0, r.stderr
        self.proc = None

    def start(self, timeout=30):
        log = open(os.path.join(self.dir, 'serve.log'), 'a')
        self.proc = subprocess.Popen([self.bin, 'serve', '--data', self.dir, '--port', '0', '--rate', '0', '--workers', '4'] + self.db + self.options,
                                     stdout=subprocess.PIPE, stderr=log, text=True)
        for line in self.proc.stdout:
            m = re.search(r'http://[\d.]+:(\d+)/', line)
            if m: self.port = int(m.group(1)); return self
        raise RuntimeError('the service did not start: ' + open(os.path.join(self.dir, 'serve.log')).read()[-2000:])

    def stop(self, sig=signal.SIGTERM):
        if self.proc:
            self.proc.send_signal(sig)
            code = self.proc.wait(30)
            self.proc.stdout.close(); self.proc = None
            return code

    def close(self):
        self.stop()
        shutil.rmtree(self.dir, ignore_errors=True)

    def sql(self, text):
        """Rows as lists of strings."""
        if self.pg:
            host, user, name = self.pg
            out = subprocess.run(['psql', '-At', '-F', '\t', '-h', host, '-U', user, name, '-c', text], capture_output=True, text=True, check=True).stdout
            return [l.split('\t') for l in out.split('\n') if l]
        db = sqlite3.connect('file:%s/yizhan.db?mode=ro' % self.dir, uri=True)
        try: return [['' if c is None else str(c) for c in r] for r in db.execute(text)]
        finally: db.close()

class Visitor:
    """Keeps cookies; does not follow redirects."""
    def __init__(self, city): self.city, self.cookies, self.csrf = city, {}, None
    def ask(self, method, path, body=None, headers=(), json_answer=False, timeout=30):
        c = http.client.HTTPConnection('127.0.0.1', self.city.port, timeout=timeout)
        h = {'Host': '127.0.0.1:%d' % self.city.port, 'Sec-Fetch-Site': 'same-origin'}
        if self.cookies: h['Cookie'] = '; '.join(k + '=' + v for k, v in self.cookies.items())
        if json_answer: h['Accept'] = 'application/json'
        if isinstance(body, dict): body = urllib.parse.urlencode(body, doseq=True)
        if body is not None and method == 'POST': h['Content-Type'] = 'application/x-www-form-urlencoded'
        h.update(headers)
        c.request(method, urllib.parse.quote(path, safe='/?&=%:{}~+,;@!$*()\'-._'), body, h)
        r = c.getresponse(); text = r.read()
        for k, v in r.getheaders():
            if k.lower() == 'set-cookie':
                name, value = v.split(';')[0].split('=', 1)
                if value: self.cookies[name] = value
                else: self.cookies.pop(name, None)
        c.close()
        r.text = text.decode('utf-8', 'replace'); r.bytes = text
        return r
    def get(self, path, **k): return self.ask('GET', path, **k)
    def token(self, path):
        m = re.search(r'name="_csrf" value="([^"]+)"', self.get(path).text)
        return m.group(1) if m else None
    def post(self, path, form, page=None, **k):
        """Takes the CSRF token from `page` (default: the path itself) as a browser would."""
        form = dict(form); form.setdefault('_csrf', self.token(page or path) or '')
        return self.ask('POST', path, form, **k)
    def login(self, role):
        r = self.post('/login', {'login': LOGINS[role], 'password': PASSWORD})
        assert r.status == 303, (role, r.status, r.text[:400])
        if '/login/second' in r.getheader('Location'):
            for _ in range(3):
                r = self.post('/login/second', {'code': otp()})
                if r.status == 303: break
                time.sleep(31 - time.time() % 30)
            assert r.status == 303, (role, r.status)
        self.csrf = self.token('/account')
        return self

class Tap:
    def __init__(self): self.good = self.bad = 0
    def ok(self, cond, name, detail=''):
        if cond: self.good += 1
        else: self.bad += 1; print('not ok - %s %s' % (name, detail))
        return cond
    def end(self, what):
        print('ok - %s: %d checks' % (what, self.good) if not self.bad else '# %s: %d good, %d bad' % (what, self.good, self.bad))
        return 1 if self.bad or not self.good else 0
