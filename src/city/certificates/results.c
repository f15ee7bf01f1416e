/* results.c -- sheets: result files that evaluators send, and certificates that a provider enters many at once. */
#include "city/certificates/certificates.h"
#include "city/certificates/certificates_impl.h"

#include "base/day.h"
#include "base/hash.h"
#include "base/idno.h"
#include "base/text.h"
#include "city/people/people.h"
#include "feeds/mapping.h"
#include "feeds/table.h"
#include "store/store.h"

#include "certificates.sql.h"

#include <openssl/evp.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 20000 };

static const struct map_field columns[] = {
    {"number", N_("证书编号"), MAP_ANY, "证书编号|编号|证书号|证书号码", NULL},
    {"idno", N_("身份证号"), MAP_ANY, "身份证号|身份证号码|证件号码|公民身份号码", NULL},
    {"trainee", N_("学员编号"), MAP_ANY, "学员编号|学号", NULL},
    {"level", N_("等级"), MAP_ANY, "等级|技能等级|级别|职业等级", NULL},
    {"occupation", N_("职业"), MAP_ANY, "职业|职业名称|工种|职业（工种）", NULL},
    {"issued_on", N_("发证日期"), MAP_DATE, "发证日期|发证时间|颁发日期", NULL},
    {"evaluator", N_("评价组织"), MAP_ANY, "评价组织|评价机构|发证机构|发证单位", NULL},
    {"passed", N_("结果"), MAP_ANY, "结果|成绩|是否合格|评定结果", NULL},
    {0},
};

/* ---- the file ---- */

err_t file_digest(struct ctx *cx, const char *path, const char **hex)
{
    unsigned char digest[EVP_MAX_MD_SIZE], block[65536];
    unsigned len = 0;
    size_t n;
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return FAIL(cx, E_IO, NULL, "%s: %s", path, strerror(errno));
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    bool fine = md != NULL && EVP_DigestInit_ex(md, EVP_sha256(), NULL) == 1;
    while (fine && (n = fread(block, 1, sizeof block, f)) > 0)
        fine = EVP_DigestUpdate(md, block, n) == 1;
    fine = fine && ferror(f) == 0 && EVP_DigestFinal_ex(md, digest, &len) == 1;
    EVP_MD_CTX_free(md);
    fclose(f);
    char *out = arena_alloc(cx->arena, 2 * EVP_MAX_MD_SIZE + 1);
    if (!fine)
        return FAIL(cx, E_IO, NULL, "%s: cannot be read", path);
    hash_hex(digest, len, out);
    *hex = out;
    return E_OK;
}

struct sheet {
    struct table *table;
    struct mapping map;
};

static err_t open_sheet(struct ctx *cx, const char *path, const char *name, bool results, struct sheet *s)
{
    struct table_limits limits = {.rows = LINES_MOST};
    TRY(table_open(cx, path, name, &limits, &s->table));
    mapping_guess(cx, columns, table_head(s->table), NULL, 0, &s->map);
    bool who = mapping_column(&s->map, "idno") != SIZE_MAX || (!results && mapping_column(&s->map, "trainee") != SIZE_MAX);
    if (mapping_column(&s->map, "number") == SIZE_MAX || mapping_column(&s->map, "issued_on") == SIZE_MAX || !who ||
        (results && mapping_column(&s->map, "level") == SIZE_MAX))
        return SAY(cx, E_INVALID, "file",
                   results ? N_("表格里要有这几列：证书编号、身份证号、等级、发证日期。请核对第一行的列名。")
                           : N_("表格里要有这几列：学员编号（或身份证号）、证书编号、发证日期。请核对第一行的列名。"));
    return E_OK;
}

static const char *cell(const struct sheet *s, const struct row *row, const char *name)
{
    const char *c = mapping_cell(&s->map, row, name);
    return c != NULL ? c : "";
}

/* "5", "五级", "五级/初级工", "初级工", "高级技师" … ; -1 when it is none of these. */
static int64_t level_of(const char *s)
{
    static const struct {
        const char *word;
        int64_t level;
    } words[] = {{"高级技师", 1}, {"一级", 1}, {"技师", 2}, {"二级", 2}, {"高级", 3}, {"三级", 3}, {"中级", 4}, {"四级", 4}, {"初级", 5}, {"五级", 5}, {"专项", 0}};
    if (s[0] >= '0' && s[0] <= '5' && (s[1] == '\0' || strncmp(s + 1, "级", strlen("级")) == 0))
        return s[0] - '0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(s, words[i].word) != NULL)
            return words[i].level;
    return -1;
}

static bool says_no(const char *s)
{
    return strstr(s, "不合格") != NULL || strstr(s, "未通过") != NULL || strstr(s, "不通过") != NULL || strcmp(s, "否") == 0;
}

/* ---- result files ---- */

struct result {
    int64_t line;
    const char *number, *idno_find, *occupation, *fault;
    int64_t level, issued_on, passed;
};

static const char *kind_of_text(const char *number)
{
    return number[0] == 'Y' || number[0] == 'S' || strlen(number) == 22 ? "level" : strlen(number) == 16 ? "qualification" : "special";
}

/* Does the number itself say something else than the row? NULL: no. */
static const char *contradicts(struct ctx *cx, const struct result *r, const struct certificate_number *n)
{
    if (r->issued_on > day_of(cx->now, DAY_ZONE))
        return tr(cx, N_("发证日期还没有到。"));
    if (n->form != CERTIFICATE_LEVEL)
        return NULL;
    if (n->level != r->level)
        return text_fill(cx->arena, tr(cx, N_("编号里的等级是 {in}，这一行写的是 {said}。")), "in", arena_fmt(cx->arena, "%lld", (long long)n->level), "said",
                         arena_fmt(cx->arena, "%lld", (long long)r->level), NULL);
    if (n->year != r->issued_on / 10000)
        return text_fill(cx->arena, tr(cx, N_("编号里的年份是 {in}，发证日期是 {said} 年。")), "in", arena_fmt(cx->arena, "%lld", (long long)n->year), "said",
                         arena_fmt(cx->arena, "%lld", (long long)(r->issued_on / 10000)), NULL);
    return NULL;
}

static void read_result(struct ctx *cx, const struct sheet *s, const struct row *row, struct result *r)
{
    const char *given = cell(s, row, "number"), *idno = cell(s, row, "idno"), *wrong;
    struct certificate_number number = {0};
    struct idno id;
    *r = (struct result){.line = row->number, .number = arena_fmt(cx->arena, "%.40s", given), .idno_find = "", .fault = "",
                         .occupation = arena_fmt(cx->arena, "%.60s", cell(s, row, "occupation")), .level = level_of(cell(s, row, "level")),
                         .issued_on = day_read(cell(s, row, "issued_on")), .passed = !says_no(cell(s, row, "passed"))};
    if ((wrong = idno_read(idno, day_of(cx->now, DAY_ZONE), &id)) != NULL)
        r->fault = text_fill(cx->arena, tr(cx, wrong), "n", arena_fmt(cx->arena, "%zu", utf8_count(idno, strlen(idno))), NULL);
    else if (r->passed && (wrong = certificate_number_read(cx->arena, given, kind_of_text(text_clean(cx->arena, given, strlen(given))), &number)) != NULL)
        r->fault = text_fill(cx->arena, tr(cx, wrong), "n", arena_fmt(cx->arena, "%zu", utf8_count(given, strlen(given))), NULL);
    else if (r->level < 0)
        r->fault = tr(cx, N_("等级看不懂，请写五级、四级、三级、二级、一级或者专项。"));
    else if (r->issued_on == 0)
        r->fault = tr(cx, N_("发证日期看不懂，请写成 2026-11-24 这样。"));
    else if (r->passed && (wrong = contradicts(cx, r, &number)) != NULL)
        r->fault = wrong;
    if (*r->fault != '\0') {
        r->level = r->level < 0 ? 0 : r->level;
        return;
    }
    r->number = arena_fmt(cx->arena, "%s", number.text);
    r->idno_find = person_key(cx, "person.idno", id.text);
}

struct importing {
    const char *name, *digest, *evaluator;
    const struct result *lines;
    size_t n;
    int64_t id;
};

static err_t match_line(struct ctx *cx, const struct result *r, int64_t *matched)
{
    struct q_certificate_number_row *rows;
    struct q_certificate_get_row x;
    size_t n;
    if (*r->fault != '\0' || !r->passed)
        return E_OK;
    TRY(q_certificate_number(cx, &(struct q_certificate_number_in){.number = r->number}, &rows, &n));
    if (n == 0)
        return E_OK;
    TRY(certificate_match(cx, rows[0].id));
    TRY(certificate_by_id(cx, rows[0].id, &x));
    *matched += strcmp(x.status, "verified") == 0;
    return E_OK;
}

static err_t put_file(struct ctx *cx, void *arg)
{
    struct importing *m = arg;
    struct q_result_file_digest_row *before;
    struct q_result_file_insert_row row;
    size_t n;
    int64_t matched = 0;
    TRY(q_result_file_digest(cx, &(struct q_result_file_digest_in){.digest = m->digest}, &before, &n));
    if (n > 0)
        return SAY(cx, E_CONFLICT, "file", text_fill(cx->arena, tr(cx, N_("这个文件 {day}已经导入过（{name}），不会再算一次。")), "day",
                                                      day_text_full(cx, day_of(before[0].at, DAY_ZONE)), "name", before[0].name, NULL));
    struct q_result_file_insert_in in = {.name = m->name, .digest = m->digest, .evaluator = m->evaluator, .account_id = cx->actor.account_id, .at = cx->now};
    TRY(q_result_file_insert(cx, &in, &row));
    m->id = row.id;
    for (size_t i = 0; i < m->n; i++) {
        const struct result *r = &m->lines[i];
        struct q_result_line_insert_in line = {.file_id = row.id, .line = r->line, .number = r->number, .idno_find = r->idno_find,
                                               .occupation = r->occupation, .level = r->level, .issued_on = r->issued_on, .passed = r->passed,
                                               .fault = r->fault};
        TRY(q_result_line_insert(cx, &line, NULL));
        TRY(match_line(cx, r, &matched));
    }
    TRY(q_result_file_count(cx, &(struct q_result_file_count_in){.lines = (int64_t)m->n, .matched = matched, .id = row.id}, NULL));
    cx->result = arena_fmt(cx->arena, "/district/results/%lld", (long long)row.id);
    return audit_add(cx, "import", "result_file", row.id, arena_fmt(cx->arena, "{\"sha256\":\"%s\",\"lines\":%zu,\"matched\":%lld}", m->digest, m->n, (long long)matched));
}

static int by_number(const void *a, const void *b)
{
    const struct result *x = *(struct result *const *)a, *y = *(struct result *const *)b;
    int d = strcmp(x->number, y->number);
    return d != 0 ? d : (x->line > y->line) - (x->line < y->line);
}

/* One number is one person's, once: a second row is wrong, and when it names somebody else the first is no better. */
static void doubles(struct ctx *cx, struct result *lines, size_t n)
{
    struct result **in_order = ARENA_ARRAY(cx->arena, struct result *, n + 1);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (*lines[i].fault == '\0' && lines[i].passed)
            in_order[k++] = &lines[i];
    qsort(in_order, k, sizeof *in_order, by_number);
    for (size_t i = 1; i < k; i++) {
        struct result *first = in_order[i - 1], *again = in_order[i];
        if (strcmp(first->number, again->number) != 0)
            continue;
        const char *say = tr(cx, N_("这个编号在第 {line} 行也有。"));
        again->fault = text_fill(cx->arena, say, "line", arena_fmt(cx->arena, "%lld", (long long)first->line), NULL);
        if (strcmp(first->idno_find, again->idno_find) != 0 && *first->fault == '\0')
            first->fault = text_fill(cx->arena, say, "line", arena_fmt(cx->arena, "%lld", (long long)again->line), NULL);
    }
}

err_t results_import(struct ctx *cx, const char *path, const char *name, const char *evaluator, int64_t *id)
{
    struct importing m = {.name = name, .evaluator = evaluator};
    struct sheet s;
    const struct row *row;
    struct result *lines = NULL;
    size_t cap = 0;
    TRY(file_digest(cx, path, &m.digest));
    TRY(open_sheet(cx, path, name, true, &s));
    for (;;) {
        TRY(table_next(cx, s.table, &row));
        if (row == NULL)
            break;
        if (m.n == cap) {
            size_t more = cap == 0 ? 64 : 2 * cap;
            lines = arena_grow(cx->arena, lines, cap * sizeof *lines, more * sizeof *lines);
            cap = more;
        }
        read_result(cx, &s, row, &lines[m.n++]);
    }
    if (m.n == 0)
        return SAY(cx, E_INVALID, "file", N_("表格里没有一行数据。"));
    doubles(cx, lines, m.n);
    m.lines = lines;
    TRY(store_tx(cx, STORE_WRITE, put_file, &m));
    *id = m.id;
    return E_OK;
}

/* The newest line with this number decides: the same person and level, or the certificate is doubtful. */
err_t certificate_match(struct ctx *cx, int64_t certificate_id)
{
    struct q_certificate_get_row x;
    struct q_result_line_number_row *lines;
    struct q_certificate_person_row *who;
    size_t n, n_who;
    TRY(certificate_by_id(cx, certificate_id, &x));
    TRY(q_result_line_number(cx, &(struct q_result_line_number_in){.number = x.number}, &lines, &n));
    if (n == 0 || strcmp(x.status, "verified") == 0 || strcmp(x.status, "rejected") == 0)
        return E_OK;
    TRY(q_certificate_person(cx, &(struct q_certificate_person_in){.id = x.person_id}, &who, &n_who));
    bool same = n_who == 1 && who[0].idno_find != NULL && strcmp(who[0].idno_find, lines[0].idno_find) == 0 && lines[0].level == x.level &&
                lines[0].issued_on == x.issued_on && lines[0].passed != 0;
    if (!same && strcmp(x.status, "doubtful") == 0)
        return E_OK;
    const char *action = same ? "match" : "differ";
    struct actor was = cx->actor;
    const struct flow_edge *edge;
    cx->actor.role = ROLE_CLOCK;
    err_t e = flow_step(cx, &certificate_flow, x.status, action, NULL, &x, &edge);
    cx->actor = was;
    TRY(e);
    TRY(certificate_put(cx, &x, edge->to, x.evidence, x.first_by, x.second_by, &lines[0].file_id));
    return audit_add(cx, action, "certificate", x.id, arena_fmt(cx->arena, "{\"file\":%lld,\"line\":%lld}", (long long)lines[0].file_id, (long long)lines[0].line));
}

err_t results_list(struct ctx *cx, int64_t page, struct q_result_file_list_row **rows, size_t *n)
{
    struct q_result_file_list_in in = {.first_id = 1, .last_id = INT64_MAX, .off = (page - 1) * CERTIFICATE_PAGE, .lim = CERTIFICATE_PAGE};
    return q_result_file_list(cx, &in, rows, n);
}

err_t results_get(struct ctx *cx, int64_t id, struct q_result_file_list_row *out)
{
    struct q_result_file_list_row *rows;
    size_t n;
    TRY(q_result_file_list(cx, &(struct q_result_file_list_in){.first_id = id, .last_id = id, .lim = 1}, &rows, &n));
    if (id == 0 || n == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "no result file %lld", (long long)id);
    *out = rows[0];
    return E_OK;
}

err_t results_faults(struct ctx *cx, int64_t id, struct q_result_line_faults_row **rows, size_t *n)
{
    return q_result_line_faults(cx, &(struct q_result_line_faults_in){.file_id = id, .lim = 200}, rows, n);
}

/* ---- a provider's sheet ---- */

static err_t trainee_of_row(struct ctx *cx, int64_t class_id, const struct sheet *s, const struct row *row, int64_t *id)
{
    const char *code = cell(s, row, "trainee"), *idno = cell(s, row, "idno");
    struct q_certificate_trainee_of_row *rows;
    struct idno read;
    size_t n;
    if (*code != '\0')
        return certificate_trainee_id(cx, class_id, code, id);
    const char *wrong = idno_read(idno, day_of(cx->now, DAY_ZONE), &read);
    if (wrong != NULL)
        return SAY(cx, E_INVALID, "idno", text_fill(cx->arena, tr(cx, wrong), "n", arena_fmt(cx->arena, "%zu", utf8_count(idno, strlen(idno))), NULL));
    struct q_certificate_trainee_of_in in = {.class_id = class_id, .idno_find = person_key(cx, "person.idno", read.text)};
    TRY(q_certificate_trainee_of(cx, &in, &rows, &n));
    if (n == 0)
        return SAY(cx, E_INVALID, "idno", N_("这个班没有这个身份证号的学员。"));
    *id = rows[0].id;
    return E_OK;
}

static err_t one_row(struct ctx *cx, int64_t class_id, const struct sheet *s, const struct row *row)
{
    struct certificate_in in = {.number = cell(s, row, "number"), .evaluator = cell(s, row, "evaluator"), .issued_on = day_read(cell(s, row, "issued_on"))};
    int64_t trainee_id, id;
    TRY(trainee_of_row(cx, class_id, s, row, &trainee_id));
    if (in.issued_on == 0)
        return SAY(cx, E_INVALID, "issued_on", N_("发证日期看不懂，请写成 2026-11-24 这样。"));
    if (*in.evaluator == '\0')
        return SAY(cx, E_INVALID, "evaluator", N_("请写评价组织的名称。"));
    return certificate_enter(cx, trainee_id, &in, &id);
}

err_t certificates_from_sheet(struct ctx *cx, int64_t class_id, const char *path, const char *name, struct sheet_report *out)
{
    struct sheet s;
    const struct row *row;
    const char *once = cx->once_key;
    struct sheet_fault *faults = NULL;
    size_t cap = 0;
    *out = (struct sheet_report){0};
    TRY(open_sheet(cx, path, name, false, &s));
    for (cx->once_key = NULL;;) { /* each line is an act of its own: a second time the number is there already */
        TRY(table_next(cx, s.table, &row));
        if (row == NULL)
            break;
        out->lines++;
        err_t e = one_row(cx, class_id, &s, row);
        if (e == E_OK) {
            out->good++;
            continue;
        }
        if (e != E_INVALID && e != E_CONFLICT && e != E_STATE)
            return e;
        if (out->n_faults == cap) {
            size_t more = cap == 0 ? 16 : 2 * cap;
            faults = arena_grow(cx->arena, faults, cap * sizeof *faults, more * sizeof *faults);
            cap = more;
        }
        const char *number = cell(&s, row, "number");
        faults[out->n_faults++] = (struct sheet_fault){row->number, arena_fmt(cx->arena, "%s", number), tr(cx, cx->fail.say != NULL ? cx->fail.say : err_msgid(e))};
    }
    cx->once_key = once;
    out->faults = faults;
    return E_OK;
}
