#include "cli/cli.h"

static const struct cli_option serve_options[] = {
    {"address", "IP", "address to listen on (default: 127.0.0.1)"},
    {"port", "N", "port to listen on; 0 takes a free one (default: 8080)"},
    {"workers", "N", "threads that answer (default: 4)"},
    {"rate", "N", "requests a minute from one address without a login; 0 = no limit (default: 600)"},
    {"quiet", NULL, "no line for each request on standard error"},
    {"tls", NULL, "a proxy before us speaks TLS: cookies are marked secure"},
    {"proxy", NULL, "a proxy on this machine tells the visitor's address (X-Forwarded-For)"},
    {"source", "DIR", "development: pages and assets are read from this source tree at each request"},
    {"smtp", "URL", "mail server, smtp://host:25 (user and password: YIZHAN_SMTP_USER, YIZHAN_SMTP_PASSWORD)"},
    {"mail-from", "ADDRESS", "sender of mails (default: yizhan@localhost)"},
    {"sms-domain", "NAME", "SMS gateway: a message to 138… goes as a mail to 138…@NAME"},
    {0},
};
static const struct cli_option demo_options[] = {
    {"jobs", "N", "ads (default: 2400)"},
    {"people", "N", "persons (default: 300)"},
    {0},
};
static const struct cli_option user_options[] = {
    {"role", "ROLE", "employer, staff, head, district, city, auditor or admin"},
    {"name", "NAME", "name of the person"},
    {"station", "N", "station of staff and heads"},
    {"employer", "N", "employer of an employer's account"},
    {"district", "CODE", "district of staff, heads and district officers"},
    {0},
};
static const struct cli_option import_options[] = {
    {"source-name", "NAME", "where the ads come from, shown beside each (default: the column for it, else the file's name)"},
    {"anywhere", NULL, "keep the ads of other cities too, without a district"},
    {"check", NULL, "read and report, store nothing"},
    {"report", "FILE", "the wrong rows as a sheet to correct, .csv or .xlsx (default: none)"},
    {"limit", "N", "ads: stop after N rows"},
    {"district", "CODE", "trainings: whose record it is (default: the city's)"},
    {0},
};
static const struct cli_option doc_options[] = {
    {"json", NULL, "as JSON"},
    {0},
};
static const struct cli_option shortage_options[] = {
    {"without", "CHANNEL", "leave out bureau, district, agency or own, to see what it weighs"},
    {0},
};

static const struct cli_option match_options[] = {
    {"best", "N", "everyone: ads for each person, at most 100 (default: 10)"},
    {"threads", "N", "everyone: threads that work (default: 2)"},
    {"most", "N", "everyone: an ad is on at most so many lists (default: no bound)"},
    {0},
};

const struct command commands[] = {
    {"serve", "[options]", "Starts the service", cmd_serve, serve_options, 0, 0},
    {"demo", "[options]", "Fills a demo city: made-up people and firms in real places", cmd_demo, demo_options, 0, 0},
    {"import", "jobs FILE... | trainings FILE...", "Brings ads, or training subsidies of earlier years, from CSV, XLSX or JSON files; may be stopped and run again", cmd_import, import_options, 2, 1000},
    {"user", "add LOGIN | password LOGIN", "Makes an account or sets a password, asked on the terminal", cmd_user, user_options, 2, 2},
    {"tick", "", "Does the background work that is due, once", cmd_tick, serve_options, 0, 0},
    {"backup", "FILE", "Copies the embedded database while it is in use, and the keys beside it", cmd_backup, NULL, 1, 1},
    {"restore", "FILE", "Checks a backup and puts it in place of an absent database", cmd_restore, NULL, 1, 1},
    {"audit", "verify [FILE] | export | head", "Checks, exports or signs the audit chain", cmd_audit, NULL, 1, 2},
    {"ledger", "check", "Recomputes all sums of the money from the rows of the ledger and of the claims", cmd_ledger, NULL, 1, 1},
    {"doc", "routes | openapi | flows | man", "Prints what the program knows of itself", cmd_doc, doc_options, 1, 1},
    {"match", "stats | search WORDS... | everyone FILE | lists FILE", "The match engine on the ads and people of the database", cmd_match, match_options, 1, 100},
    {"decide", "< cases.jsonl > answers.jsonl", "Who may be subsidised for which class: a case a line in, an answer a line out", cmd_decide, NULL, 0, 0},
    {"shortage", "score FILE", "Computes a round's shortages again from its download (data.json) and compares", cmd_shortage, shortage_options, 2, 2},
    {"draw", "verify FILE", "Draws again from the published file of a draw and compares", cmd_draw, NULL, 2, 2},
    {"migrate", "", "Makes or upgrades the database, checks every statement", cmd_migrate, NULL, 0, 0},
    {"otp", "SECRET", "Prints the six digits of a second factor", cmd_otp, NULL, 1, 1},
    {"version", "", "Prints the version", cmd_version, NULL, 0, 0},
    {"help", "", "Prints this list", cmd_help, NULL, 0, 0},
    {0},
};
