/* year.c -- a city's year of training in one SQLite file, made by statements, and how long officers wait in it.
 *
 * 3,300 classes in 16 districts, 99,000 trainees, 99,000 sessions, 5.9 million sign-ins; 3,100 claims paid before, 200 classes of one district
 * waiting to be decided; an audit chain of a million entries.
 * Build and run from the root of the repository (about three minutes, 2 GB of disk):
 *   make V=release build/release/libyizhan.a build/release/bench/year.o
 *   gcc -pie build/release/bench/year.o build/release/libyizhan.a -o build/release/year $(pkg-config --libs sqlite3 libpq libcrypto libmicrohttpd \
 *       jansson libcurl libxml-2.0 libzip xlsxwriter libqrencode zlib) -largon2 -lm -lpthread
 *   build/release/year DIR [CLASSES [ENTRIES]]
 */
#include "base/day.h"
#include "city/claims/claims.h"
#include "city/classes/classes.h"
#include "city/house.h"
#include "city/ledger/ledger.h"
#include "city/people/people.h"
#include "city/reference.h"
#include "store/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HOME = 120102, MONTH = 200, EACH = 30, SESSIONS = 30, PROVIDERS = 160 };

/* Of this thread's own time on a core: the machine may be busy with other things. */
static double ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(struct ctx *cx, err_t e, const char *what)
{
    if (e == E_OK)
        return;
    fprintf(stderr, "%s: %s %s\n", what, err_wire(e), cx->fail.detail != NULL ? cx->fail.detail : cx->fail.say != NULL ? cx->fail.say : "");
    exit(1);
}

static err_t script_tx(struct ctx *cx, void *sql) { return cx->db->engine->script(cx, sql); }
static void sql(struct ctx *cx, const char *text, const char *what)
{
    double from = ms();
    char *copy = arena_fmt(cx->arena, "%s", text);
    must(cx, store_tx(cx, STORE_WRITE, script_tx, copy), what);
    if (ms() - from > 2000)
        fprintf(stderr, "# %s: %.1f s\n", what, (ms() - from) / 1e3);
}

static const char *hex_blob(struct ctx *cx, const char *purpose, const char *text)
{
    struct blob b;
    must(cx, seal(cx, purpose, text, &b), "seal");
    char *out = arena_alloc(cx->arena, 2 * b.len + 1);
    for (size_t i = 0; i < b.len; i++)
        snprintf(out + 2 * i, 3, "%02x", ((const unsigned char *)b.ptr)[i]);
    return out;
}

static const char *idno_of(struct ctx *cx, int i)
{
    static const int weight[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    char *id = arena_fmt(cx->arena, "120102%lld%03d0", (long long)day_add(19800101, i / 900), 100 + i % 900);
    int sum = 0;
    for (int k = 0; k < 17; k++)
        sum += (id[k] - '0') * weight[k];
    id[17] = "10X98765432"[sum % 11];
    return id;
}

static void base(struct ctx *cx)
{
    struct buf b = {.a = cx->arena};
    const struct city *city = cx->house->city;
    buf_str(&b, "INSERT INTO catalogue (id, code, title, sample, effective_on, status, created_at, moved_at) VALUES (1, 'C1', '目录', 1, 20250101, 'published', 0, 0);"
                "INSERT INTO catalogue_item (id, catalogue_id, seq, sector, occupation, name, urgency, class, origin, find) VALUES"
                " (1, 1, 1, '制造', '6-18-02-04', '焊工', 'short', 'A', 'made', '');"
                "INSERT INTO catalogue_rate (item_id, level, hours, amount) VALUES (1, 4, 120, 324000);"
                "INSERT INTO evaluation_fee (catalogue_id, class, level, amount) VALUES (1, 'A', 4, 35000);");
    for (int n = 1; n <= PROVIDERS; n++) {
        long long d = n <= 10 ? HOME : (long long)city->districts[(size_t)n % city->n_districts].code;
        buf_fmt(&b,
                "INSERT INTO provider (id, code, kind, name, short_name, uscc, contact, phone, district, address, status, created_at) VALUES"
                " (%d, 'T%d', 'school', '示例学校%d', '示例', 'U%d', '甲', '1', %lld, '路', 'active', 0);"
                "INSERT INTO provider_place (id, provider_id, name, address, district, street, lng, lat, radius_m, seats, from_on) VALUES"
                " (%d, %d, '室', '路', %lld, 0, 0, 0, 200, 40, 20250101);"
                "INSERT INTO provider_teacher (id, provider_id, name, kind, occupation, certificate, level, from_on) VALUES (%d, %d, X'', 'full', '', '', 3, 20250101);"
                "INSERT INTO agreement (id, code, provider_id, district, year, status) VALUES (%d, 'X%d', %d, %lld, 2026, 'signed');"
                "INSERT INTO project (id, agreement_id, occupation, name, top_level, capacity) VALUES (%d, %d, '6-18-02-04', '焊工', 3, 60);",
                n, n, n, n, d, n, n, d, n, n, n, n, n, d, n, n);
    }
    sql(cx, buf_text(&b), "base");
}

static void classes(struct ctx *cx, int many)
{
    const struct city *city = cx->house->city;
    struct buf b = {.a = cx->arena};
    for (int c = 1; c <= many; c++) {
        bool home = c <= MONTH;
        int provider = home ? 1 + c % 10 : 11 + c % (PROVIDERS - 10);
        long long d = home ? HOME : (long long)city->districts[(size_t)provider % city->n_districts].code;
        int64_t starts = home ? 20260917 : day_add(20260105, c % 250);
        buf_fmt(&b,
                "INSERT INTO class (id, code, name, provider_id, project_id, district, catalogue_id, item_id, occupation, level, hours, mode, certificate,"
                " audience, place_id, seats, schedule, starts_on, ends_on, contact, phone, status, decided_by, created_by) VALUES"
                " (%d, 'K%d', '示例班%d', %d, %d, %lld, 1, 1, '6-18-02-04', 4, 120, 'offline', 'level', 'society', %d, 40, 'day', %lld, %lld, '甲', '1', 'examined', 3, 1);",
                c, c, c, provider, provider, d, provider, (long long)starts, (long long)day_add(starts, SESSIONS - 1));
        for (int s = 0; s < SESSIONS; s++)
            buf_fmt(&b, "INSERT INTO class_session VALUES (%d, %d, %lld, 540, 720, 'practice', 4, '示例', %d, %d);", c * SESSIONS + s, c,
                    (long long)day_add(starts, s), provider, provider);
        if (c % 300 == 0 || c == many) {
            sql(cx, buf_text(&b), "classes");
            b = (struct buf){.a = cx->arena};
        }
    }
}

static void people(struct ctx *cx, int many)
{
    struct arena *outer = cx->arena, part;
    arena_init(&part, 0);
    cx->arena = &part;
    for (int i = 0; i < many; i += 1000) {
        struct buf b = {.a = &part};
        for (int p = i + 1; p <= i + 1000 && p <= many; p++) {
            const char *id = idno_of(cx, p);
            buf_fmt(&b, "INSERT INTO person (id, code, name, name_find, idno, idno_find, created_at, created_by) VALUES (%d, 'P%d', X'%s', '', X'%s', '%s', 0, 1);", p,
                    p, hex_blob(cx, "person.name", "示例学员"), hex_blob(cx, "person.idno", id), person_key(cx, "person.idno", id));
        }
        sql(cx, buf_text(&b), "people");
        arena_reset(&part);
    }
    cx->arena = outer;
    arena_free(&part);
    sql(cx, "INSERT INTO trainee (id, code, class_id, person_id, category, proof, said, applied_at, channel, verdict, status, decision, decided_at, decided_by, hours)"
            " SELECT p.id, 'A' || p.id, 1 + (p.id - 1) / 30, p.id, 'unemployed', 'record', 'pension=no civil=no qualified=yes', 0, 'provider', 'yes', 'passed', '{}', 0, 1, 120"
            " FROM person p WHERE 1 + (p.id - 1) / 30 IN (SELECT id FROM class);"
            "INSERT INTO certificate (id, number, kind, person_id, trainee_id, occupation, level, issued_on, evaluator, status, checks, at)"
            " SELECT t.id, 'S' || t.id, 'level', t.person_id, t.id, '6-18-02-04', 4, c.ends_on, '示例', 'verified', '[]', 0 FROM trainee t JOIN class c ON c.id = t.class_id;",
        "trainees");
}

static void signs(struct ctx *cx)
{
    sql(cx, "INSERT INTO sign_in (session_id, trainee_id, leaving, at, means, account_id)"
            " SELECT s.id, t.id, l.v, strftime('%s', substr(s.day, 1, 4) || '-' || substr(s.day, 5, 2) || '-' || substr(s.day, 7, 2)) * 1000 - 28800000"
            "        + (CASE l.v WHEN 0 THEN s.from_min ELSE s.to_min END) * 60000, 'code', 0"
            "   FROM class_session s JOIN trainee t ON t.class_id = s.class_id JOIN (SELECT 0 AS v UNION ALL SELECT 1) l ORDER BY s.id, t.id;",
        "sign-ins");
}

static void paid(struct ctx *cx)
{
    sql(cx, "INSERT INTO claim (id, code, class_id, round, provider_id, district, status, class_by, reviewed_by, approved_by, at)"
            " SELECT id, 'Q' || id, id, 1, provider_id, district, 'paid', 3, 1, 2, 0 FROM class WHERE id > 200;"
            "INSERT INTO claim_line (claim_id, trainee_id, certificate_id, item, amount, payee, payee_id, fund, formula, district, year, status)"
            " SELECT q.id, t.id, t.id, i.item, i.fen, i.payee, q.provider_id, 'insurance', '{\"text\":\"示例\"}', q.district, 2026, 'paid'"
            "   FROM claim q JOIN trainee t ON t.class_id = q.class_id JOIN (SELECT 'training' AS item, 291600 AS fen, 'provider' AS payee"
            "        UNION ALL SELECT 'evaluation', 35000, 'evaluator') i;"
            "INSERT INTO budget SELECT 'insurance', district, 2026, sum(amount) * 2, sum(amount), sum(amount) FROM claim_line GROUP BY district;"
            "INSERT INTO ledger (at, fund, district, year, debit, credit, amount, kind, object_id)"
            " SELECT 0, fund, district, year, 'available', 'appropriation', appropriated, 'budget', district FROM budget;"
            "INSERT INTO ledger (at, fund, district, year, debit, credit, amount, kind, object_id)"
            " SELECT 0, fund, district, year, 'commitment', 'available', amount, 'claim', id FROM claim_line;"
            "INSERT INTO ledger (at, fund, district, year, debit, credit, amount, kind, object_id)"
            " SELECT 0, fund, district, year, 'payment', 'commitment', amount, 'claim', id FROM claim_line;"
            "INSERT INTO budget SELECT 'insurance', 120102, 2026, 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM budget WHERE district = 120102);",
        "claims that were paid");
}

static err_t entries_tx(struct ctx *cx, void *arg)
{
    for (int i = 0; i < *(const int *)arg; i++)
        TRY(audit_add(cx, "claim.review", "claim", i, "{\"lines\":60,\"fen\":9798000}"));
    return E_OK;
}

static void chain(struct ctx *cx, int many)
{
    struct arena *outer = cx->arena, part;
    int step = 5000;
    arena_init(&part, 0);
    cx->arena = &part;
    for (int i = 0; i < many; i += step) {
        must(cx, store_tx(cx, STORE_WRITE, entries_tx, &step), "entries");
        arena_reset(&part);
    }
    cx->arena = outer;
    arena_free(&part);
}

/* ---- measuring ---- */

static void says(const char *what, double took, const char *of) { printf("| %s | %.1f | %s |\n", what, took, of); }

/* All that may be claimed of 200 classes. */
static size_t decided(struct ctx *cx, size_t *good)
{
    size_t all = 0;
    *good = 0;
    for (int k = 1; k <= MONTH; k++) {
        struct claim_candidate *c;
        size_t n;
        must(cx, claim_candidates(cx, k, &c, &n), "candidates");
        for (size_t i = 0; i < n; i++)
            *good += c[i].lacks == NULL;
        all += n;
        arena_reset(cx->arena);
    }
    return all;
}

static void month(struct ctx *cx)
{
    struct arena *outer = cx->arena, part;
    double from = ms();
    size_t all, good;
    arena_init(&part, 0);
    cx->arena = &part;
    all = decided(cx, &good);
    says("a district's month decided: 200 classes, 6,000 trainees, their 360,000 sign-ins", ms() - from,
         arena_fmt(outer, "%zu items, %zu may be claimed", all, good));
    from = ms();
    all = decided(cx, &good);
    says("the same once more, the file being warm", ms() - from, "");
    from = ms();
    for (int k = 1; k <= MONTH; k++) {
        int64_t id;
        must(cx, claim_draw(cx, k, &id), "draw");
        arena_reset(&part);
    }
    says("the same, drawn as 200 claims with 12,000 lines, audited", ms() - from, "200 transactions");
    cx->arena = outer;
    arena_free(&part);
}

static void lists(struct ctx *cx)
{
    struct claim_filter f = {.district = HOME, .page = 1}, all = {.page = 60};
    struct q_claim_list_row *l;
    struct q_claim_waiting_row *w;
    struct q_claim_class_ready_row *r;
    struct q_claim_counts_row *c;
    struct q_claim_districts_row *d;
    struct q_budget_list_row *b;
    struct line_view *v;
    size_t n;
    double from = ms();
    must(cx, claims_page(cx, &f, &l, &n), "list");
    says("list: claims of a district", ms() - from, "50 rows a page");
    int64_t own = n > 0 ? l[0].id : 0;
    from = ms();
    must(cx, claims_page(cx, &all, &l, &n), "list");
    says("list: claims of the city, page 60", ms() - from, "of 3,300");
    from = ms();
    must(cx, claims_waiting(cx, &w, &n), "waiting");
    says("list: what waits for me", ms() - from, "");
    from = ms();
    must(cx, claims_ready(cx, 0, HOME, &r, &n), "ready");
    says("list: classes that can be claimed for", ms() - from, "");
    from = ms();
    must(cx, claims_counts(cx, &f, &c, &n), "counts");
    says("counts by state", ms() - from, "");
    from = ms();
    must(cx, claims_districts(cx, &d, &n), "districts");
    says("the city's overview by district", ms() - from, "over 198,000 lines");
    from = ms();
    must(cx, ledger_purses(cx, 0, 2026, &b, &n), "purses");
    says("budgets of all districts", ms() - from, "");
    from = ms();
    must(cx, claim_lines_view(cx, 300, &v, &n), "lines");
    says("one claim, its 60 lines unsealed and masked", ms() - from, "");
    struct q_claim_row one;
    struct before_view *had;
    struct q_class_trades_row *trades;
    from = ms();
    must(cx, claim_find(cx, own, &one), "claim");
    must(cx, claim_before(cx, &one, &had, &n), "before");
    says("one claim: what its 30 people had before", ms() - from, "");
    from = ms();
    must(cx, class_trades(cx, 20260101, 20261231, &trades, &n), "trades");
    says("the year by occupation", ms() - from, "over 99,000 trainees");
}

int main(int argc, char **argv)
{
    struct arena a;
    struct house *house;
    struct ledger_report books;
    struct audit_report chain_report;
    if (argc < 2)
        return fprintf(stderr, "usage: year DIR [CLASSES [ENTRIES]]\n"), 2;
    int many = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 3300, entries = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 1000000;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a, .now = 1795492800000LL, .lang = "zh", .request_id = "bench"};
    cx.actor = (struct actor){.role = ROLE_CLOCK};
    struct house_config hc = {.data_dir = argv[1], .create = true};
    must(&cx, house_open(&cx, &hc, &house), "the house");
    double from = ms();
    base(&cx);
    classes(&cx, many);
    people(&cx, many * EACH + 1000);
    signs(&cx);
    paid(&cx);
    chain(&cx, entries);
    sql(&cx, "ANALYZE", "analyze");
    fprintf(stderr, "# made in %.0f s\n", (ms() - from) / 1e3);
    cx.actor = (struct actor){.role = ROLE_DISTRICT, .account_id = 1, .district = HOME};
    printf("| what | ms | |\n|---|--:|---|\n");
    lists(&cx);
    month(&cx);
    from = ms();
    must(&cx, ledger_check(&cx, &books), "the books");
    says("`yizhan ledger check`: all sums from the rows", ms() - from, books.wrong != NULL ? books.wrong : "391,000 rows");
    from = ms();
    must(&cx, audit_verify(&cx, &chain_report), "the chain");
    says("`yizhan audit verify`, with our keys", ms() - from,
         arena_fmt(&a, "%lld entries, first bad %lld", (long long)chain_report.entries, (long long)chain_report.first_bad));
    house_close(&cx, house);
    return 0;
}
