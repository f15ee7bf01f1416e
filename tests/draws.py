#!/usr/bin/env python3
"""draws.py YIZHAN [PG] -- every draw that is open is drawn again here from its file and docs/draws.md alone, with nothing of ours but the file."""
import hashlib, json, re, sys
from city import City, Visitor, Tap

def lot(seed, text): return hashlib.sha256((seed + '\n' + text).encode()).hexdigest()

def drawn_again(d):
    """[(label, lot, first, second)] as docs/draws.md tells it."""
    urn, seed, out = d['input'], d['seed'], []
    for s in urn['strata']:
        mine = sorted((t for t in urn['tickets'] if t['stratum'] == s['name']), key=lambda t: (lot(seed, t['label']), t['label']))
        want = min(len(mine), max(s['least'], -(-len(mine) * s['percent'] // 100)))
        free = want - sum(t['must'] for t in mine)
        for t in mine:
            if t['must']: out.append(t)
            elif free > 0: out.append(t); free -= 1
    out.sort(key=lambda t: (lot(seed, t['label']), t['label']))
    people, load, here = urn['people'], {p['label']: p['load'] for p in urn['people']}, {}
    def before(a, b, group=None): return sum(p['n'] for p in urn['pairs'] if {p['a'], p['b']} == {a, b} and group in (None, p['group']))
    result = []
    for t in out:
        best = None
        for i, a in enumerate(people):
            for b in people[i + 1:]:
                if any(t['group'] and t['group'] in p['conflicts'].split(',') for p in (a, b)): continue
                x, y = a['label'], b['label']
                key = (before(x, y, t['group']), load[x] + load[y], before(x, y) + here.get((x, y), 0), lot(seed, '%s\n%s\n%s' % (t['label'], x, y)))
                if best is None or key < best[0]: best = (key, x, y)
        if best:
            load[best[1]] += 1
            load[best[2]] += 1
            here[best[1:]] = here.get(best[1:], 0) + 1
        result.append((t['label'], lot(seed, t['label']), *(best[1:] if best else ('', ''))))
    return result

def main():
    tap = Tap()
    with City(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None) as city:
        who = Visitor(city.start())
        codes = [r[0] for r in city.sql('SELECT code FROM draw ORDER BY id')]
        opened = 0
        for code in codes:
            f = who.get('/draws/%s/file' % code)
            if f.status == 409: continue
            opened += 1
            d = json.loads(f.bytes)
            tap.ok(hashlib.sha256(f.bytes).hexdigest() in who.get('/draws/' + code).text, code + ': the digest on its page is that of the file')
            said = [(r['label'], r['lot'], r.get('first'), r.get('second')) for r in d['result']['drawn']]
            tap.ok(drawn_again(d) == said, code + ': drawn again, the same', (drawn_again(d), said))
        tap.ok(opened >= 10, 'draws that are open', opened)
    return tap.end('draws repeated by a program that is not ours')

if __name__ == '__main__': sys.exit(main())
