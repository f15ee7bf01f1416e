/* Purses: what is given, promised and paid; the sums are held by the database and by the rows. */
#include "tests/training_money.h"

static const struct purse purse = {"insurance", HEDONG, 2026};

typedef err_t (*act)(struct ctx *, const struct purse *, int64_t, int64_t);
struct call {
    act fn;
    int64_t fen;
};
static err_t call_tx(struct ctx *cx, void *arg)
{
    const struct call *c = arg;
    return c->fn(cx, &purse, c->fen, 1);
}
static err_t call(struct world *w, act fn, int64_t fen) { return store_tx(&w->cx, STORE_WRITE, call_tx, &(struct call){fn, fen}); }

static void sums(struct world *w, int64_t given, int64_t committed, int64_t paid, const char *what)
{
    struct q_budget_list_row *b;
    size_t n;
    world_ok(w, ledger_purses(&w->cx, HEDONG, 2026, &b, &n), what);
    ok(n == 1 && b[0].appropriated == given && b[0].committed == committed && b[0].paid == paid, what);
}

static void course(struct world *w)
{
    struct ledger_report r;
    struct q_ledger_list_row *rows;
    size_t n;
    int64_t left;
    if (!money_build(w) || !money_budget(w, 100000))
        return;
    sums(w, 100000, 0, 0, "what the city gives");
    is_int(call(w, ledger_commit, 100001), E_CONFLICT, "more than there is cannot be promised");
    ok(strstr(w->cx.fail.say, "差 0.01 元") != NULL && strstr(w->cx.fail.say, "河东区") != NULL, "and the sentence says how much is missing, and where");
    world_ok(w, call(w, ledger_commit, 60000), "600 yuan are promised");
    world_ok(w, ledger_left(&w->cx, &purse, &left), "what is left");
    is_int(left, 40000, "400 yuan are left");
    is_int(call(w, ledger_pay, 60001), E_BUG, "nothing is paid that was not promised");
    world_ok(w, call(w, ledger_pay, 50000), "500 are paid");
    is_int(call(w, ledger_release, 10001), E_BUG, "what is paid is not released");
    world_ok(w, call(w, ledger_release, 10000), "the rest is released");
    sums(w, 100000, 50000, 50000, "given, promised, paid");
    world_ok(w, call(w, ledger_return, 20000), "200 came back from the bank");
    sums(w, 100000, 50000, 30000, "they are promised again");
    world_ok(w, call(w, ledger_pay, 20000), "and paid again");
    world_ok(w, call(w, ledger_ask_back, 10000), "100 are asked back");
    world_ok(w, call(w, ledger_recover, 10000), "and come");
    sums(w, 100000, 40000, 40000, "they are there again");
    money_actor(w, CITY_HALL);
    is_int(budget_set(&w->cx, &purse, 39999), E_INVALID, "a budget does not shrink below what is promised");
    world_ok(w, budget_set(&w->cx, &purse, 40000), "down to it, it does");
    world_ok(w, budget_set(&w->cx, &purse, 90000), "and grows");
    world_ok(w, ledger_rows(&w->cx, &purse, 1, LEDGER_PAGE, &rows, &n), "the rows");
    is_int((long long)n, 10, "one row for each movement");
    world_ok(w, ledger_check(&w->cx, &r), "the check runs");
    ok(r.wrong != NULL && strstr(r.wrong, "by the claims") != NULL, "these movements belong to no claim: said");
    printf("# %s\n", r.wrong);
    w->cx.db->writing = true;
    ok(w->cx.db->engine->script(&w->cx, "UPDATE ledger SET amount = amount + 1") != E_OK, "no row is changed");
    ok(w->cx.db->engine->script(&w->cx, "DELETE FROM ledger") != E_OK, "no row is deleted");
    ok(w->cx.db->engine->script(&w->cx, "UPDATE budget SET committed = appropriated + 1") != E_OK, "the database refuses to promise more");
    ok(w->cx.db->engine->script(&w->cx, "UPDATE budget SET paid = committed + 1") != E_OK, "and to pay more");
    town_sql(w, "UPDATE budget SET appropriated = appropriated + 1");
    w->cx.db->writing = false;
    world_ok(w, ledger_check(&w->cx, &r), "the check runs again");
    ok(r.wrong != NULL && strstr(r.wrong, "appropriated") != NULL, "a changed budget is found");
}

static void all(struct world *w)
{
    course(w);
}

int main(void) { return world_each(all); }
