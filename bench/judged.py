#!/usr/bin/python3
"""judged.py [SHARED] -- nDCG@10 of Groonga and PostgreSQL on the judged queries of tests/judged/intents.tsv (ours: t_match_judged).

The same ads and the same rule (docs/judging.md). Groonga: TokenBigram over title (weight 10), tags, firm, place, description. PostgreSQL has no
parser for Chinese: it gets every pair of neighbouring characters as a word, title with weight A, the rest D. Both: all words must be there.
"""
import csv, gzip, json, math, os, re, shutil, subprocess, sys, tempfile, unicodedata

csv.field_size_limit(10 ** 9)
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
SHARED = sys.argv[1] if len(sys.argv) > 1 else os.environ.get('YIZHAN_SHARED_DATA', ROOT + '/../shared/data')
SOURCES = ('yan_51job_2018', 'karelian_jobs_2022', 'lai_zhaopin_2018', 's180_51job_2021', 'bvbrutal_51job_2023')

def fold(s): return re.sub(r'\s+', '', unicodedata.normalize('NFKC', s).lower())

def read():
    for source in SOURCES:
        with gzip.open(f'{SHARED}/ads/{source}.csv.gz', 'rt', newline='') as f:
            for r in csv.DictReader(f):
                if r['title']: yield r['title'], ' '.join((r['tags'], r['company'], r['city'], r['district'])), r['description'] or ''

ADS = list(read())
TITLES = [fold(a[0]) for a in ADS]

def intents():
    for line in open(ROOT + '/tests/judged/intents.tsv'):
        f = line.rstrip('\n').split('\t')
        if not line.startswith('#') and len(f) >= 3: yield f[0].split('|'), *([fold(w) for w in c.split('|') if w] for c in (f + [''])[1:4])

def grade(title, meant, near, looks):
    for w in looks: title = title.replace(w, '|')
    return 3 if any(w in title for w in meant) else 1 if any(w in title for w in near) else 0
def dcg(grades): return sum((2 ** g - 1) / math.log2(i + 2) for i, g in enumerate(grades))

def measure(name, ask):
    scores = []
    for queries, *words in intents():
        best = dcg(sorted((grade(t, *words) for t in TITLES), reverse=True)[:10])
        for q in queries:
            if best > 0: scores.append(dcg([grade(TITLES[i], *words) for i in ask(q)[:10]]) / best)
    print('%-12s %d queries over %d ads: nDCG@10 %.3f' % (name, len(scores), len(ADS), sum(scores) / len(scores)))

def groonga(folder):
    with open(folder + '/load', 'w') as f:
        f.write('table_create Ads TABLE_HASH_KEY Int32\n' + ''.join(f'column_create Ads {c} COLUMN_SCALAR Text\n' for c in ('title', 'rest', 'says')))
        f.write('load --table Ads\n[\n["_key","title","rest","says"],\n' + ',\n'.join(json.dumps((i,) + a) for i, a in enumerate(ADS)) + '\n]\n')
        f.write('table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto\n')
        for c in ('title', 'rest', 'says'): f.write(f'column_create Terms {c}_i COLUMN_INDEX|WITH_POSITION Ads {c}\n')
    subprocess.run(['groonga', '-n', folder + '/db'], stdin=open(folder + '/load'), stdout=subprocess.DEVNULL, check=True)
    p = subprocess.Popen(['groonga', folder + '/db'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    def ask(q):
        q = re.sub(r'[^\w ]', lambda m: '\\\\' + m.group(0), q)
        p.stdin.write(f'select Ads --match_columns "title * 10 || rest * 3 || says" --query "{q}" --limit 10 --output_columns _key --sort_keys -_score\n')
        p.stdin.flush()
        answer = json.loads(p.stdout.readline())
        return [row[0] for row in answer[1][0][2:]] if answer[0][0] == 0 else []
    measure('Groonga', ask)

def pairs(s):
    out = []
    for run in re.findall(r'[\u4e00-\u9fff]+|[a-z0-9+#.]+', unicodedata.normalize('NFKC', s).lower()):
        out += [run] if run[0] < '\u4e00' else [run[i:i + 2] for i in range(len(run) - 1)] or [run]
    return out


def postgres():
    import psycopg2
    c = psycopg2.connect(os.environ['YIZHAN_TEST_PG']).cursor()
    c.execute('CREATE TEMP TABLE ads (id INT, ts tsvector)')
    for i, a in enumerate(ADS):
        c.execute("INSERT INTO ads VALUES (%s, setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'C') || to_tsvector('simple', %s))",
                  (i, ' '.join(pairs(a[0])), ' '.join(pairs(a[1])), ' '.join(pairs(a[2][:2000]))))
    c.execute('CREATE INDEX ON ads USING gin (ts)')
    def ask(q):
        c.execute("SELECT id FROM ads, plainto_tsquery('simple', %s) q WHERE ts @@ q ORDER BY ts_rank(ts, q) DESC, id DESC LIMIT 10", (' '.join(pairs(q)),))
        return [r[0] for r in c.fetchall()]
    measure('PostgreSQL', ask)

folder = tempfile.mkdtemp()
try:
    groonga(folder)
    postgres()
finally:
    shutil.rmtree(folder)
