#!/usr/bin/env python3
"""import_kill.py BINARY [ROUNDS] -- an import that is killed again and again still brings in every ad once.

Writes a table of made-up ads, starts the import, kills it with SIGKILL after a random while, starts it again, until one run
comes to its end. Then: every row is an ad, none is there twice, the sums are those of one run, the audit chain is sound.
"""
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

ROWS, WRONG_EACH = 20000, 10


def write_table(path):
    with open(path, 'w', encoding='utf-8') as f:
        f.write('source,source_id,title,company,salary,city,district,headcount,description\n')
        for i in range(ROWS):
            wage = '6000-4000元/月' if i % WRONG_EACH == 0 else '4000-6000元/月'
            f.write(f'示例网,{i},示例工{i}号,第{i}家（示例）有限公司,{wage},天津,河东区,3,每天的活（示例）\n')


def main():
    binary, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 8
    random.seed(7)
    with tempfile.TemporaryDirectory(prefix='yizhan-kill-') as tmp:
        table, data = f'{tmp}/ads.csv', f'{tmp}/data'
        write_table(table)
        command = [binary, 'import', 'jobs', table, '--data', data]
        kills, out = 0, ''
        while True:
            run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            if kills < rounds:
                # Killed while it works: after it has stored some rows, at a moment nobody chose.
                seen = stored(data)
                deadline = time.monotonic() + 120
                while run.poll() is None and stored(data) == seen and time.monotonic() < deadline:
                    time.sleep(0.01)
                time.sleep(random.random() * 0.05)
            if kills < rounds and run.poll() is None:
                run.kill()
                run.wait()
                kills += 1
                continue
            out = run.communicate()[0]
            break
        check(binary, data, out, kills)


def stored(data):
    path = pathlib.Path(data) / 'yizhan.db'
    if not path.exists():
        return 0
    try:
        with sqlite3.connect(f'file:{path}?mode=ro', uri=True, timeout=5) as db:
            return db.execute('SELECT count(*) FROM job').fetchone()[0]
    except sqlite3.Error:
        return 0


def check(binary, data, out, kills):
    bad = ROWS // WRONG_EACH
    good = ROWS - bad
    db = sqlite3.connect(f'{data}/yizhan.db')
    one = lambda sql: db.execute(sql).fetchone()
    facts = [
        ('it was killed while it worked', kills > 0),
        ('every good row is an ad', one('SELECT count(*) FROM job')[0] == good),
        ('none is there twice', one('SELECT count(DISTINCT source_ref) FROM job')[0] == good),
        ('one import, done, with the sums of one run',
         db.execute('SELECT status, rows_read, rows_new, rows_same, rows_merged, rows_bad FROM import').fetchall()
         == [('done', ROWS, good, 0, 0, bad)]),
        ('every wrong row is kept once', one('SELECT count(*) FROM import_row')[0] == bad),
        ('the report tells them', bool(re.search(rf'rejected\s+{bad}\b', out))),
        ('the audit chain is sound', subprocess.run([binary, 'audit', 'verify', '--data', data], capture_output=True).returncode == 0),
    ]
    print('#', one('SELECT count(*), count(DISTINCT source_ref) FROM job'),
          db.execute('SELECT status, position, rows_read, rows_new, rows_same, rows_merged, rows_bad FROM import').fetchall())
    for n, (name, good_fact) in enumerate(facts, 1):
        print(f"{'ok' if good_fact else 'not ok'} {n} - {name}")
    print(f'1..{len(facts)}  # killed {kills} times')
    sys.exit(not all(f for _, f in facts))


main()
