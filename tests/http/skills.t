== /district/claims/table.csv is a file for the district
AS district
GET /district/claims/table.csv

200
Content-Type: text/csv
is: csv
text: 申请

== /district/claims/table.csv?status=paid is a file for the district
AS district
GET /district/claims/table.csv?status=paid

200
Content-Type: text/csv
is: csv
text: 申请

== /district/claims/Q3/lines.csv is a file for the district
AS district
GET /district/claims/Q3/lines.csv

200
Content-Type: text/csv
is: csv
text: 怎么算的

== /provider/claims/table.csv is a file for the provider
AS provider
GET /provider/claims/table.csv

200
Content-Type: text/csv
is: csv
text: 申请

== /city/claims/table.csv is a file for the city
AS city
GET /city/claims/table.csv

200
Content-Type: text/csv
is: csv
text: 申请

== /district/trainees/table.csv?status=passed is a file for the district
AS district
GET /district/trainees/table.csv?status=passed

200
Content-Type: text/csv
is: csv
text: 人员类别

== /provider/trainees/table.csv is a file for the provider
AS provider
GET /provider/trainees/table.csv

200
Content-Type: text/csv
is: csv
text: 人员类别

== /district/classes/table.csv is a file for the district
AS district
GET /district/classes/table.csv

200
Content-Type: text/csv
is: csv
text: 班

== /provider/classes/table.csv?status=finished is a file for the provider
AS provider
GET /provider/classes/table.csv?status=finished

200
Content-Type: text/csv
is: csv
text: 班

== /district/agreements/table.csv is a file for the city
AS city
GET /district/agreements/table.csv

200
Content-Type: text/csv
is: csv
text: 协议

== /district/sanctions/table.csv is a file for the auditor
AS auditor
GET /district/sanctions/table.csv

200
Content-Type: text/csv
is: csv
text: 处理

== /district/certificates/table.csv is a file for the district
AS district
GET /district/certificates/table.csv

200
Content-Type: text/csv
is: csv
text: 证书编号

== /district/visits/table.csv is a file for the auditor
AS auditor
GET /district/visits/table.csv

200
Content-Type: text/csv
is: csv
text: 检查人员

== /district/calls/table.csv is a file for the district
AS district
GET /district/calls/table.csv

200
Content-Type: text/csv
is: csv
text: 学员

== /district/anomalies/table.csv is a file for the city
AS city
GET /district/anomalies/table.csv

200
Content-Type: text/csv
is: csv
text: 哪几天的课

== /provider/anomalies/table.csv is a file for the provider
AS provider
GET /provider/anomalies/table.csv?state=open

200
Content-Type: text/csv
is: csv
text: 疑点

== the rows of a purse as a file: whose money each one is
AS district
GET /district/ledger/table.csv?fund=insurance

200
Content-Type: text/csv
is: csv
text: 的培训补贴

== no district reads another's ledger
AS district
GET /district/ledger/table.csv?district=120104

404

== the city reads any district's ledger
AS city
GET /city/ledger/table.csv?district=120102&fund=employment

200
Content-Type: text/csv
is: csv
text: 已承诺

== the notices of today
GET /notices?district=120102

200
find: notice /notices/(G120102-[0-9]+-2)"

== who is on a notice is found by the last digits, and a link leads to the objection
GET /notices/{notice}?who=%E6%B2%A1%E6%9C%89%E4%BA%BA

200
text: 公示里没有这样的人
text: 看全部
no text: 1201**********

== the whole notice
GET /notices/{notice}

200
text: 1201**********
text: 姓名，或身份证号最后四位

== decisions in bulk: lines in, lines out, without a form and its token
POST /api/decide
Content-Type: application/x-ndjson
body: {"on":"2026-11-24","class":{"occupation":"6-18-02-04","level":4,"hours":120,"mode":"offline","urgency":"short","provider":"school","starts_on":"2026-12-07","ends_on":"2027-01-10","rate":324000}}

200
Content-Type: application/x-ndjson
text: "verdict"

== a line that cannot be read is answered as such
POST /api/decide
Content-Type: application/x-ndjson
body: {"on":"2026-11-24"

200
text: "error"

== other routes take no such body
POST /benefits
Content-Type: application/x-ndjson
body: {}

400

== the format of a case stands on the page
GET /api/decide

200
text: attendance_ppm
text: 事实的名称
no text: }}

== nobody without a login gets the list of trainees
GET /district/trainees/table.csv

303

== the officer sees what the people of a claim had before, and its way
AS district
GET /district/claims/Q3

200
text: 以前领过的
text: 付给谁、从哪里付
text: 经过

== the provider is not shown what others paid
AS provider
GET /provider/claims/Q1

200
no text: 以前领过的
text: 经过

== the city is told whose turn it is
AS city
GET /city/claims/Q3

200
text: 公示期满，等区人社局审批

== a claim on paper: sums and room for two signatures
AS district
GET /district/claims/Q3/print

200
text: 职业培训补贴申请表
text: 区里审核人
text: 区里审批人

== a trainee whose class is over: what can be claimed, not only what was decided before
AS district
GET /trainees/A1

200
text: 今天能申领什么
text: 没有达到 80 课时

== one trainee by number
AS district
GET /district/trainees?code=a3

200
text: A3
no text: A10

== the ledger opens without being asked for a purse
AS district
GET /district/ledger

200
text: 失业保险基金

== a sheet to sign on, for the next day with lessons
AS provider
GET /provider/classes/K25/sign-sheet

200
text: 签到表
text: 教师签字

== the city's year by fund and occupation
AS city
GET /city/training

200
text: 已承诺占预算
text: 各职业

== how each kind of case came out
AS city
GET /city/supervision

200
text: 属实占比

== a declared class is explained check by check and line by line
AS provider
GET /provider/classes/K49

200
text: 最晚
text: 教学计划逐行核对
text: 第 1 行
text: 理论课时不少于20%

== the same for its district
AS district
GET /district/classes/K49

200
text: 教学计划逐行核对

== the method of the shortage score is written out, step by step
GET /shortages/R2026-2/data

200
text: 一步一步怎么算

== a step that is refused says why: a class with faults is not declared
AS provider
POST /provider/classes/K51
body: action=zzz

409
text: 现在的状态不能做这一步

== one that wants a reason says so
AS district
POST /district/classes/K53
body: action=return

422
text: 请写明原因

== the same for a provider's record
AS district
POST /district/providers/T4
body: action=zzz

409
text: 现在的状态不能做这一步

== rows pasted from a sheet keep their columns: the teacher is the seventh
AS provider
POST /provider/classes/K51/lines
body: rows=2026-12-21%099:00%0912:00%094%09%E7%90%86%E8%AE%BA%09x%09nobody%09y

422
text: 花名册里没有教师“nobody”

== a teacher who is on no roster of ours is a mistake of the form, not of the database
AS provider
POST /provider/classes/K51/plan
body: starts_on=2026-12-21&weekdays=1&from=9%3A00&hours_a_day=6&theory_pct=30&teacher=99999&place=1

422
text: 花名册里的教师
