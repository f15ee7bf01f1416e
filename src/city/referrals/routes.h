/* routes.h -- the pages of this office. */
#ifndef REFERRALS_ROUTES_H
#define REFERRALS_ROUTES_H
#include "web/web.h"

extern const struct route referrals_routes[];
extern const struct flow *const referrals_flows[];
#endif
