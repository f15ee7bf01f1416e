#!/usr/bin/env python3
"""pages.py YIZHAN [ADS] -- what pages cost with a demo city of ADS ads (default 100,000) and 180 stations on the embedded database.

Time is that of the process, from the request read to the answer made (the `us` of its log), one client, warm; memory is the resident set, disk the data folder.
Prints the table of docs/performance.md.
"""
import os, re, statistics, subprocess, sys, time, urllib.request
sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'tests'))
from city import City, Visitor

ads = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
t = time.time()
city = City(sys.argv[1], jobs=ads, people=300)
filled = time.time() - t
t = time.time()
city.start()
started = time.time() - t
guest = Visitor(city)
t = time.time()
while True:
    m = re.search(r'"total":\s*(\d+)', guest.get('/jobs.json').text)
    if m and int(m.group(1)) > ads * 0.5: break
    time.sleep(.05)
indexed = time.time() - t
staff = Visitor(city).login('staff')
visit = re.search(r'/desk/visits/(\d+)', staff.post('/desk/visits', {}, page='/desk').getheader('Location') or '')
words = ['护理', '保安', 'baoan', 'sj', '电工', '普工', '会计', '厨师', '保洁', '司机 夜班', '收银', '焊工', '客服', '仓库', '文员']
if visit:
    at_visit = '/desk/visits/' + visit.group(1)
    staff.post(at_visit + '/person', {'name': '张小芳', 'phone': '19900001234', 'street': '中山门街道', 'channel': 'spoken'}, page=at_visit)
    staff.post(at_visit + '/wishes', {'words': '护理、做饭、保洁', 'wage_floor': '4000', 'street': '中山门街道', 'radius_km': '5'}, page=at_visit)
asks = {
    'home': [(guest, '/')],
    'search: words': [(guest, '/jobs?q=' + w) for w in words],
    'search: words, district, near, sorted': [(guest, f'/jobs?q={w}&near=大王庄&sort=near') for w in words],
    'search: everything': [(guest, '/jobs')],
    'suggestions': [(guest, '/suggest/words.json?q=' + w) for w in ('h', 'hu', '护', 'ba', '司')],
    'stations': [(guest, '/stations')],
    'nearest stations': [(guest, '/stations?near=大王庄')],
    'a station': [(guest, '/stations/S1')],
    'desk': [(staff, '/desk')],
}
if visit: asks['counter: recommendations'] = [(staff, '/desk/visits/' + visit.group(1))]
print(f'\n{ads:,} ads, 180 stations, SQLite, {os.cpu_count()} cores')
print('| page | median ms | p99 ms |\n|---|--:|--:|')
log = city.log
for name, list_ in asks.items():
    for who, path in list_: who.get(path)
    at = os.path.getsize(log)
    for i in range(300 // len(list_)):
        for who, path in list_: who.get(path)
    us = [int(m) for m in re.findall(r'event=request.*? us=(\d+)', open(log, 'rb').read()[at:].decode())]
    us.sort()
    print(f'| {name} | {statistics.median(us) / 1000:.2f} | {us[int(len(us) * .99)] / 1000:.2f} |')
rss = int(re.search(r'VmRSS:\s+(\d+)', open(f'/proc/{city.proc.pid}/status').read()).group(1)) // 1024
disk = sum(os.path.getsize(os.path.join(city.dir, f)) for f in os.listdir(city.dir) if f.startswith('yizhan.db')) / 1e6
print(f'\nstart to first answer {started:.2f} s, all ads searchable {indexed:.1f} s later; memory {rss} MB; database {disk:.0f} MB; binary '
      f'{os.path.getsize(sys.argv[1]) / 1e6:.1f} MB; filling the demo city {filled:.0f} s ({ads / filled:.0f} ads/s)')
city.close()
