/* The store on both engines: transactions, once-only acts, the audit chain, sealed columns, messages. */
#include "tests/world.h"

#include "store/engine.h"

#include "core.sql.h"

#include <stdlib.h>

static err_t note(struct ctx *cx, void *arg)
{
    cx->result = "/done/1";
    TRY(audit_add(cx, "note", "thing", *(const int64_t *)arg, "{\"a\":\"中文\"}"));
    return change_add(cx, "thing", *(const int64_t *)arg);
}

static err_t note_and_fail(struct ctx *cx, void *arg)
{
    TRY(note(cx, arg));
    return FAIL(cx, E_STATE, NULL, "on purpose");
}

static int64_t entries(struct world *w)
{
    struct audit_report r = {0};
    return audit_verify(&w->cx, &r) == E_OK && r.first_bad == 0 ? r.entries : -1;
}

static void transactions(struct world *w)
{
    int64_t id = 7, seq = 0;
    world_ok(w, store_check(&w->cx), "every statement fits the schema");
    world_ok(w, store_migrate(&w->cx), "migrating again changes nothing");
    world_ok(w, store_tx(&w->cx, STORE_WRITE, note, &id), "an act commits");
    ok(store_tx(&w->cx, STORE_WRITE, note_and_fail, &id) == E_STATE, "a failed act says why");
    is_int(entries(w), 1, "and leaves nothing behind");
    world_ok(w, change_last(&w->cx, &seq), "the change log has a newest entry");
    is_int(seq >= 1, 1, "numbered");
    for (int k = 1; k < 12; k++) {
        store_fail_at(w->cx.db, k);
        err_t e = store_tx(&w->cx, STORE_WRITE, note, &id);
        store_fail_at(w->cx.db, 0);
        if (e == E_OK) {
            ok(k > 3, "each statement of the act was made to fail once");
            break;
        }
    }
    is_int(entries(w), 2, "no half act was kept");
}

static err_t empty_log(struct ctx *cx, void *arg)
{
    (void)arg;
    return cx->db->engine->script(cx, "DELETE FROM change_log");
}

static void is_followed(struct world *w, const char *state, int64_t seq, bool want, const char *name)
{
    const char *why = "";
    world_ok(w, store_follows(&w->cx, state, seq, &why), name);
    ok((why == NULL) == want, why != NULL ? why : name);
}

static void followers(struct world *w)
{
    int64_t id = 5, at, last;
    const char *state, *later;
    struct change *c;
    size_t n;
    world_ok(w, change_last(&w->cx, &at), "where the log ends");
    world_ok(w, store_state(&w->cx, &state), "the state has a name");
    is_followed(w, state, at, true, "the database follows it");
    world_ok(w, store_tx(&w->cx, STORE_WRITE, note, &id), "one more act");
    is_followed(w, state, at, true, "and still does after an act");
    world_ok(w, store_state(&w->cx, &later), "which has another name");
    char *other = arena_fmt(&w->arena, "%s", later);
    strchr(other, ' ')[1] ^= 1;
    is_followed(w, other, at, false, "an entry with another hash");
    is_followed(w, arena_fmt(&w->arena, "9%s", later), at, false, "an entry to come");
    is_followed(w, arena_fmt(&w->arena, "%s0", later), at, false, "another change");
    is_followed(w, "", at, false, "no name");
    is_followed(w, "1 2 3", at, false, "half a name");
    world_ok(w, store_tx(&w->cx, STORE_WRITE, empty_log, NULL), "the change log is emptied");
    is_followed(w, state, at, false, "then nothing follows");
    world_ok(w, change_since(&w->cx, at, 10, &c, &n), "a follower looks");
    is_int((int64_t)n, 0, "and finds nothing");
    world_ok(w, store_tx(&w->cx, STORE_WRITE, note, &id), "the first act after it");
    world_ok(w, change_since(&w->cx, at + 1, 10, &c, &n), "the follower looks again");
    is_int((int64_t)n, 1, "and finds its change");
    world_ok(w, change_last(&w->cx, &last), "where the log ends now");
    is_followed(w, state, last, false, "the state of before is not known any more");
    world_ok(w, store_state(&w->cx, &state), "that of now");
    is_followed(w, state, last, true, "is");
}

static void once(struct world *w)
{
    int64_t id = 8, before = entries(w);
    w->cx.once_key = "k1";
    world_ok(w, store_tx(&w->cx, STORE_WRITE, note, &id), "the first click");
    ok(w->cx.once_key == NULL, "uses the key up");
    w->cx.once_key = "k1";
    w->cx.result = NULL;
    ok(store_tx(&w->cx, STORE_WRITE, note, &id) == E_REPEAT, "the second click is a repeat");
    is_str(w->cx.result, "/done/1", "and leads to the same place");
    is_int(entries(w), before + 1, "the act was done once");
    w->cx.actor.account_id = 99;
    w->cx.once_key = "k1";
    world_ok(w, store_tx(&w->cx, STORE_WRITE, note, &id), "another person's same key is another act");
    w->cx.once_key = NULL;
    w->cx.actor.account_id = 0;
}

static void chain(struct world *w)
{
    struct audit_report r;
    size_t n;
    ok(q_audit_insert(&w->cx, &(struct q_audit_insert_in){.seq = 1, .role = "x", .action = "x", .kind = "x", .detail = "", .mac = "", .hash = ""}, &n) != E_OK,
       "nobody writes outside a transaction, or twice the same number");
    if (store_dialect(w->cx.db) == STORE_SQLITE) {
        w->cx.db->writing = true;
        ok(w->cx.db->engine->script(&w->cx, "UPDATE audit SET detail = '{}' WHERE seq = 1") != E_OK, "the table refuses a change");
        world_ok(w, w->cx.db->engine->script(&w->cx, "DROP TRIGGER audit_keep_1; DROP TRIGGER audit_keep_2; UPDATE audit SET detail = '{}' WHERE seq = 2"),
                 "someone with the file changes one entry");
        w->cx.db->writing = false;
        world_ok(w, audit_verify(&w->cx, &r), "the chain is read");
        is_int(r.first_bad, 2, "and the changed entry found");
        w->cx.db->writing = true;
        world_ok(w, w->cx.db->engine->script(&w->cx, "UPDATE audit SET detail = '{\"a\":\"中文\"}' WHERE seq = 2; DELETE FROM audit WHERE seq = 3"), "one is deleted");
        w->cx.db->writing = false;
        world_ok(w, audit_verify(&w->cx, &r), "the chain is read again");
        is_int(r.first_bad, 3, "and the gap found");
    } else {
        ok(w->cx.db->engine->script(&w->cx, "UPDATE audit SET detail = '{}'") != E_OK, "the table refuses a change");
    }
}

static void sealed(struct world *w)
{
    struct blob a, b;
    const char *text;
    world_ok(w, seal(&w->cx, "person.name", "张小芳", &a), "a name is sealed");
    world_ok(w, seal(&w->cx, "person.name", "张小芳", &b), "and again");
    ok(a.len == b.len && memcmp(a.ptr, b.ptr, a.len) != 0, "never twice the same bytes");
    ok(memmem(a.ptr, a.len, "张", 3) == NULL, "nothing in clear");
    world_ok(w, unseal(&w->cx, "person.name", a, &text), "opened");
    is_str(text, "张小芳", "it is the name");
    ok(unseal(&w->cx, "person.phone", a, &text) == E_BUG, "in another column it does not open");
    ((unsigned char *)(uintptr_t)a.ptr)[20] ^= 1;
    ok(unseal(&w->cx, "person.name", a, &text) == E_BUG, "changed by one bit it does not open");
    is_str(blind_index(&w->cx, "person.phone", "13800000000"), blind_index(&w->cx, "person.phone", "13800000000"), "the search hash is stable");
}

static bool take_all(struct ctx *cx, void *arg, const char *kind, const char *to, const char *subject, const char *body, const char **why)
{
    (void)cx, (void)kind, (void)subject, (void)body;
    *why = "busy";
    return *(int *)arg && strcmp(to, "a@example.org") == 0;
}

static err_t mail(struct ctx *cx, void *arg)
{
    (void)arg;
    return outbox_add(cx, "mail", "a@example.org", "主题", "正文");
}

static void messages(struct world *w)
{
    size_t sent = 9;
    int willing = 0;
    world_ok(w, store_tx(&w->cx, STORE_WRITE, mail, NULL), "a mail is queued");
    world_ok(w, outbox_deliver(&w->cx, take_all, &willing, 10, &sent), "the mail server is busy");
    is_int((long long)sent, 0, "nothing was sent");
    willing = 1;
    world_ok(w, outbox_deliver(&w->cx, take_all, &willing, 10, &sent), "too early to try again");
    is_int((long long)sent, 0, "so it waits");
    w->cx.now += 61000;
    world_ok(w, outbox_deliver(&w->cx, take_all, &willing, 10, &sent), "a minute later");
    is_int((long long)sent, 1, "it goes out");
    world_ok(w, outbox_deliver(&w->cx, take_all, &willing, 10, &sent), "and");
    is_int((long long)sent, 0, "only once");
}

static int ran;
static err_t work(struct ctx *cx)
{
    (void)cx;
    ran++;
    return E_OK;
}

static void tasks(struct world *w)
{
    ran = 0;
    world_ok(w, task_run(&w->cx, "sweep", 60000, work), "a task runs when it is due");
    world_ok(w, task_run(&w->cx, "sweep", 60000, work), "not again before its time");
    is_int(ran, 1, "once so far");
    w->cx.now += 60000;
    world_ok(w, task_run(&w->cx, "sweep", 60000, work), "a minute later");
    is_int(ran, 2, "again");
}

static int to_file(void *arg, const char *text, size_t n)
{
    return fwrite(text, 1, n, arg) == n ? 0 : -1;
}

static void exported(struct world *w)
{
    struct audit_report r;
    FILE *f = tmpfile();
    world_ok(w, audit_export(&w->cx, to_file, f), "the chain is exported");
    rewind(f);
    world_ok(w, audit_verify_export(&w->cx, f, &r), "and read without a database");
    is_int(r.first_bad, 0, "it is sound");
    is_int(r.entries, entries(w), "and whole");
    char head[400];
    rewind(f);
    ok(fgets(head, sizeof head, f) != NULL && strstr(head, "\"note\"") != NULL, "its first line names the act");
    fseek(f, strstr(head, "\"note\"") - head + 1, SEEK_SET);
    fputc('N', f);
    rewind(f);
    world_ok(w, audit_verify_export(&w->cx, f, &r), "one letter of it is changed");
    is_int(r.first_bad, 1, "and found");
    fclose(f);
}

static void anchored(struct world *w)
{
    const char *line, *why;
    int64_t id = 9;
    world_ok(w, store_tx(&w->cx, STORE_WRITE, note, &id), "one more act");
    world_ok(w, audit_head(&w->cx, &line), "its head is signed");
    world_ok(w, audit_check_head(&w->cx, line, &why), "and looked at");
    ok(why == NULL, "it fits");
    world_ok(w, audit_check_head(&w->cx, "1 00 2 00", &why), "a head that is not ours");
    ok(why != NULL, "does not");
    long long seq = atoll(line);
    if (store_dialect(w->cx.db) == STORE_SQLITE) {
        w->cx.db->writing = true;
        world_ok(w, w->cx.db->engine->script(&w->cx, arena_fmt(&w->arena, "DROP TRIGGER audit_keep_2; DELETE FROM audit WHERE seq = %lld; CREATE TRIGGER audit_keep_2 BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'no'); END", seq)), "the last entry is cut off");
        w->cx.db->writing = false;
        world_ok(w, audit_check_head(&w->cx, line, &why), "the kept head is held against the chain");
        ok(why != NULL, "the cut tail shows");
    }
}

static void all(struct world *w)
{
    transactions(w);
    once(w);
    followers(w);
    sealed(w);
    messages(w);
    tasks(w);
    exported(w);
    anchored(w);
    chain(w);
}

int main(void)
{
    return world_each(all);
}
