/* role.h -- who somebody is. One account has one role; policy on routes and flow edges is a set of roles. */
#ifndef BASE_ROLE_H
#define BASE_ROLE_H

enum role {
    ROLE_PUBLIC = 1,   /* nobody signed in */
    ROLE_SEEKER = 2,   /* a person, on their own behalf */
    ROLE_EMPLOYER = 4, /* acts for one employer */
    ROLE_STAFF = 8,    /* a station's desk */
    ROLE_HEAD = 16,    /* head of a station */
    ROLE_DISTRICT = 32,
    ROLE_CITY = 64,
    ROLE_AUDITOR = 128, /* reads everything but personal data in clear, changes nothing */
    ROLE_ADMIN = 256,   /* accounts and the system; no case work */
    ROLE_PROVIDER = 512, /* acts for one provider of training */
    ROLE_CLOCK = 1024,  /* the scheduler */
};

#define EVERYONE 0x7FFu
#define DESK (ROLE_STAFF | ROLE_HEAD)
#define OFFICERS (ROLE_DISTRICT | ROLE_CITY)
#define SIGNED_IN (EVERYONE & ~(unsigned)ROLE_PUBLIC)

/* "staff" for ROLE_STAFF; NULL when `role` is not exactly one role. */
const char *role_name(unsigned role);
/* The Chinese name, a message id. */
const char *role_label(unsigned role);
/* 0 when `name` is no role. */
unsigned role_from_name(const char *name);
#endif
