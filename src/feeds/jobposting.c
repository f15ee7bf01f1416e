#include "feeds/jobposting.h"

#include <string.h>

static const char *date_text(struct arena *a, int64_t yyyymmdd)
{
    return arena_fmt(a, "%04lld-%02lld-%02lld", (long long)(yyyymmdd / 10000), (long long)(yyyymmdd / 100 % 100),
                     (long long)(yyyymmdd % 100));
}

static void opt_str(struct arena *a, struct view *v, const char *key, const char *s)
{
    if (s != NULL && *s != '\0')
        view_str(a, v, key, s);
}

static void typed(struct arena *a, struct view *v, const char *type) { view_str(a, v, "@type", type); }

static void add_money(struct arena *a, struct view *v, const char *key, int64_t fen)
{
    if (fen % 100 == 0)
        view_i64(a, v, key, fen / 100);
    else
        view_fmt(a, v, key, "%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100));
}

static void add_salary(struct arena *a, struct view *to, const struct job_posting *job)
{
    if (job->salary_min <= 0 && job->salary_max <= 0)
        return;
    struct view *salary = view_sub(a, to, "baseSalary");
    typed(a, salary, "MonetaryAmount");
    view_str(a, salary, "currency", "CNY");
    struct view *value = view_sub(a, salary, "value");
    typed(a, value, "QuantitativeValue");
    if (job->salary_min == job->salary_max) {
        add_money(a, value, "value", job->salary_min);
    } else {
        if (job->salary_min > 0)
            add_money(a, value, "minValue", job->salary_min);
        if (job->salary_max > 0)
            add_money(a, value, "maxValue", job->salary_max);
    }
    opt_str(a, value, "unitText", job->salary_unit);
}

static void add_place(struct arena *a, struct view *to, const struct job_posting *job)
{
    struct view *place = view_sub(a, to, "jobLocation");
    typed(a, place, "Place");
    struct view *address = view_sub(a, place, "address");
    typed(a, address, "PostalAddress");
    opt_str(a, address, "streetAddress", job->street);
    opt_str(a, address, "addressLocality", job->district);
    opt_str(a, address, "addressRegion", job->city);
    view_str(a, address, "addressCountry", "CN");
    if (job->latitude != NULL && job->longitude != NULL) {
        struct view *geo = view_sub(a, place, "geo");
        typed(a, geo, "GeoCoordinates");
        view_str(a, geo, "latitude", job->latitude);
        view_str(a, geo, "longitude", job->longitude);
    }
}

void jobposting_view(struct arena *a, struct view *to, const struct job_posting *job)
{
    view_str(a, to, "@context", "https://schema.org");
    typed(a, to, "JobPosting");
    opt_str(a, to, "title", job->title);
    opt_str(a, to, "description", job->description);
    view_str(a, to, "datePosted", date_text(a, job->posted));
    if (job->valid_through != 0)
        view_fmt(a, to, "validThrough", "%sT23:59:59+08:00", date_text(a, job->valid_through));
    if (job->employer != NULL) {
        struct view *org = view_sub(a, to, "hiringOrganization");
        typed(a, org, "Organization");
        view_str(a, org, "name", job->employer);
        opt_str(a, org, "sameAs", job->employer_url);
    }
    add_place(a, to, job);
    opt_str(a, to, "employmentType", job->employment_type);
    add_salary(a, to, job);
    if (job->openings > 0)
        view_i64(a, to, "totalJobOpenings", job->openings);
    opt_str(a, to, "occupationalCategory", job->occupation);
    if (job->identifier != NULL) {
        struct view *id = view_sub(a, to, "identifier");
        typed(a, id, "PropertyValue");
        opt_str(a, id, "name", job->identifier_of);
        view_str(a, id, "value", job->identifier);
    }
    opt_str(a, to, "url", job->url);
}
