/* ledger.c -- yizhan ledger check: do all sums of the money fit? */
#include "cli/cli.h"

#include "city/ledger/ledger.h"

#include <stdio.h>
#include <string.h>

int cmd_ledger(struct cli *c)
{
    struct ledger_report r;
    if (strcmp(c->args[0], "check") != 0) {
        fputs("usage: yizhan ledger check\n", stderr);
        return 2;
    }
    int bad = cli_house(c, false);
    if (bad != 0)
        return bad;
    err_t e = ledger_check(&c->cx, &r);
    if (e != E_OK)
        return cli_failed(c, e, "the ledger");
    if (r.wrong != NULL) {
        printf("The sums do not fit: %s\n", r.wrong);
        return 1;
    }
    printf("%lld purses, %lld rows: all sums fit.\n", (long long)r.purses, (long long)r.rows);
    return 0;
}
