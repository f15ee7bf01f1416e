== the desk's first page
AS staff
GET /desk

200
is: html
Cache-Control: no-store

== a number is taken
POST /stations/S1/ticket
body:

303
Location: /q/

== the desk sees it
AS staff
GET /desk/queue

200
is: html

== a visit begins
AS staff
POST /desk/visits
Accept: application/json
body:

200
json: {"ok": true}
find: visit "location":"(/desk/visits/[0-9]+)"

== its page
AS staff
GET {visit}

200
is: html
Cache-Control: no-store

== an identity number with a wrong check digit
AS staff
POST {visit}/person
body: name=示例甲&idno=11010519491231002X1&channel=paper

422
is: html
text: 示例甲

== a person without a name or number cannot be registered
AS staff
POST {visit}/person
Accept: application/json
body: channel=paper

422
is: problem
json: {"errors": [{"field": "name"}]}

== an ad goes on the slip
AS staff
POST {visit}/jobs/{open_job}/add
body:

303
Location: {visit}

== the visit shows its slip
AS staff
GET {visit}.json

200
text: {open_job}

== the list of people
AS staff
GET /desk/people

200
is: html

== the call-backs
AS staff
GET /desk/referrals

200
is: html

== ads of the desk
AS staff
GET /desk/jobs

200
is: html

== the employer's page
AS employer
GET /employer

200
is: html

== its ads
AS employer
GET /employer/jobs.json

200
is: json

== a district's stations
AS district
GET /district/stations

200
is: html

== the city's
AS city
GET /city/stations

200
is: html

== a station's life
AS district
GET /stations/S1/life

200
is: html

== accounts
AS admin
GET /admin/accounts

200
is: html

== the audit chain is checked on the page
AS auditor
GET /audit/check.json

200
json: {"sound": true}

== somebody's own page
AS seeker
GET /me

200
is: html

== a seeker's wishes
AS seeker
GET /me/wishes

200
is: html
