== the first page
GET /

200
Content-Type: text/html; charset=utf-8
is: html
text: 找工作
text: 12333
no text: {{
ETag:

== and in English
GET /en

200
is: html
text: <html lang="en"
text: href="/en/jobs"

== a page that did not change is not sent again
GET /help

200
ETag: W/"
find: tag NOTHING|(.)

== the list of stations
GET /stations

200
is: html

== as data
GET /stations.json

200
Content-Type: application/json
json: {"pager": {"page": 1, "per_page": 20}, "stations": [{"code": "S1"}]}

== of one district
GET /stations.json?district=120102

200
json: {"stations": [{"district": 120102}]}
no text: "district":120101

== a station
GET /stations/S1

200
is: html
text: 中山门街道就业驿站

== as data, by the header
GET /stations/S1
Accept: application/json

200
json: {"code": "S1", "district": 120102, "status": "open"}
no text: "_csrf"

== its calendar
GET /stations/S1/calendar

200
Content-Type: text/calendar
Content-Disposition: S1.ics
is: ics

== its poster carries a code to scan
GET /stations/S1/poster

200
is: html
text: <svg

== the map is drawn by the server
GET /stations/map

200
is: html
text: <svg
no text: <script src="http

== events
GET /events

200
is: html

== all of them as a calendar
GET /events.ics

200
is: ics

== one
GET /events/{event}.json

200
json: {"code": "{event}"}

== and its calendar
GET /events/{event}/calendar

200
is: ics

== the programme's count
GET /progress.json

200
json: {"year": 2026}

== for people too
GET /progress

200
is: html

== shares of stations
GET /progress/placements

200
is: html

== help
GET /help

200
is: html
text: 12333

== privacy
GET /privacy

200
is: html

== the tree of occupations
GET /occupations/4-10-00-00

200
is: html

== a kiosk
GET /kiosk/S1

200
is: html
Refresh:

== the wall of a waiting room
GET /screen/S1/queue

200
Refresh:

== display settings are remembered and lead back
GET /settings/ui?size=elder&back=/jobs

303
Set-Cookie: ui=
Location: /

== the state of the service
GET /healthz

200
text: ok

== for robots
GET /robots.txt

200
text: Sitemap:

== the site in numbers
GET /sitemap.xml

200
is: xml

== its ads
GET /sitemap/jobs/0

200
is: xml
text: /jobs/J
