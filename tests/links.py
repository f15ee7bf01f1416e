#!/usr/bin/env python3
"""links.py YIZHAN -- every fixed address in a template, a redirect or a view leads to a route of the program; no link is dead."""
import glob, json, os, re, subprocess, sys
from city import Tap

def patterns(routes, method): return [re.compile('^' + re.sub(r'\{\w+\}', '[^/]+', r['path']) + '$') for r in routes if r['method'] == method]

def main():
    tap = Tap()
    os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
    routes = json.loads(subprocess.run([sys.argv[1], 'doc', 'routes', '--json'], capture_output=True, text=True).stdout)['routes']
    gets, posts = patterns(routes, 'GET'), patterns(routes, 'POST')
    for path in sorted(glob.glob('src/**/*.html', recursive=True)):
        for m in re.finditer(r'<(a|form|link)\b[^>]*?(?:href|action)="\{\{root\}\}([^"{?#]*)(?=["?#])', open(path).read()):
            to = re.sub(r'\.json$', '', m.group(2)) or '/'
            tap.ok(any(p.match(to) for p in (posts + gets if m.group(1) == 'form' else gets)), path, 'leads to %s, which is no route' % to)
    for path in sorted(glob.glob('src/city/**/*.c', recursive=True)):
        for m in re.finditer(r'(?:url_fmt|redirect)\((?:rq|&\w+), "(/[^"]*)"', open(path).read()):
            to = re.sub(r'\.json$', '', re.sub(r'%l{0,2}[ds]', 'X', re.sub(r'[?#].*', '', m.group(1)))) or '/'
            tap.ok(any(p.match(to) for p in gets + posts) or to == '/stations/X/X', path, 'leads to %s, which is no route' % m.group(1))
    return tap.end('links')

sys.exit(main())
