#include "cli/offices.h"

#include "cli/cli.h"

#include "city/accounts/accounts.h"
#include "city/accounts/routes.h"
#include "city/benefits/routes.h"
#include "city/catalogue/catalogue.h"
#include "city/catalogue/routes.h"
#include "city/certificates/certificates.h"
#include "city/certificates/routes.h"
#include "city/claims/claims.h"
#include "city/claims/routes.h"
#include "city/classes/classes.h"
#include "city/classes/routes.h"
#include "city/counter/demo.h"
#include "city/counter/routes.h"
#include "city/decisions/routes.h"
#include "city/employers/employers.h"
#include "city/employers/routes.h"
#include "city/events/events.h"
#include "city/events/routes.h"
#include "city/history/history.h"
#include "city/history/routes.h"
#include "city/home/routes.h"
#include "city/imports/imports.h"
#include "city/imports/routes.h"
#include "city/info/routes.h"
#include "city/jobs/jobs.h"
#include "city/jobs/routes.h"
#include "city/ledger/routes.h"
#include "city/matching/routes.h"
#include "city/nearmiss/nearmiss.h"
#include "city/nearmiss/routes.h"
#include "city/people/people.h"
#include "city/people/routes.h"
#include "city/programme/routes.h"
#include "city/providers/providers.h"
#include "city/providers/routes.h"
#include "city/queue/routes.h"
#include "city/referrals/routes.h"
#include "city/searches/routes.h"
#include "city/searches/searches.h"
#include "city/shortages/routes.h"
#include "city/shortages/shortages.h"
#include "city/stations/routes.h"
#include "city/stations/stations.h"
#include "city/suggest/routes.h"
#include "city/supervision/routes.h"
#include "city/supervision/supervision.h"
#include "city/trainees/routes.h"
#include "city/trainees/trainees.h"

#include "store/store.h"

const struct office offices[] = {
    {"home", home_routes, NULL},
    {"info", info_routes, NULL},
    {"accounts", accounts_routes, NULL},
    {"accounts/admin", accounts_admin_routes, NULL},
    {"stations", stations_routes, stations_flows},
    {"stations/office", stations_office_routes, NULL},
    {"stations/own", stations_own_routes, NULL},
    {"events", events_routes, events_flows},
    {"programme", programme_routes, NULL},
    {"jobs", jobs_search_routes, jobs_flows},
    {"jobs/one", jobs_routes, NULL},
    {"jobs/employer", jobs_employer_routes, NULL},
    {"jobs/desk", jobs_desk_routes, NULL},
    {"jobs/site", jobs_site_routes, NULL},
    {"searches", searches_routes, NULL},
    {"matching", matching_routes, NULL},
    {"employers", employers_routes, employers_flows},
    {"employers/desk", employers_desk_routes, NULL},
    {"imports", imports_routes, NULL},
    {"suggest", suggest_routes, NULL},
    {"people", people_routes, NULL},
    {"people/me", people_me_routes, NULL},
    {"nearmiss", nearmiss_routes, NULL},
    {"shortages", shortages_routes, shortages_flows},
    {"shortages/desk", shortages_desk_routes, NULL},
    {"catalogue", catalogue_routes, catalogue_flows},
    {"catalogue/city", catalogue_city_routes, NULL},
    {"providers", providers_routes, providers_flows},
    {"providers/own", providers_own_routes, NULL},
    {"providers/desk", providers_desk_routes, NULL},
    {"classes", classes_routes, classes_flows},
    {"classes/own", classes_own_routes, NULL},
    {"classes/desk", classes_desk_routes, NULL},
    {"classes/needs", needs_routes, NULL},
    {"classes/training", training_routes, NULL},
    {"supervision/sign", supervision_sign_routes, NULL},
    {"supervision/paper", supervision_paper_routes, NULL},
    {"supervision/trainee", supervision_trainee_routes, NULL},
    {"supervision", supervision_routes, supervision_flows},
    {"supervision/cases", supervision_case_routes, NULL},
    {"certificates", certificates_routes, certificates_flows},
    {"queue", queue_routes, queue_flows},
    {"counter", counter_routes, NULL},
    {"referrals", referrals_routes, referrals_flows},
    {"trainees", trainees_routes, trainees_flows},
    {"history", history_routes, NULL},
    {"benefits", benefits_routes, NULL},
    {"decide", decisions_routes, NULL},
    {"claims", claims_routes, claims_flows},
    {"claims/office", claims_office_routes, NULL},
    {"claims/pay", claims_pay_routes, NULL},
    {"ledger", ledger_routes, NULL},
    {0},
};

const struct office_work office_work[] = {
    {"accounts", accounts_demo, NULL},
    {"stations", stations_demo, NULL},
    {"employers", NULL, employers_tick},
    {"jobs", jobs_demo, jobs_tick},
    {"imports", imports_demo, imports_tick},
    {"events", events_demo, NULL},
    {"counter", counter_demo, people_tick},
    {"nearmiss", NULL, nearmiss_tick},
    {"shortages", shortages_demo, NULL},
    {"catalogue", catalogue_demo, catalogue_tick},
    {"providers", providers_demo, providers_tick},
    {"classes", classes_demo, classes_tick},
    {"history", history_demo, NULL},
    {"trainees", trainees_demo, trainees_tick},
    {"supervision", supervision_demo, supervision_tick},
    {"certificates", certificates_demo, NULL},
    {"claims", claims_demo, claims_tick},
    {"searches", NULL, searches_tick},
    {0},
};

err_t offices_tick(struct ctx *cx, struct mail_config *mail)
{
    size_t sent;
    for (const struct office_work *o = office_work; o->name != NULL; o++)
        if (o->tick != NULL)
            TRY(o->tick(cx));
    TRY(anchor_tick(cx));
    return mail->smtp != NULL ? outbox_deliver(cx, mail_deliver, mail, 100, &sent) : E_OK; /* without a server they wait, untried */
}
