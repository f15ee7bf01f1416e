OPTIONS --tls --base-url https://jobs.example.org

== behind TLS the browser is told to stay there
GET /

200
Strict-Transport-Security: max-age=

== links for others carry the address of the city
GET /jobs/feed.atom

200
text: https://jobs.example.org/jobs/J

== and cookies are for this host alone
POST /login
body: login=qiuzhi&password=tianjin2026demo

303
Set-Cookie: __Host-sid=
Set-Cookie: Secure
Set-Cookie: HttpOnly
Location: /me
