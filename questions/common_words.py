"""English words that services are called, too: by themselves they name nothing in a sentence.

`please search again` speaks of no service; `search` in code, after `service=` or before `service` does.
"""

from __future__ import annotations

_WORDS = """
about access account accounts action actions active activity admin after again agent alert alerts all also
analytics and another answer any anybody anyone api apis app application apps archive are asset assets
auth backend backup bad bank base batch because before below beta billing block board body book bot both
branch bridge broken browser bucket budget build builder bundle business but button cache calendar call
can card cards cart case catalog central change channel chart chat check checks class client clients clock
cloud cluster code command comment common company config connect connection console consumer contact
container content context control cookie core could count courier create cron current customer customers
daily dashboard data database date day debug default delivery demo deploy design desk details dev
developer device did directory disk dispatch docs document documents does domain done down draft driver
editor email engine entry env error errors event events example exchange export external failed failing
false fast feature feed feedback field file files filter find first fix flag flags fleet flow folder for
form format forum found framework from front frontend gallery gate gateway general get good graph group
groups guide had handler has have health help here high history home host hosts hour house how image
images import inbox index info input insight internal into invite issue item items its job jobs join
journey just key keys label labels last latest layer layout learn level library limit limits line link
links list live load local location lock log logger login logs look lost machine mail main manager map
maps market master match media member members menu merge message messages meta metric metrics migration
minutes mobile mode model models module money monitor month more most name names network never new news
next node none not note notes notification notifications notify now number object office old one only open
operator option order orders other out output over owner package page pages panel parser partner parts
password path pay payment people person phone pipeline plan plans platform please plugin point policy pool
portal post price prices pricing print problem process prod producer product production products profile
profiles project promo provider proxy public publish pull push query question queue rate rates read reader
ready real record records recovery redirect register registry release reload remote render replay repo
report reports request requests reset resource response result results retry returns review reviews right
risk role room root router routes rule rules run runner sales sample scan schedule scheduler schema score
script search second section security see send sender sent server servers service services session
sessions settings setup share shared ship shop should show sign signal signup site slow some source space
staging start state static status step stock stop storage store stream string studio style submit summary
support sync system table tag tags target task tasks team teams template tenant test tests text than that
the their them then there they thing things this thread three ticket tickets time timeline timer today
token tokens tool tools top topic total tracker tracking traffic training transfer trigger true try two
type under update updates upload upstream usage use user users value version video view views wallet
warehouse warning was watch way web webhook website week were what when where which who why widget wiki
will window with work worker workers workflow world would write year yes you your zone
"""

COMMON = frozenset(_WORDS.split())
"""Those words, in lower case."""

HINTS = frozenset((
    "service", "app", "application", "component", "api", "system", "repo", "repository", "deployment", "pod",
    "pods", "container", "job", "worker", "microservice", "library", "website", "database", "topic", "team",
))  # fmt: skip
"""Words beside which such a word is a name: `the search service`."""
