/* put.c -- one row into the database, and what is remembered of it. */
#include "city/imports/imports_impl.h"

#include "city/employers/employers.h"
#include "store/store.h"

#include "base/hash.h"
#include "base/text.h"
#include "base/view.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

/* ---- what is wrong, as text and back ---- */

static void one_line(struct buf *b, const char *s)
{
    for (; *s != '\0'; s++)
        buf_add(b, *s == '\t' || *s == '\n' ? " " : s, 1);
}

const char *import_problem_lines(struct ctx *cx, const struct import_ad *ad)
{
    struct buf b = {.a = cx->arena};
    for (size_t i = 0; i < ad->n_problems; i++) {
        const struct import_problem *p = &ad->problems[i];
        const char *part[] = {p->field, p->kind, p->words, p->remedy};
        buf_str(&b, p->bad ? "bad" : "warn");
        for (size_t k = 0; k < sizeof part / sizeof *part; k++) {
            buf_str(&b, "\t");
            one_line(&b, part[k] != NULL ? part[k] : "");
        }
        buf_str(&b, "\n");
    }
    return buf_text(&b);
}

size_t import_problems(struct ctx *cx, const char *lines, struct import_problem **out)
{
    size_t n = 0, cap = 0;
    for (const char *p = lines; *p != '\0'; p++)
        cap += *p == '\n';
    *out = ARENA_ARRAY(cx->arena, struct import_problem, cap + 1);
    while (*lines != '\0' && n < cap) {
        const char *part[5];
        size_t line = strcspn(lines, "\n");
        char *copy = arena_strndup(cx->arena, lines, line), *at = copy;
        for (size_t k = 0; k < 5; k++) {
            part[k] = at != NULL ? at : "";
            char *tab = at != NULL ? strchr(at, '\t') : NULL;
            if (tab != NULL)
                *tab++ = '\0';
            at = tab;
        }
        (*out)[n++] = (struct import_problem){strcmp(part[0], "bad") == 0, part[1], part[2], part[3], part[4]};
        lines += line + (lines[line] == '\n');
    }
    return n;
}

/* ---- cells and heads ---- */

err_t import_seal_cells(struct ctx *cx, const struct row *row, struct blob *out)
{
    struct buf b = {.a = cx->arena};
    for (size_t i = 0; i < row->n; i++) {
        if (i > 0)
            buf_str(&b, "\t");
        for (const char *p = row->cells[i]; *p != '\0'; p++)
            buf_add(&b, *p == '\t' ? " " : p, 1);
    }
    return seal(cx, "import_row.cells", buf_text(&b), out);
}

static size_t parts_of(struct ctx *cx, const char *text, char gap, size_t least, const char *const **out)
{
    size_t n = 1, at = 0;
    for (const char *p = text; *p != '\0'; p++)
        n += *p == gap;
    size_t room = n > least ? n : least;
    const char **cells = ARENA_ARRAY(cx->arena, const char *, room + 1);
    char *copy = arena_strndup(cx->arena, text, strlen(text));
    for (char *next; copy != NULL; copy = next) {
        next = strchr(copy, gap);
        if (next != NULL)
            *next++ = '\0';
        cells[at++] = copy;
    }
    while (at < room)
        cells[at++] = "";
    *out = cells;
    return room;
}

err_t import_cells(struct ctx *cx, struct blob sealed, size_t columns, const char *const **cells)
{
    const char *text;
    TRY(unseal(cx, "import_row.cells", sealed, &text));
    parts_of(cx, text != NULL ? text : "", '\t', columns, cells);
    return E_OK;
}

const char *import_head_text(struct ctx *cx, const struct row *head)
{
    struct buf b = {.a = cx->arena};
    for (size_t i = 0; i < head->n; i++) {
        if (i > 0)
            buf_str(&b, "\n");
        one_line(&b, head->cells[i]);
    }
    return buf_text(&b);
}

struct row import_head(struct ctx *cx, const char *head)
{
    struct row r = {.number = 1};
    r.n = parts_of(cx, head, '\n', 1, &r.cells);
    return r;
}

err_t import_hash(struct ctx *cx, const char *path, const char **hex)
{
    unsigned char block[1 << 16], sum[EVP_MAX_MD_SIZE];
    char text[2 * EVP_MAX_MD_SIZE + 1];
    unsigned len = 0;
    FILE *f = fopen(path, "rbe");
    if (f == NULL)
        return FAIL(cx, E_IO, NULL, "%s: %s", path, strerror(errno));
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    bool good = md != NULL && EVP_DigestInit_ex(md, EVP_sha256(), NULL) == 1;
    for (size_t n; good && (n = fread(block, 1, sizeof block, f)) > 0;)
        good = EVP_DigestUpdate(md, block, n) == 1;
    good = good && ferror(f) == 0 && EVP_DigestFinal_ex(md, sum, &len) == 1;
    EVP_MD_CTX_free(md);
    fclose(f);
    if (!good)
        return FAIL(cx, E_IO, NULL, "%s: cannot be read to its end", path);
    hash_hex(sum, len, text);
    *hex = arena_fmt(cx->arena, "%s", text);
    return E_OK;
}

/* ---- a row ---- */

static const char *column_of(const char *form_field)
{
    static const struct {
        const char *form, *column;
    } map[] = {{"wage", "salary"}, {"openings", "headcount"}, {"valid_until", "valid_through"}, {"occupation", "category"}};
    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if (form_field != NULL && strcmp(map[i].form, form_field) == 0)
            return map[i].column;
    return form_field != NULL ? form_field : "";
}

/* What the law does not allow in an ad: a bad row when it may not be published, a warning when somebody should look at it. */
static err_t lint(struct ctx *cx, struct import_ad *ad)
{
    struct job_finding *f;
    size_t n;
    bool blocked;
    TRY(job_findings(cx, &ad->form, &f, &n, &blocked));
    for (size_t i = 0; i < n; i++)
        import_complain(cx, ad, f[i].block, column_of(f[i].field), f[i].say, f[i].words, f[i].cite);
    return E_OK;
}

static const char *fate_word(enum job_put what)
{
    switch (what) {
    case JOB_NEW: return "new";
    case JOB_CHANGED: return "changed";
    case JOB_MERGED: return "merged";
    default: return "same";
    }
}

/* A refusal by the office of ads is the row's, anything else is ours. */
static err_t refused(struct ctx *cx, struct import_ad *ad, err_t e)
{
    if ((e != E_INVALID && e != E_STATE) || cx->fail.say == NULL)
        return e;
    import_complain(cx, ad, true, column_of(cx->fail.field), tr(cx, cx->fail.say), NULL, "");
    return E_OK;
}

static err_t prepare(struct ctx *cx, const struct import_terms *t, struct import_ready *r)
{
    struct import_ad *ad = &r->ad;
    struct job_prepared *job;
    struct job_source from = {
        .source = t->source,
        .name = ad->source_name,
        .ref = ad->ref,
        .station_id = t->station_id,
        .employer_id = t->employer_id,
        .posted_on = ad->posted_on,
        .place = ad->place,
        .district = ad->district,
        .titles = t->titles,
        .fresh = t->fresh,
    };
    err_t e = job_prepare(cx, &ad->form, &from, &job);
    if (e != E_OK)
        return refused(cx, ad, e);
    r->job = job;
    return E_OK;
}

err_t import_understand(struct ctx *cx, const struct import_terms *t, const struct mapping *m, const struct row *row, struct import_ready *out)
{
    *out = (struct import_ready){.job = NULL};
    TRY(import_read(cx, t, m, row, &out->ad));
    if (out->ad.n_bad == 0 || t->own) /* our own people mend all of a row's mistakes at once */
        TRY(lint(cx, &out->ad));
    if (out->ad.n_bad == 0)
        TRY(prepare(cx, t, out));
    out->n_problems = out->ad.n_problems;
    out->n_bad = out->ad.n_bad;
    return E_OK;
}

static const char *kept(struct arena *a, const char *s) { return s != NULL ? arena_strndup(a, s, strlen(s)) : NULL; }

struct import_ready import_ready_kept(struct arena *a, const struct import_ready *r)
{
    const struct import_ad *ad = &r->ad;
    struct import_ready copy = {.job = r->job != NULL ? job_prepared_kept(a, r->job) : NULL, .n_problems = r->n_problems, .n_bad = r->n_bad};
    copy.ad = (struct import_ad){.company = kept(a, ad->company), .uscc = kept(a, ad->uscc), .ref = kept(a, ad->ref), .district = ad->district,
                                 .elsewhere = ad->elsewhere, .problems = ARENA_ARRAY(a, struct import_problem, ad->n_problems + 1), .cap = ad->n_problems + 1};
    for (size_t i = 0; i < ad->n_problems; i++) {
        const struct import_problem *p = &ad->problems[i];
        copy.ad.problems[i] = (struct import_problem){p->bad, kept(a, p->field), kept(a, p->kind), kept(a, p->words), kept(a, p->remedy)};
    }
    return copy;
}

static err_t put(struct ctx *cx, const struct import_terms *t, struct import_ready *r, struct import_fate *out)
{
    enum job_put what;
    int64_t employer = t->employer_id;
    if (employer == 0)
        TRY(employer_named(cx, r->ad.company, r->ad.uscc, r->ad.district, &employer));
    err_t e = job_put_prepared(cx, r->job, employer, &out->job_id, &what);
    if (e != E_OK)
        return refused(cx, &r->ad, e);
    out->result = fate_word(what);
    return E_OK;
}

err_t import_settle(struct ctx *cx, const struct import_terms *t, struct import_ready *r, struct import_fate *out)
{
    struct import_ad *ad = &r->ad;
    *out = (struct import_fate){.result = "bad", .problems = ""};
    ad->n_problems = r->n_problems;
    ad->n_bad = r->n_bad;
    if (r->job != NULL)
        TRY(put(cx, t, r, out));
    else if (ad->elsewhere && !t->anywhere)
        out->result = "elsewhere";
    out->ref = ad->ref;
    out->warned = ad->n_problems > ad->n_bad;
    if (ad->n_problems > 0)
        out->problems = import_problem_lines(cx, ad);
    return E_OK;
}

err_t import_put(struct ctx *cx, const struct import_terms *t, const struct mapping *m, const struct row *row, struct import_fate *out)
{
    struct import_ready r;
    TRY(import_understand(cx, t, m, row, &r));
    return import_settle(cx, t, &r, out);
}

void import_count(struct import_counts *c, const struct import_fate *f)
{
    c->read++;
    c->warned += f->warned && strcmp(f->result, "bad") != 0;
    c->fresh += strcmp(f->result, "new") == 0;
    c->changed += strcmp(f->result, "changed") == 0;
    c->same += strcmp(f->result, "same") == 0;
    c->merged += strcmp(f->result, "merged") == 0;
    c->elsewhere += strcmp(f->result, "elsewhere") == 0;
    c->bad += strcmp(f->result, "bad") == 0;
}
