#include "web/web_impl.h"

#include <string.h>

/* The description of all routes, made from the route tables and field tables alone. */

static void word(struct arena *a, struct view *list, const char *s) { view_str(a, list, NULL, s); }

/* ---- fields ---- */
static void add_bounds(struct arena *a, struct view *v, const struct field *f, const char *low, const char *high)
{
    if (f->min != 0)
        view_i64(a, v, low, f->min);
    if (f->max != 0)
        view_i64(a, v, high, f->max);
}

static void add_choices(struct arena *a, struct view *v, const struct field *f)
{
    struct view *list = view_list(a, v, "enum");
    for (const struct choice *c = f->choices; c != NULL && c->code != NULL; c++)
        word(a, list, c->code);
}

static void field_schema(struct arena *a, struct view *v, const struct field *f)
{
    static const struct {
        const char *type, *format;
    } how[] = {
        [F_TEXT] = {"string", NULL},           [F_LONG] = {"string", NULL},     [F_INT] = {"integer", "int64"},
        [F_MONEY] = {"number", NULL},          [F_DATE] = {"string", "date"},   [F_STAMP] = {"string", NULL},
        [F_BOOL] = {"boolean", NULL},          [F_PHONE] = {"string", NULL},    [F_IDNO] = {"string", NULL},
        [F_USCC] = {"string", NULL},           [F_EMAIL] = {"string", "email"}, [F_CHOICE] = {"string", NULL},
        [F_CHOICES] = {"array", NULL},         [F_STREET] = {"string", NULL},   [F_OCCUPATION] = {"string", NULL},
        [F_PASSWORD] = {"string", "password"}, [F_FILE] = {"string", "binary"}, [F_HIDDEN] = {"string", NULL},
    };
    view_str(a, v, "type", how[f->type].type);
    if (how[f->type].format != NULL)
        view_str(a, v, "format", how[f->type].format);
    if (f->type == F_TEXT || f->type == F_LONG || f->type == F_PASSWORD)
        add_bounds(a, v, f, "minLength", "maxLength");
    if (f->type == F_INT)
        add_bounds(a, v, f, "minimum", "maximum");
    if (f->type == F_MONEY)
        view_str(a, v, "x-unit", "CNY yuan, at most two decimals");
    if (f->type == F_CHOICE)
        add_choices(a, v, f);
    if (f->type == F_CHOICES) {
        struct view *items = view_sub(a, v, "items");
        view_str(a, items, "type", "string");
        add_choices(a, items, f);
    }
    if (f->flags & F_SECRET)
        view_bool(a, v, "x-personal", true);
}

static void form_schema(struct arena *a, struct view *v, const struct field *fields)
{
    view_str(a, v, "type", "object");
    struct view *properties = view_sub(a, v, "properties"), *required = NULL;
    for (const struct field *f = fields; f->name != NULL; f++) {
        struct view *p = view_sub(a, properties, f->name);
        field_schema(a, p, f);
        view_str(a, p, "description", f->label == NULL ? f->name : f->label);
    }
    for (const struct field *f = fields; f->name != NULL; f++)
        if (f->flags & F_REQUIRED) {
            required = required != NULL ? required : view_list(a, v, "required");
            word(a, required, f->name);
        }
}

/* ---- one route ---- */
static void add_parameter(struct arena *a, struct view *list, const char *in, const char *name, const struct field *f)
{
    struct view *p = view_item(a, list);
    view_str(a, p, "name", name);
    view_str(a, p, "in", in);
    view_bool(a, p, "required", f == NULL || (f->flags & F_REQUIRED) != 0);
    if (f != NULL && f->label != NULL)
        view_str(a, p, "description", f->label);
    struct view *schema = view_sub(a, p, "schema");
    if (f != NULL)
        field_schema(a, schema, f);
    else
        view_str(a, schema, "type", "string");
}

static void add_parameters(struct arena *a, struct view *op, const struct pattern *p)
{
    bool query = p->route->method == GET && p->route->fields != NULL;
    struct view *list = NULL;
    for (unsigned i = 0; i < p->n; i++)
        if (p->seg[i].param) {
            list = list != NULL ? list : view_list(a, op, "parameters");
            add_parameter(a, list, "path", arena_strndup(a, p->seg[i].s, p->seg[i].len), NULL);
        }
    for (const struct field *f = query ? p->route->fields : NULL; f != NULL && f->name != NULL; f++) {
        list = list != NULL ? list : view_list(a, op, "parameters");
        add_parameter(a, list, "query", f->name, f);
    }
}

static void add_body(struct arena *a, struct view *op, const struct route *r)
{
    if (r->method != POST || r->fields == NULL)
        return;
    struct view *body = view_sub(a, op, "requestBody");
    view_bool(a, body, "required", true);
    struct view *content = view_sub(a, body, "content");
    static const char *const plain[] = {"application/json", "application/x-www-form-urlencoded"};
    if (r->flags & ROUTE_UPLOAD) {
        form_schema(a, view_sub(a, view_sub(a, content, "multipart/form-data"), "schema"), r->fields);
        return;
    }
    if (r->flags & ROUTE_LINES)
        view_str(a, view_sub(a, view_sub(a, content, "application/x-ndjson"), "schema"), "type", "string");
    for (size_t i = 0; i < 2; i++)
        form_schema(a, view_sub(a, view_sub(a, content, plain[i]), "schema"), r->fields);
}

static void add_response(struct arena *a, struct view *list, const char *status, const char *say, const char *type,
                         const char *ref)
{
    struct view *v = view_sub(a, list, status);
    view_str(a, v, "description", say);
    struct view *schema = view_sub(a, view_sub(a, view_sub(a, v, "content"), type), "schema");
    if (ref != NULL)
        view_str(a, schema, "$ref", ref);
    else
        view_str(a, schema, "type", "string");
}

static void add_responses(struct arena *a, struct view *op, const struct route *r)
{
    struct view *list = view_sub(a, op, "responses");
    bool data = r->page != NULL || r->method == POST;
    add_response(a, list, "200", "done", data ? "application/json" : "application/octet-stream",
                 !data               ? NULL
                 : r->method == POST ? "#/components/schemas/Done"
                                     : "#/components/schemas/View");
    add_response(a, list, "4XX", "refused: the request, the right or the state", "application/problem+json",
                 "#/components/schemas/Problem");
    add_response(a, list, "5XX", "our failure; try again after Retry-After", "application/problem+json",
                 "#/components/schemas/Problem");
}

static void add_roles(struct arena *a, struct view *v, const char *key, unsigned roles)
{
    struct view *list = view_list(a, v, key);
    for (unsigned r = ROLE_PUBLIC; r < ROLE_CLOCK; r <<= 1)
        if (roles & r)
            word(a, list, role_name(r));
}

static const char *operation_id(struct arena *a, const struct route *r)
{
    char *id = arena_fmt(a, "%s%s", r->method == GET ? "get" : "post", r->path);
    size_t n = 0;
    for (const char *p = id; *p != '\0'; p++)
        if (*p != '{' && *p != '}')
            id[n++] = *p == '/' || *p == '-' || *p == '.' ? '_' : *p;
    id[n] = '\0';
    return id;
}

static void add_operation(struct arena *a, struct view *at, const struct pattern *p, const struct office *o)
{
    const struct route *r = p->route;
    struct view *op = view_sub(a, at, r->method == GET ? "get" : "post");
    view_str(a, op, "operationId", operation_id(a, r));
    view_str(a, op, "summary", r->title);
    word(a, view_list(a, op, "tags"), o->name);
    add_roles(a, op, "x-roles", r->roles);
    if (r->scope != NULL)
        view_str(a, op, "x-scope", r->scope->name);
    struct view *security = view_list(a, op, "security");
    if ((r->roles & ROLE_PUBLIC) == 0)
        (void)view_list(a, view_item(a, security), "token");
    add_parameters(a, op, p);
    add_body(a, op, r);
    add_responses(a, op, r);
}

/* ---- the whole ---- */
static const struct office *office_of(const struct office *offices, const struct route *r)
{
    for (const struct office *o = offices; o->name != NULL; o++)
        for (const struct route *x = o->routes; x != NULL && x->method != 0; x++)
            if (x == r)
                return o;
    return &web_office;
}

static void add_property(struct arena *a, struct view *to, const char *name, const char *type)
{
    view_str(a, view_sub(a, to, name), "type", type);
}

static void add_schemas(struct arena *a, struct view *schemas)
{
    struct view *view = view_sub(a, schemas, "View");
    view_str(a, view, "type", "object");
    view_str(a, view, "description",
             "What the page of the same path shows. Money in fen, instants in UTC milliseconds, dates yyyymmdd.");
    struct view *ok = view_sub(a, schemas, "Done");
    view_str(a, ok, "type", "object");
    struct view *p = view_sub(a, ok, "properties");
    add_property(a, p, "ok", "boolean");
    add_property(a, p, "repeated", "boolean");
    add_property(a, p, "location", "string");
    struct view *problem = view_sub(a, schemas, "Problem");
    view_str(a, problem, "type", "object");
    view_str(a, problem, "description", "RFC 9457");
    p = view_sub(a, problem, "properties");
    static const char *const texts[] = {"type", "title", "code", "detail", "instance"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add_property(a, p, texts[i], "string");
    add_property(a, p, "status", "integer");
    struct view *errors = view_sub(a, p, "errors");
    view_str(a, errors, "type", "array");
    struct view *item = view_sub(a, errors, "items");
    view_str(a, item, "type", "object");
    p = view_sub(a, item, "properties");
    add_property(a, p, "field", "string");
    add_property(a, p, "say", "string");
}

static void add_head(struct arena *a, struct view *root, const struct office *offices, const char *version)
{
    view_str(a, root, "openapi", "3.1.0");
    struct view *info = view_sub(a, root, "info");
    view_str(a, info, "title", "Yizhan 驿站");
    view_str(a, info, "version", version);
    struct view *licence = view_sub(a, info, "license");
    view_str(a, licence, "name", "Apache 2.0");
    view_str(a, licence, "identifier", "Apache-2.0");
    view_str(a, info, "description",
             "Every page is also an API: the same path with .json, or Accept: application/json. A form takes JSON as well. "
             "POST may carry an Idempotency-Key: the same key is one act.");
    view_str(a, view_item(a, view_list(a, root, "servers")), "url", "/");
    struct view *tags = view_list(a, root, "tags");
    for (const struct office *o = offices; o->name != NULL; o++)
        view_str(a, view_item(a, tags), "name", o->name);
    view_str(a, view_item(a, tags), "name", web_office.name);
}

static struct routes all_routes(struct arena *a, const struct office *offices)
{
    size_t n = 0;
    while (offices[n].name != NULL)
        n++;
    struct office *all = ARENA_ARRAY(a, struct office, n + 2);
    memcpy(all, offices, n * sizeof *all);
    all[n] = web_office;
    struct ctx cx = {.arena = a};
    struct routes rs;
    return routes_build(&cx, all, &rs) == E_OK ? rs : (struct routes){0};
}

void web_openapi(struct buf *out, const struct office *offices, const char *version)
{
    struct arena *a = out->a;
    struct routes rs = all_routes(a, offices);
    struct view *root = view_obj(a);
    add_head(a, root, offices, version);
    struct view *paths = view_sub(a, root, "paths"), *at = NULL;
    for (size_t i = 0; i < rs.n; i++) {
        const struct route *r = rs.p[i].route;
        if (i == 0 || strcmp(rs.p[i - 1].route->path, r->path) != 0) {
            bool data = r->page != NULL || r->method == POST || (i + 1 < rs.n && strcmp(rs.p[i + 1].route->path, r->path) == 0);
            at = view_sub(a, paths, arena_fmt(a, "%s%s", r->path, data ? ".json" : ""));
        }
        add_operation(a, at, &rs.p[i], office_of(offices, r));
    }
    struct view *components = view_sub(a, root, "components");
    add_schemas(a, view_sub(a, components, "schemas"));
    struct view *token = view_sub(a, view_sub(a, components, "securitySchemes"), "token");
    view_str(a, token, "type", "http");
    view_str(a, token, "scheme", "bearer");
    view_json(out, root);
    buf_str(out, "\n");
}

static void add_flags(struct arena *a, struct view *v, unsigned flags)
{
    static const struct {
        unsigned flag;
        const char *name;
    } names[] = {
        {ROUTE_UPLOAD, "upload"},
        {ROUTE_KIOSK, "kiosk"},
        {ROUTE_SENSITIVE, "sensitive"},
        {ROUTE_FRESH, "fresh"},
    };
    struct view *list = view_list(a, v, "flags");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (flags & names[i].flag)
            word(a, list, names[i].name);
}

static void add_fields(struct arena *a, struct view *v, const struct field *fields)
{
    struct view *list = view_list(a, v, "fields");
    for (const struct field *f = fields; f != NULL && f->name != NULL; f++) {
        struct view *item = view_item(a, list);
        view_str(a, item, "name", f->name);
        field_schema(a, item, f);
        view_bool(a, item, "required", (f->flags & F_REQUIRED) != 0);
    }
}

void web_routes_json(struct buf *out, const struct office *offices)
{
    struct arena *a = out->a;
    struct routes rs = all_routes(a, offices);
    struct view *root = view_obj(a), *list = view_list(a, root, "routes");
    for (size_t i = 0; i < rs.n; i++) {
        const struct route *r = rs.p[i].route;
        struct view *v = view_item(a, list);
        view_str(a, v, "method", r->method == GET ? "GET" : "POST");
        view_str(a, v, "path", r->path);
        view_str(a, v, "office", office_of(offices, r)->name);
        view_str(a, v, "title", r->title);
        view_str(a, v, "page", r->page);
        add_roles(a, v, "roles", r->roles);
        view_str(a, v, "scope", r->scope == NULL ? NULL : r->scope->name);
        view_str(a, v, "scope_param", r->scope == NULL ? NULL : r->scope->param);
        add_flags(a, v, r->flags);
        add_fields(a, v, r->fields);
    }
    view_json(out, root);
    buf_str(out, "\n");
}
