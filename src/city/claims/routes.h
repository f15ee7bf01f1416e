/* routes.h -- the pages of this office. */
#ifndef CLAIMS_ROUTES_H
#define CLAIMS_ROUTES_H
#include "web/web.h"

extern const struct route claims_routes[];        /* notices, for everybody */
extern const struct route claims_office_routes[]; /* claims: provider, district, city */
extern const struct route claims_pay_routes[];    /* payments of a district */
extern const struct flow *const claims_flows[];
#endif
