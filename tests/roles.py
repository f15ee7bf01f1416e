#!/usr/bin/env python3
"""roles.py YIZHAN [PG] -- tries every role on every route that the program lists: allowed, not allowed, own, foreign, absent, without CSRF token.

A route whose parameters are unknown here fails the test: nobody adds a page without saying whose things it shows.
"""
import json, re, subprocess, sys
from city import City, Visitor, Tap, LOGINS

# parameter -> (own thing of the demo actor by role, a foreign one, an absent one). SQL or a literal; roles not named own what DEFAULT says.
STATION_OF = {'staff': 1, 'head': 1}
PARAMS = json.load(open(__file__.replace('roles.py', 'roles.json')))
LEAVE_ALONE = {'POST /logout', 'POST /account/sessions/end-others'}  # they end the session that the other checks use; tests/journeys.py does them

def pick(city, spec, role):
    for key in (role, 'any'):
        if key in spec:
            v = spec[key]
            if v is None: return None
            if v.startswith('SELECT'):
                rows = city.sql(v)
                return rows[0][0] if rows else None
            return v
    return None

def fill(city, path, role, which):
    for p in re.findall(r'\{(\w+)\}', path):
        if p not in PARAMS: return None, p
        v = pick(city, PARAMS[p][which], role)
        if v is None: return None, None
        path = path.replace('{%s}' % p, v)
    return path, None

def same(a, b):
    clean = lambda t: re.sub(r'(name="_(csrf|once)" value="[^"]*"|编号[^<]*|from=[^"]*|href="/en[^"]*"|/[A-Za-z0-9/_-]*)', '', t)
    return clean(a) == clean(b)

def main():
    tap, city = Tap(), City(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None).start()
    routes = json.loads(subprocess.run([sys.argv[1], 'doc', 'routes', '--json'], capture_output=True, text=True).stdout)['routes']
    people = {'public': Visitor(city)}
    for role in LOGINS: people[role] = Visitor(city).login(role)
    people['public'].csrf = people['public'].token('/login')
    for r in routes:
        name = r['method'] + ' ' + r['path']
        for role, who in people.items():
            own, unknown = fill(city, r['path'], role, 'own')
            if unknown:
                tap.ok(False, name, 'unknown parameter {%s}: say in tests/roles.json whose it is' % unknown); break
            if role not in r['roles']:
                target = own or fill(city, r['path'], role, 'absent')[0]
                body = {'_csrf': who.csrf or ''} if r['method'] == 'POST' else None
                a = who.ask(r['method'], target, body, json_answer=True)
                tap.ok(a.status in (401, 403), f'{name} as {role}', f'is not for this role, answered {a.status}')
                continue
            if r['method'] == 'POST':
                a = who.ask('POST', own or fill(city, r['path'], role, 'absent')[0], {'x': '1'}, headers={'Sec-Fetch-Site': 'cross-site'}, json_answer=True)
                tap.ok(a.status == 403, f'{name} as {role} from another site', f'answered {a.status}')
                if role != 'public':
                    a = who.ask('POST', own or fill(city, r['path'], role, 'absent')[0], {'x': '1'}, json_answer=True)
                    tap.ok(a.status == 403, f'{name} as {role} without token', f'answered {a.status}')
            if r['scope']:
                absent, foreign = fill(city, r['path'], role, 'absent')[0], fill(city, r['path'], role, 'foreign')[0]
                body = {'_csrf': who.csrf or ''} if r['method'] == 'POST' else None
                b = who.ask(r['method'], absent, body)
                tap.ok(b.status in (404, 303 if 'fresh' in r['flags'] else 404), f'{name} as {role}, absent', f'answered {b.status}')
                if foreign:
                    a = who.ask(r['method'], foreign, body)
                    tap.ok(a.status == b.status and same(a.text, b.text), f'{name} as {role}, foreign', f'{foreign}: answered {a.status}, absent {b.status}')
            if own and name not in LEAVE_ALONE:
                body = {'_csrf': who.csrf or ''} if r['method'] == 'POST' else None
                a = who.ask(r['method'], own, body, json_answer=r['method'] == 'GET')
                good = a.status < 500 and a.status not in (401, 403, 404, 405)
                if a.status == 403 and r['method'] == 'POST': good = 'denied' in a.text or '权限' in a.text  # the flow may ask for another role
                tap.ok(good, f'{name} as {role}, own', f'{own}: answered {a.status} {a.text[:120] if a.status >= 500 else ""}')
    city.close()
    return tap.end('every role on %d routes%s' % (len(routes), ' (PostgreSQL)' if city.pg else ''))

sys.exit(main())
