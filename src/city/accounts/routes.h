/* routes.h -- the pages of this office. */
#ifndef CITY_ACCOUNTS_ROUTES_H
#define CITY_ACCOUNTS_ROUTES_H
#include "web/web.h"

extern const struct route accounts_routes[], accounts_admin_routes[];
const char *account_home(unsigned role); /* where somebody of this role begins */
#endif
