/* accounts_impl.h -- private to the office: small things its files share. */
#ifndef CITY_ACCOUNTS_IMPL_H
#define CITY_ACCOUNTS_IMPL_H
#include "base/ctx.h"

const char *secret_hash(struct ctx *cx, const char *secret); /* how tokens and codes are kept: SM3, 64 hex digits */
#endif
