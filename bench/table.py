#!/usr/bin/python3
"""table.py RESULT.json... -- puts the figures of bench/run between the marks of docs/performance.md."""
import json, os, platform, sys, time

BEGIN, END = '<!-- bench/run: begin -->', '<!-- bench/run: end -->'
doc = os.path.join(os.path.dirname(__file__), '../docs/performance.md')

def cpu():
    for line in open('/proc/cpuinfo'):
        if line.startswith('model name'): return line.split(':', 1)[1].strip()
    return platform.machine()

out = [BEGIN, '', f'Measured {time.strftime("%Y-%m-%d", time.gmtime())} on {cpu()}, {os.cpu_count()} cores; load of the machine at the end: {os.getloadavg()[0]:.1f}.', '']
for path in sys.argv[1:]:
    r = json.load(open(path))
    best = min((e['median'] for e in r['engines'][1:]), default=0)
    best99 = min((e['p99'] for e in r['engines'][1:]), default=0)
    out += [f'**{r["n"]:,} ads**, {r["engines"][0]["n"]} questions, {r["hits"]:,} hits; totals ' + ('equal in every engine.' if r['unequal'] == 0 else f'unequal {r["unequal"]} times.'),
            '', '| | load, s | MB | median, ms | p95 | p99 | questions |', '|---|--:|--:|--:|--:|--:|--:|']
    for e in r['engines']:
        out.append(f'| {e["name"]} | {e["load"]:.1f} | {e["bytes"] / 1e6:.0f} | {e["median"]:.3f} | {e["p95"]:.2f} | {e["p99"]:.2f} | {e["n"]} |')
    mine = r['engines'][0]
    if best: out += ['', f'The best peer takes {best / mine["median"]:.0f} times as long at the median, {best99 / mine["p99"]:.0f} times at p99.']
    for why in r['left_out']: out += ['', f'Left out: {why}.']
    out.append('')
out.append(END)
text = open(doc).read() if os.path.exists(doc) else '# Performance\n'
if BEGIN in text: text = text[:text.index(BEGIN)] + '\n'.join(out) + text[text.index(END) + len(END):]
else: text += '\n## The match engine beside its peers\n\n`make bench` makes ads by rule (bench/ads.c), the same questions for every engine: one or two words, district, occupation group, wage floor,\neducation, kind of contract; wanted are the exact total, the best 20 and counts by district, education and kind (ours: all ten facets, each\nwithout its own condition). Texts are cut into words once and are the same for all. CPU time of one thread, second pass (PostgreSQL: time of the call).\n\n' + '\n'.join(out) + '\n'
open(doc, 'w').write(text)
