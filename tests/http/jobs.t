== the list of ads
GET /jobs

200
is: html
text: 找工作

== as data
GET /jobs.json

200
json: {"pager": {"page": 1, "per_page": 20}}
no text: contact_phone

== words in Chinese
GET /jobs.json?q=护理

200
json: {"q": "护理"}
text: 护理

== in pinyin
GET /jobs.json?q=huli

200
text: 护理

== by initials
GET /jobs.json?q=hl

200
text: 护理

== one district
GET /jobs.json?district=120102

200
text: 河东区

== the second page
GET /jobs.json?page=2

200
json: {"pager": {"page": 2, "from": 21}}

== nothing found helps
GET /jobs?q=量子鲸鱼饲养员&district=120101

200
is: html
text: 12333

== in English
GET /en/jobs?q=nurse

200
is: html
text: <html lang="en"

== an ad
GET /jobs/{open_job}

200
is: html
text: {title}
text: application/ld+json

== as data
GET /jobs/{open_job}.json

200
json: {"code": "{open_job}"}
no text: contact_phone

== one that has ended says so and shows others
GET /jobs/{ended_job}

410
is: html
text: <h1

== as data
GET /jobs/{ended_job}.json

410

== one that waits for its review is nobody's business
GET /jobs/{hidden_job}.json

404
is: problem
json: {"code": "not_found"}

== one that never was
GET /jobs/J999999.json

404
is: problem

== a table for spreadsheets
GET /jobs/table.csv?q=护理

200
Content-Type: text/csv
Content-Disposition: attachment
is: csv

== a feed
GET /jobs/feed.atom

200
Content-Type: application/atom+xml
is: atom
no text: 127.0.0.1:0/

== another
GET /jobs/feed

200
Content-Type: application/feed+json
is: feed

== words while typing
GET /suggest/words?q=hl

200
json: {"items": [{"value": "护理"}]}

== streets while typing
GET /suggest/streets?q=大王庄

200
text: 大王庄

== the phone of an ad is asked for, not shown
POST /jobs/{open_job}/phone
body:

200
Cache-Control: no-store
is: html

== a complaint without a reason
POST /jobs/{open_job}/report
body: detail=说好的和做的不一样

422
is: html
text: 说好的和做的不一样
text: role="alert"

== a complaint
POST /jobs/{open_job}/report
body: reason=false&detail=说好的和做的不一样

303
Location: /jobs/{open_job}

== as JSON
POST /jobs/{open_job}/report
Content-Type: application/json
Accept: application/json
body: {"reason": "false", "detail": "as data"}

200
json: {"ok": true, "repeated": false, "location": "/jobs/{open_job}"}

== JSON of the wrong shape
POST /jobs/{open_job}/report
Content-Type: application/json
Accept: application/json
body: {"reason": {"deep": 1}}

400
is: problem

== JSON with a wrong value names the field
POST /jobs/{open_job}/report
Content-Type: application/json
Accept: application/json
body: {"reason": "nonsense"}

422
is: problem
json: {"code": "invalid", "errors": [{"field": "reason"}]}
