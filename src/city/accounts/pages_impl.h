/* pages_impl.h -- private to the office's pages. */
#ifndef CITY_ACCOUNTS_PAGES_IMPL_H
#define CITY_ACCOUNTS_PAGES_IMPL_H
#include "city/accounts/routes.h"

void ask(struct req *rq, const char *verb, const char *lead);              /* keys of parts/ask.html; message ids */
#endif
