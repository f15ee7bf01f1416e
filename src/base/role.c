#include "base/role.h"

#include "base/ctx.h"

#include <string.h>

static const struct {
    unsigned role;
    const char *name, *label;
} names[] = {
    {ROLE_PUBLIC, "public", N_("公众")},        {ROLE_SEEKER, "seeker", N_("求职者")},     {ROLE_EMPLOYER, "employer", N_("用人单位")},
    {ROLE_STAFF, "staff", N_("驿站工作人员")},  {ROLE_HEAD, "head", N_("驿站负责人")},     {ROLE_DISTRICT, "district", N_("区级管理员")},
    {ROLE_CITY, "city", N_("市级管理员")},      {ROLE_AUDITOR, "auditor", N_("审计人员")}, {ROLE_ADMIN, "admin", N_("系统管理员")},
    {ROLE_CLOCK, "clock", N_("定时任务")},      {ROLE_PROVIDER, "provider", N_("培训机构")},
};

const char *role_name(unsigned role)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].role == role)
            return names[i].name;
    return NULL;
}

const char *role_label(unsigned role)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].role == role)
            return names[i].label;
    return NULL;
}

unsigned role_from_name(const char *name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, name) == 0)
            return names[i].role;
    return 0;
}
