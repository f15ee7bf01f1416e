== no such page
GET /nothing/here

404
is: html
text: 12333
Cache-Control: private

== as data
GET /nothing.json

404
is: problem

== in English
GET /en/nothing

404
text: <html lang="en"

== a path that climbs
GET /stations/..%2f..%2fetc%2fpasswd

404

== a NUL in a value
GET /jobs?q=%00

400

== no UTF-8
GET /jobs?q=%ff%fe

400

== a method that is not known there
POST /stations
body: a=1

405
Allow: GET, HEAD

== nor anywhere
DELETE /stations/S1

405

== a GET of a form's target
GET /logout

405
Allow: POST

== a form that is too large is refused before it is read
POST /login
size: 1200000

413
is: html

== a body of an unknown kind
POST /login
Content-Type: application/x-java-serialized-object
body: abc

400

== a page of the desk wants a login and remembers the way
GET /desk/queue?x=1

303
Location: /login?next=

== as data it says so
GET /desk/queue.json

401
is: problem
WWW-Authenticate: Bearer

== an officer's page is not for an employer, and says for whom it is
AS employer
GET /city/stations

403
is: html
text: 市级

== as data
AS employer
GET /city/stations.json

403
is: problem
json: {"code": "denied"}

== a form from another site
AS employer
POST /employer/jobs/new
Origin: https://evil.example
Sec-Fetch-Site:
body: title=x

403

== an unknown bearer token
GET /account.json
Authorization: Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA

401
is: problem

== a wrong login tells nothing
POST /login
body: login=nobody-here&password=wrong wrong wrong

403
is: html
text: 登录名或密码不对
no text: wrong wrong wrong

== nor does a right name
POST /login
body: login=qiye&password=wrong wrong wrong

403
text: 登录名或密码不对

== after signing in only a path of ours
AS employer
POST /confirm
body: password=tianjin2026demo&next=https://evil.example/

303
Location: /employer

== not by two slashes either
AS employer
POST /confirm
body: password=tianjin2026demo&next=//evil.example/

303
Location: /employer

== an impossible day, a short phone: each with a sentence, and nothing lost
AS employer
POST /employer/jobs/new
body: title=示例收银员&openings=1&description=示例岗位说明&wage=5000元/月&street=120102001&contact_phone=1390000123&valid_until=2027-02-30

422
is: html
text: 示例收银员
text: 1390000123
text: 11 位，现在是 10 位
text: 而且这一天要存在

== a wage upside down
AS employer
POST /employer/jobs/new
body: title=示例收银员&openings=1&description=示例岗位说明&wage=8000-6000元/月&street=120102001&seen=1

422
text: 8000-6000元/月
text: role="alert"

== an ad that breaks the law, with its clause
AS employer
POST /employer/jobs/new
body: title=示例收银员&openings=1&description=限女性，未婚未育优先。&wage=5000元/月&street=120102001&seen=1

422
text: role="alert"
text: 就业

== a key that is too short to protect
POST /stations/S1/ticket
Idempotency-Key: abc
body:

400

== an application with a wrong number is asked for again, not taken for received
POST /classes/{open_class}/apply
Sec-Fetch-Site: same-origin
body: name=甲示例&idno=120102198507121045&phone=13000001299&category=unemployed

422
is: html
text: value="甲示例"
text: 身份证号
no text: 已收到报名

== an invitation to nowhere is asked for again, not shown as made
AS admin
POST /invitations/new
body: role=staff&name=乙示例

422
is: html
text: value="乙示例"
no text: 邀请已经准备好
