# layers.awk -- fails when a file includes what its layer may not.  usage: awk -f tools/layers.awk $(find src -name '*.[ch]')
#
#   base <- store <- rules <- city    base <- match <- city    base <- feeds <- city    base <- web <- an office's pages
#
# An office's pages (pages*.c, *routes.h, *card*) know no SQL and no store; its other files know no web. cli, the command line, may all.
BEGIN {
    may["base"] = "base"; may["store"] = "base store"; may["rules"] = "base rules"; may["match"] = "base match"
    may["feeds"] = "base feeds"; may["web"] = "base web"; may["outside"] = "base outside"
    may["city"] = "base store rules match feeds city"; may["pages"] = "base web match feeds rules city"
    may["cli"] = "base store rules match feeds web city outside cli"
}
FNR == 1 {
    split(FILENAME, p, "/"); layer = p[2]; office = layer == "city" && p[4] != "" ? p[3] : ""
    name = p[4] != "" ? p[4] : p[3]
    if (layer == "city" && name ~ /^(pages|routes|card)/) layer = "pages"
    first = ""
}
/^#include "/ {
    split($2, q, "\""); inc = q[2]
    if (first == "") { first = inc; own = FILENAME; sub(/^src\//, "", own); sub(/\.c$/, ".h", own) }
    if (inc ~ /\.sql\.h$/) {
        if (layer == "pages" || (layer != "store" && layer != "city" && layer != "cli")) say(layer " may not touch statements: " inc)
        else if (layer == "city" && office != "") {
            own_sql = "src/city/" office "/" inc; sub(/\.h$/, "", own_sql)
            if ((getline line < own_sql) < 0) say("statements of another office: " inc)
            close(own_sql)
        }
        next
    }
    if (inc ~ /\.rows\.h$/) next
    split(inc, t, "/"); target = t[1]
    if (index(" " may[layer] " ", " " target " ") == 0) say(layer " may not include " inc)
    if (inc ~ /_impl\.h$/ && inc !~ "^" (office != "" ? "city/" office : p[2]) "/") say(inc " is private")
}
function say(what) { bad = bad FILENAME ":" FNR ": " what "\n" }
END { if (bad != "") { printf "%s", bad; exit 1 } }
