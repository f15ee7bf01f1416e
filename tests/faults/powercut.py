#!/usr/bin/env python3
"""powercut.py WRITER YIZHAN [CUTS] -- what is on the disk after the power went?

Runs WRITER under strace, which records every write and every flush to the files of the database, in order, together with the writer's
acknowledgements. For each cut point the disk is built again: what was flushed is there; of what was written since, each write is there,
absent or torn in the middle, by chance. Every image must open, be sound, keep an unbroken audit chain and hold every act acknowledged before the
cut.  A second writer that never flushes must be found out, or the harness sees nothing.
"""
import os, random, re, shutil, sqlite3, subprocess, sys, tempfile

writer, yizhan, cuts = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 60
top = tempfile.mkdtemp(prefix='yizhan-cut-')
ACTS = 120

def unhex(s): return bytes.fromhex(s.replace('\\x', ''))

def watch(live, *how):
    """Events in order: ('write'|'append', file, offset, bytes), ('sync', file), ('size', file, n), ('ack', k)."""
    trace, events = live + '.trace', []
    os.mkdir(live)
    subprocess.run(['strace', '-f', '-y', '-xx', '-s', '1000000', '-o', trace, '-e', 'trace=write,pwrite64,fsync,fdatasync,ftruncate,unlink',
                    writer, live, str(ACTS), *how], stdout=subprocess.DEVNULL, check=True)
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
            if name == 'pwrite64': events.append(('write', base, int(args.rsplit(',', 1)[1]), unhex(data.group(1))))
            elif name == 'write': events.append(('append', base, None, unhex(data.group(1))))
            elif name in ('fsync', 'fdatasync'): events.append(('sync', base))
            elif name == 'ftruncate': events.append(('size', base, int(args.rsplit(',', 1)[1])))
    assert sum(e[0] == 'ack' for e in events) == ACTS
    return events

def apply(img, e):
    buf = img.setdefault(e[1], bytearray())
    if e[0] == 'size':
        del buf[e[2]:]
        buf.extend(b'\0' * (e[2] - len(buf)))
        return
    off = len(buf) if e[0] == 'append' else e[2]
    if len(buf) < off: buf.extend(b'\0' * (off - len(buf)))
    buf[off:off + len(e[3])] = e[3]

def image(events, upto, rng):
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

def fault(live, img, acked, chain):
    """What is wrong with the image, or None."""
    d = os.path.join(top, 'img')
    shutil.rmtree(d, ignore_errors=True)
    os.mkdir(d)
    for name, buf in img.items(): open(os.path.join(d, name), 'wb').write(buf)
    shutil.copy(os.path.join(live, 'keys'), os.path.join(d, 'keys'))
    os.chmod(os.path.join(d, 'keys'), 0o600)
    db = sqlite3.connect(os.path.join(d, 'yizhan.db'))
    try:
        sound = db.execute('PRAGMA integrity_check').fetchone()[0]
        there = {r[0] for r in db.execute("SELECT object_id FROM audit WHERE kind = 'thing'")}
    except sqlite3.Error as e: return 'unreadable: %s' % e
    finally: db.close()
    lost = [k for k in range(1, acked + 1) if k not in there]
    if sound != 'ok' or lost: return f'integrity {sound}, acknowledged {acked}, lost {lost[:5]}'
    if chain:
        r = subprocess.run([yizhan, 'audit', 'verify', '--data', d], capture_output=True, text=True)
        if r.returncode: return 'the chain: ' + r.stdout + r.stderr
    return None

def run(name, rng, many, *how):
    live = os.path.join(top, name)
    events = watch(live, *how)
    first = next(i for i, e in enumerate(events) if e[0] == 'ack')
    found = []
    for n in range(many):
        upto = rng.randrange(first, len(events) + 1)
        img, acked = image(events, upto, rng)
        why = fault(live, img, acked, n % 10 == 0 and not how)
        if why: found.append(f'cut at event {upto}: {why}')
    return events, found

rng = random.Random(20261124)
events, found = run('live', rng, cuts)
_, noticed = run('careless', rng, 10, 'careless')
shutil.rmtree(top)
for f in found[:5]: print('not ok - power cut,', f)
if len(noticed) < 5: print('not ok - power cut: a writer that never flushes was found out in only %d of 10 images' % len(noticed))
if found or len(noticed) < 5: sys.exit(1)
print(f'ok - power cut: {cuts} images of {len(events)} disk events, {ACTS} acknowledged acts, none lost; without flushing {len(noticed)} of 10 images had lost some')
