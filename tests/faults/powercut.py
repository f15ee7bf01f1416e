#!/usr/bin/env python3
"""powercut.py WRITER YIZHAN [CUTS] -- what is on the disk after the power went?

Runs WRITER under strace, which records every write and every flush to the files of the database, in order, together with the writer's
acknowledgements. For each cut point the disk is built again: what was flushed is there; of what was written since, each write is there,
absent or torn in the middle, by chance. Every image must open, be sound, keep an unbroken audit chain and hold every act acknowledged before the cut.
"""
import os, random, re, shutil, sqlite3, subprocess, sys, tempfile

writer, yizhan, cuts = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 60
top = tempfile.mkdtemp(prefix='yizhan-cut-')
live = os.path.join(top, 'live'); os.mkdir(live)
trace = os.path.join(top, 'trace')
subprocess.run(['strace', '-f', '-y', '-xx', '-s', '1000000', '-o', trace, '-e', 'trace=write,pwrite64,fsync,fdatasync,ftruncate,unlink',
                writer, live, '120'], stdout=subprocess.DEVNULL, check=True)

def unhex(s): return bytes.fromhex(s.replace('\\x', ''))
events = []  # (kind, file, offset, bytes) | ('sync', file) | ('size', file, n) | ('ack', k)
call = re.compile(r'^\d+ +(\w+)\((.*)\) += (-?\d+)')
for line in open(trace, errors='replace'):
    m = call.match(line)
    if not m or int(m.group(3)) < 0: continue
    name, args = m.group(1), m.group(2)
    fd = re.match(r'(\d+)<([^>]*)>', args)
    path = unhex(fd.group(2)).decode() if fd and '\\x' in fd.group(2) else fd.group(2) if fd else ''
    base = os.path.basename(path)
    data = re.search(r'"((?:\\x[0-9a-f]{2})*)"', args)
    if name == 'write' and fd and fd.group(1) == '1':
        k = re.match(rb'ack (\d+)', unhex(data.group(1)))
        if k: events.append(('ack', int(k.group(1))))
    elif base in ('yizhan.db', 'yizhan.db-wal', 'keys'):
        if name == 'pwrite64':
            off = int(args.rsplit(',', 1)[1]); events.append(('write', base, off, unhex(data.group(1))))
        elif name == 'write': events.append(('append', base, None, unhex(data.group(1))))
        elif name in ('fsync', 'fdatasync'): events.append(('sync', base))
        elif name == 'ftruncate': events.append(('size', base, int(args.rsplit(',', 1)[1])))
acks = sum(e[0] == 'ack' for e in events)
assert acks == 120, acks

def apply(img, e):
    buf = img.setdefault(e[1], bytearray())
    if e[0] == 'size':
        del buf[e[2]:]; buf.extend(b'\0' * (e[2] - len(buf))); return
    off = len(buf) if e[0] == 'append' else e[2]
    if len(buf) < off: buf.extend(b'\0' * (off - len(buf)))
    buf[off:off + len(e[3])] = e[3]

def image(upto, rng):
    img, pending, acked = {}, [], 0
    for e in events[:upto]:
        if e[0] == 'ack': acked = e[1]
        elif e[0] == 'sync':
            for p in [p for p in pending if p[1] == e[1]]: apply(img, p)
            pending = [p for p in pending if p[1] != e[1]]
        else: pending.append(e)
    for p in pending:
        chance = rng.random()
        if chance < .4: apply(img, p)
        elif chance < .6 and p[0] == 'write' and len(p[3]) > 1: apply(img, (p[0], p[1], p[2], p[3][:rng.randrange(1, len(p[3]))]))
    return img, acked

rng = random.Random(20261124)
first_ack = next(i for i, e in enumerate(events) if e[0] == 'ack')
good = 0
for n in range(cuts):
    upto = rng.randrange(first_ack, len(events) + 1)
    img, acked = image(upto, rng)
    d = os.path.join(top, 'img'); shutil.rmtree(d, ignore_errors=True); os.mkdir(d)
    for name, buf in img.items(): open(os.path.join(d, name), 'wb').write(buf)
    shutil.copy(os.path.join(live, 'keys'), os.path.join(d, 'keys')); os.chmod(os.path.join(d, 'keys'), 0o600)
    db = sqlite3.connect(os.path.join(d, 'yizhan.db'))
    sound = db.execute('PRAGMA integrity_check').fetchone()[0]
    there = {r[0] for r in db.execute("SELECT object_id FROM audit WHERE kind = 'thing'")}
    db.close()
    lost = [k for k in range(1, acked + 1) if k not in there]
    if sound != 'ok' or lost:
        print(f'not ok - cut at event {upto}: integrity {sound}, acknowledged {acked}, lost {lost[:5]}'); sys.exit(1)
    if n % 10 == 0:
        r = subprocess.run([yizhan, 'audit', 'verify', '--data', d], capture_output=True, text=True)
        if r.returncode: print('not ok - chain after the cut:', r.stdout, r.stderr); sys.exit(1)
    good += 1
shutil.rmtree(top)
print(f'ok - power cut: {good} images of {len(events)} disk events, {acks} acknowledged acts, none lost')
