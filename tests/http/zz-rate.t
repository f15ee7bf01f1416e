OPTIONS --rate 3

== the first of a minute
GET /help.json

200

== the second
GET /help

200

== the third
GET /help

200

== then it is too much
GET /jobs.json

429
is: problem
Retry-After:

== for people too, with a way on
GET /jobs

429
is: html
Retry-After:
text: 12333

== somebody signed in is not stopped
AS employer
GET /employer

200
