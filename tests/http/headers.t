== what protects every page
GET /

200
Content-Security-Policy: default-src 'none'; script-src 'self'
Content-Security-Policy: frame-ancestors 'none'
X-Content-Type-Options: nosniff
Referrer-Policy: same-origin
Permissions-Policy: geolocation=(self)
Cross-Origin-Opener-Policy: same-origin
X-Request-Id:
no Server
no Strict-Transport-Security
no Set-Cookie

== errors too
GET /nothing

404
Content-Security-Policy: default-src 'none'
X-Content-Type-Options: nosniff

== downloads too
GET /jobs/table.csv

200
X-Content-Type-Options: nosniff
Content-Security-Policy: default-src 'none'

== assets live for ever, under a name of their content
GET /
Accept-Encoding: identity

200
find: asset (/assets/app-[0-9a-f]+\.css)

== so they do
GET {asset}

200
Content-Type: text/css
Cache-Control: immutable
X-Content-Type-Options: nosniff

== packed for those who can
GET {asset}
Accept-Encoding: br

200
Content-Encoding: br

== an asset that is not there
GET /assets/nothing-00000000.css

404

== a page with a form names its visitor
GET /login

200
Set-Cookie: vid=
Set-Cookie: HttpOnly
Set-Cookie: SameSite=Lax
text: name="_csrf"

== what is personal is kept by nobody
AS employer
GET /account

200
Cache-Control: no-store
is: html

== a page of somebody signed in is not shared
AS employer
GET /jobs

200
Cache-Control: private
Vary: Cookie

== the description of the API
GET /openapi.json

200
is: json
json: {"openapi": "3.1.0"}
text: /jobs/{job}
