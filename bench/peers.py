#!/usr/bin/python3
"""peers.py DIR N [ENGINE...] -- asks PostgreSQL, SQLite, Groonga and Xapian what compare.c asked our engine, on the same ads.

Every answer is: the exact total, the best 20, and counts by district, education and group of occupations. Totals must be equal. Times are CPU time:
of this process for SQLite and Xapian, of the process that answers for Groonga and PostgreSQL (one, no parallel workers). Each question is asked twice
in a row, the second time counts. BENCH_SECONDS: a peer that needs more CPU time for its questions is cut off, and how many it had is said. Peers that
are not installed are left out, saying so. What was measured of a peer is kept in DIR/ENGINE.json and used again when the ads and questions are the
same; DIR/result.json has all of it.
"""
import json, os, shutil, sqlite3, subprocess, sys, time
from statistics import median

DIR, N = sys.argv[1], int(sys.argv[2])
WANTED = sys.argv[3:] or ['SQLite FTS5', 'Groonga', 'Xapian', 'PostgreSQL']
LIMIT = int(os.environ.get('BENCH_SECONDS', '60'))

def cpu_of(pid):
    """CPU seconds of a process, all its threads."""
    total = 0
    for task in os.listdir(f'/proc/{pid}/task'):
        with open(f'/proc/{pid}/task/{task}/schedstat') as f: total += int(f.read().split()[0])
    return total / 1e9

def ads():
    for line in open(DIR + '/ads.tsv'):
        f = line.rstrip('\n').split('\t')
        yield tuple(int(x) for x in f[:7]) + (f[7],)

QUERIES = []
for line in open(DIR + '/queries.tsv'):
    f = line.rstrip('\n').split('\t')
    QUERIES.append((f[0].split(' '),) + tuple(int(x) for x in f[1:]))

def where(q, arg='?', word='AND'):
    """The conditions as SQL and their values."""
    sql, values = [], []
    for column, op, value in (('district', '=', q[1]), ('grp', '>=', q[2]), ('grp', '<=', q[3]), ('wage', '>=', q[4]), ('edu', '<', q[5]), ('types', '=', q[6])):
        if value: sql.append(f'{column} {op} {arg}'); values.append(value)
    return ''.join(f' {word} {s}' for s in sql), values

ANSWER = """ SELECT 't', count(*), 0.0 FROM h UNION ALL SELECT * FROM (SELECT 'h', id, r FROM h ORDER BY r DESC, id DESC LIMIT 20) x
 UNION ALL SELECT 'd', district, count(*) FROM h GROUP BY district UNION ALL SELECT 'e', edu, count(*) FROM h GROUP BY edu
 UNION ALL SELECT 'g', grp, count(*) FROM h GROUP BY grp"""

class Sqlite:
    name = 'SQLite FTS5'
    clock = staticmethod(time.process_time)
    def load(self):
        self.path = DIR + '/peer.db'
        if os.path.exists(self.path): os.remove(self.path)
        db = self.db = sqlite3.connect(self.path)
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY;"
                         "CREATE TABLE ads (id INTEGER PRIMARY KEY, district INT, grp INT, wage INT, edu INT, types INT, fresh INT);"
                         "CREATE VIRTUAL TABLE words USING fts5(t, content='');")
        for batch in batches(ads(), 20000):
            db.executemany('INSERT INTO ads VALUES (?,?,?,?,?,?,?)', [a[:7] for a in batch])
            db.executemany('INSERT INTO words(rowid, t) VALUES (?,?)', [(a[0], a[7]) for a in batch])
        db.execute("INSERT INTO words(words) VALUES ('optimize')")
        db.commit()
        return os.path.getsize(self.path)
    def ask(self, q):
        sql, values = where(q)
        rows = self.db.execute("WITH h AS MATERIALIZED (SELECT a.id, district, edu, grp, -rank * (1 + 1.0 / (1 + 20700 - fresh)) AS r FROM words JOIN ads a"
                               f" ON a.id = words.rowid WHERE words MATCH ?{sql})" + ANSWER, [' '.join(q[0])] + values).fetchall()
        return rows[0][1]

class Postgres:
    name = 'PostgreSQL'
    def clock(self): return cpu_of(self.db.info.backend_pid)
    def load(self):
        import psycopg2
        host = os.environ['YIZHAN_TEST_PG']
        self.db = psycopg2.connect(host)
        self.db.autocommit = True
        c = self.c = self.db.cursor()
        c.execute("DROP TABLE IF EXISTS bench_ads; CREATE UNLOGGED TABLE bench_ads (id INT PRIMARY KEY, district INT, grp INT, wage INT, edu INT, types INT,"
                  " fresh INT, t TEXT)")
        with open(DIR + '/ads.tsv') as f: c.copy_expert('COPY bench_ads FROM STDIN', f)
        c.execute("ALTER TABLE bench_ads ADD ts tsvector; UPDATE bench_ads SET ts = array_to_tsvector(string_to_array(t, ' '));"
                  " ALTER TABLE bench_ads DROP t; CREATE INDEX ON bench_ads USING gin (ts); CREATE INDEX ON bench_ads (district)")
        c.execute('VACUUM FULL ANALYZE bench_ads')
        c.execute("SET max_parallel_workers_per_gather = 0; SET work_mem = '256MB'; SET jit = off; SELECT pg_total_relation_size('bench_ads')")
        return c.fetchone()[0]
    def ask(self, q):
        sql, values = where(q, '%s')
        self.c.execute("WITH h AS MATERIALIZED (SELECT id, district, edu, grp, ts_rank(ts, query) * (1 + 1.0 / (1 + 20700 - fresh)) AS r FROM bench_ads,"
                       f" to_tsquery('simple', %s) query WHERE ts @@ query{sql})" + ANSWER, [' & '.join(q[0])] + values)
        return self.c.fetchall()[0][1]

class Groonga:
    name = 'Groonga'
    def clock(self): return cpu_of(self.p.pid)
    def load(self):
        if not shutil.which('groonga'): raise ImportError('groonga')
        base = DIR + '/groonga'
        shutil.rmtree(base, ignore_errors=True)
        os.makedirs(base)
        head = "table_create Ads TABLE_HASH_KEY Int32\n" + ''.join(f'column_create Ads {c} COLUMN_SCALAR Int32\n' for c in
               ('district', 'grp', 'wage', 'edu', 'types', 'fresh')) + 'column_create Ads t COLUMN_SCALAR Text\n'
        with open(base + '/load.grn', 'w') as f:
            f.write(head + 'load --table Ads\n[\n["_key","district","grp","wage","edu","types","fresh","t"],\n')
            f.write(',\n'.join(json.dumps(a, separators=(',', ':')) for a in ads()) + '\n]\n')
            f.write('table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenDelimit\n'
                    'column_create Terms i COLUMN_INDEX Ads t\n')
        subprocess.run(['groonga', '-n', base + '/db'], stdin=open(base + '/load.grn'), stdout=subprocess.DEVNULL, check=True)
        os.remove(base + '/load.grn')
        self.p = subprocess.Popen(['groonga', base + '/db'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return sum(os.path.getsize(base + '/' + f) for f in os.listdir(base))
    def ask(self, q):
        f = [f'{c} {op} {v}' for c, op, v in (('district', '==', q[1]), ('grp', '>=', q[2]), ('grp', '<=', q[3]), ('wage', '>=', q[4]),
                                              ('edu', '<', q[5]), ('types', '==', q[6])) if v]
        line = f'select Ads --match_columns t --query "{" ".join(q[0])}" --limit 20 --output_columns _key,_score --sort_keys -_score,-fresh' \
               ' --cache no --drilldown district,edu,grp --drilldown_limit 50'
        if f: line += f' --filter "{" && ".join(f)}"'
        self.p.stdin.write(line + '\n')
        self.p.stdin.flush()
        body = json.loads(self.p.stdout.readline())[1]
        return body[0][0][0]

class Xapian:
    name = 'Xapian'
    clock = staticmethod(time.process_time)
    def load(self):
        import xapian
        self.x = xapian
        path = DIR + '/xapian'
        shutil.rmtree(path, ignore_errors=True)
        db = xapian.WritableDatabase(path, xapian.DB_CREATE_OR_OVERWRITE | xapian.DB_NO_SYNC | xapian.DB_DANGEROUS)
        for a in ads():
            d = xapian.Document()
            for t in a[7].split(' '): d.add_term(t)
            d.add_boolean_term(f'D{a[1]}')
            d.add_boolean_term(f'G{a[2]}')
            d.add_boolean_term(f'M{a[2] // 100}')
            d.add_boolean_term(f'K{a[5]}')
            for e in range(a[4] + 1, 8): d.add_boolean_term(f'E{e}')
            d.add_value(0, xapian.sortable_serialise(a[3]))
            for slot, v in ((1, a[4]), (2, a[1]), (3, a[2])): d.add_value(slot, str(v))
            db.add_document(d)
        db.commit()
        db.close()
        self.db = xapian.Database(path)
        return sum(os.path.getsize(path + '/' + f) for f in os.listdir(path))
    def ask(self, q):
        x = self.x
        query = x.Query(x.Query.OP_AND, [x.Query(t) for t in q[0]])
        f = [x.Query(f'D{q[1]}')] if q[1] else []
        if q[2]: f.append(x.Query(f'G{q[2]}' if q[2] == q[3] else f'M{q[2] // 100}'))
        if q[4]: f.append(x.Query(x.Query.OP_VALUE_GE, 0, x.sortable_serialise(q[4])))
        if q[5]: f.append(x.Query(f'E{q[5]}'))
        if q[6]: f.append(x.Query(f'K{q[6]}'))
        for c in f: query = x.Query(x.Query.OP_FILTER, query, c)
        e = x.Enquire(self.db)
        e.set_query(query)
        spies = [x.ValueCountMatchSpy(s) for s in (1, 2, 3)]
        for s in spies: e.add_matchspy(s)
        return e.get_mset(0, 20, self.db.get_doccount()).get_matches_estimated()

def batches(rows, n):
    batch = []
    for r in rows:
        batch.append(r)
        if len(batch) == n: yield batch; batch = []
    if batch: yield batch

def figures(ms):
    ms = sorted(ms)
    return {'median': median(ms), 'p95': ms[len(ms) * 95 // 100], 'p99': ms[min(len(ms) - 1, len(ms) * 99 // 100)], 'mean': sum(ms) / len(ms), 'n': len(ms)}

def measure(e, totals):
    start = time.time()
    size = e.load()
    loaded, ms, found, spent = time.time() - start, [], [], 0
    for i, q in enumerate(QUERIES):
        if spent > LIMIT: break
        from_ = e.clock()
        e.ask(q)
        t = e.clock()
        found.append(e.ask(q))
        ms.append((e.clock() - t) * 1e3)
        spent += e.clock() - from_
        if found[i] != totals[i]: print('#', e.name, 'found', found[i], 'for', q, 'ours', totals[i])
    r = {'name': e.name, 'load': loaded, 'bytes': size, 'totals': found, **figures(ms)}
    print('%-12s load %6.1f s  median %8.3f  p95 %8.3f  p99 %8.3f ms  (%d questions)' % (e.name, loaded, r['median'], r['p95'], r['p99'], len(ms)), flush=True)
    return r

def main():
    ours = [line.split('\t') for line in open(DIR + '/ours.tsv')]
    totals = [int(t) for t, _ in ours]
    told = dict(line.rstrip('\n').split('\t') for line in open(DIR + '/ours.txt'))
    result = {'n': N, 'engines': [{'name': 'Yizhan', 'load': float(told['load']), 'bytes': int(told['bytes']), **figures([float(t) for _, t in ours])}],
              'hits': sum(totals), 'left_out': []}
    for kind in (Sqlite, Groonga, Xapian, Postgres):
        kept = DIR + '/' + kind.name.split()[0].lower() + '.json'
        if kind.name in WANTED:
            try: measured = measure(kind(), totals)
            except (ImportError, KeyError) as why: result['left_out'].append(f'{kind.name}: {why}'); print('#', kind.name, 'left out:', why); continue
            json.dump({'questions': QUERIES, **measured}, open(kept, 'w'))
        if os.path.exists(kept):
            measured = json.load(open(kept))
            if measured.pop('questions') == json.loads(json.dumps(QUERIES)): result['engines'].append(measured)
    bad = sum(a != b for e in result['engines'] for a, b in zip(e.pop('totals', []), totals))
    result['unequal'] = bad
    json.dump(result, open(DIR + '/result.json', 'w'), indent=1)
    sys.exit(bad > 0)

main()
