#include "cli/offices.h"

#include "city/accounts/routes.h"
#include "city/home/routes.h"
#include "city/jobs/jobs.h"
#include "city/jobs/routes.h"
#include "city/suggest/routes.h"

#include "store/store.h"

const struct office offices[] = {
    {"home", home_routes, NULL},
    {"accounts", accounts_routes, NULL},
    {"accounts/admin", accounts_admin_routes, NULL},
    {"jobs", jobs_search_routes, jobs_flows},
    {"jobs/one", jobs_routes, NULL},
    {"jobs/site", jobs_site_routes, NULL},
    {"suggest", suggest_routes, NULL},
    {0},
};

const struct office_work office_work[] = {
    {"jobs", jobs_demo, jobs_tick},
    {0},
};

err_t offices_tick(struct ctx *cx, struct mail_config *mail)
{
    size_t sent;
    for (const struct office_work *o = office_work; o->name != NULL; o++)
        if (o->tick != NULL)
            TRY(o->tick(cx));
    return outbox_deliver(cx, mail_deliver, mail, 100, &sent);
}
