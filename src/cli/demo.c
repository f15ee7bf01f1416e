#include "cli/cli.h"
#include "cli/offices.h"

#include "store/store.h"

#include <stdio.h>

int cmd_demo(struct cli *c)
{
    int bad = cli_house(c, true);
    if (bad != 0)
        return bad;
    struct demo_scale s = {
        .stations = 180, .employers = 240, .jobs = (int)cli_number(c, "jobs", 2400), .people = (int)cli_number(c, "people", 300)};
    err_t marked = setting_set(&c->cx, "demo", "1");
    if (marked != E_OK)
        return cli_failed(c, marked, "the demo city");
    int total = 0, done = 0;
    for (const struct office_work *o = office_work; o->name != NULL; o++)
        total += o->demo != NULL;
    for (const struct office_work *o = office_work; o->name != NULL; o++) {
        if (o->demo == NULL)
            continue;
        c->cx.now = cli_now();
        err_t e = o->demo(&c->cx, &s);
        if (e != E_OK)
            return cli_failed(c, e, o->name);
        cli_progress("demo city", ++done, total);
    }
    return 0;
}
