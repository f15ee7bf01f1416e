#!/usr/bin/env python3
"""uploads.py YIZHAN -- files as people send them: a broken archive, a NUL, another encoding, a name that climbs, 200 MB; nothing stays behind."""
import http.client, io, os, re, sys, zipfile
from city import City, Visitor, Tap

HEAD = '岗位名称,单位名称,工资,人数,工作地点,岗位描述\n'
ROW = '示例焊工,示例厂（示例）,6000-8000元/月,2,河东区大王庄街道,焊接钢架\n'
EDGE = 'x1y2z3x1y2z3'

def send(who, name, data, path='/employer/imports'):
    body = (f'--{EDGE}\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n{who.csrf}\r\n--{EDGE}\r\n'
            f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n').encode() + data + f'\r\n--{EDGE}--\r\n'.encode()
    return who.ask('POST', path, body, headers={'Content-Type': 'multipart/form-data; boundary=' + EDGE})

def archive(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in files.items(): z.writestr(name, data)
    return out.getvalue()

def told(r):
    m = re.search(r'<ul>\s*<li>(?:<a[^>]*>)?([^<]+)', r.text[max(r.text.find('errsum'), 0):])
    return m.group(1) if m else ''

def refused(tap, firm):
    bomb = archive({'[Content_Types].xml': '<Types/>', 'xl/workbook.xml': b' ' * (300 << 20)})
    for what, name, data in (
        ('a broken archive', 'a.xlsx', b'PK\x03\x04' + os.urandom(5000)), ('an archive that is none', 'a.xlsx', b'hello'), ('half an archive', 'a.xlsx', bomb[:len(bomb) // 2]),
        ('an archive of something else', 'a.xlsx', archive({'readme.txt': 'x'})), ('an archive that swells', 'a.xlsx', bomb),
        ('an empty file', 'a.csv', b''), ('a picture', 'a.csv', b'\x89PNG\r\n\x1a\n' + os.urandom(3000)), ('an old spreadsheet', 'a.xls', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'\0' * 4000),
        ('a program', 'a.exe', b'MZ' + b'\0' * 1000), ('only a heading', 'a.csv', HEAD.encode()), ('a NUL in a table', 'a.csv', (HEAD + ROW).encode() + b'\0\0\0\n' * 50),
    ):
        r = send(firm, name, data)
        tap.ok(r.status in (413, 422) and told(r), f'{what}: refused with a sentence', (r.status, told(r) or r.getheader('Location') or r.text[r.text.find('<main'):][:600]))

def taken(tap, firm):
    for what, data in (('UTF-8', (HEAD + ROW).encode()), ('UTF-8 with a mark', ('\ufeff' + HEAD + ROW).encode()), ('GBK', (HEAD + ROW).encode('gb18030')),
                       ('UTF-16', (HEAD + ROW).encode('utf-16')), ('tabs', (HEAD + ROW).replace(',', '\t').encode())):
        r = send(firm, 'a.csv', data)
        page = firm.get((r.getheader('Location') or '/nothing') + '/columns').text
        tap.ok(r.status == 303 and '示例焊工' in page, f'{what} is read', (r.status, told(r), page[page.find('<main'):][:300]))
    r = send(firm, '../../../tmp/evil.csv', (HEAD + ROW.replace('焊工', '铆工')).encode())
    tap.ok(r.status == 303 and not os.path.exists('/tmp/evil.csv'), 'a name that climbs is only a name', r.status)

def formula(city, tap, firm):
    r = send(firm, 'a.csv', (HEAD + '"=HYPERLINK(""http://evil.example"",""x"")",示例厂（示例）,面议,2,河东区大王庄街道,焊接\n,,,,,=1+1\n').encode())
    where = r.getheader('Location')
    sheet = firm.get(where + '/faults/csv')
    tap.ok(sheet.status == 200 and not re.search(r'(^|,|")[=+@]', sheet.text, re.M), 'a formula comes back as text', (sheet.status, sheet.text[:300]))

def huge(city, tap, firm, megabytes):
    """Streamed, so that this side needs no room either."""
    c = http.client.HTTPConnection('127.0.0.1', city.port, timeout=120)
    head = (f'--{EDGE}\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n{firm.csrf}\r\n--{EDGE}\r\n'
            f'Content-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n').encode()
    tail, block = f'\r\n--{EDGE}--\r\n'.encode(), ROW.encode() * 10000
    size = len(head) + len(tail) + (megabytes << 20)
    c.putrequest('POST', '/employer/imports')
    for k, v in (('Content-Type', 'multipart/form-data; boundary=' + EDGE), ('Content-Length', str(size)), ('Sec-Fetch-Site', 'same-origin'),
                 ('Cookie', '; '.join(k + '=' + v for k, v in firm.cookies.items()))): c.putheader(k, v)
    try:
        c.endheaders(head)
        left = megabytes << 20
        while left > 0:
            c.send(block[:left])
            left -= len(block)
        c.send(tail)
    except ConnectionError: pass  # told before the end; the answer may still be read
    try:
        r = c.getresponse()
        r.text = r.read().decode()
        return r
    except ConnectionError: return None
    finally: c.close()

def told_of(r): return re.search(r'太大|MB|\d+ 行', told(r))

def memory(city): return int(re.search(r'VmHWM:\s+(\d+)', open('/proc/%d/status' % city.proc.pid).read()).group(1)) // 1024

def main():
    tap = Tap()
    with City(sys.argv[1], jobs=60, people=10) as city:
        city.start()
        firm = Visitor(city).login('employer')
        refused(tap, firm)
        taken(tap, firm)
        formula(city, tap, firm)
        for n in (25, 200):
            r = huge(city, tap, firm, n)
            tap.ok(r is not None and r.status in (413, 422) and told_of(r), '%d MB: said how much is taken' % n, r and (r.status, told(r), r.text[r.text.find('<main'):][:300]))
        tap.ok(memory(city) < 400, 'memory stayed small', '%d MiB' % memory(city))
        tap.ok(not os.listdir(city.dir + '/spool'), 'nothing stays in the spool', os.listdir(city.dir + '/spool'))
        tap.ok(firm.get('/employer/imports').status == 200, 'and the service goes on')
        return tap.end('uploads, at most %d MiB of memory' % memory(city))

sys.exit(main())
