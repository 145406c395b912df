"""What every route asks for, said apart from the code: permission by method, and the kind of row in its address.

A new route needs a line here, or the build fails. `then` is the permission asked once the row was found.
`name#variant` tries the same route once more with other words.
"""

from dataclasses import dataclass, field
from typing import Any

ANY = "any"  # every signed-in person
PUBLIC = "public"  # everybody


@dataclass(frozen=True)
class Rule:
    """One method of a route: what the role needs, what is sent, what it may answer."""

    permission: str
    then: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    makes: bool = False  # the address is the writer's own to choose: no row has to be there


@dataclass(frozen=True)
class Route:
    """A route: the kind of row in its address ("" for none), its rules by method, other parts of the address."""

    kind: str
    rules: dict[str, Rule]
    params: dict[str, Any]


def route(kind: str = "", *, params: dict[str, Any] | None = None, **rules: str | Rule) -> Route:
    """Write a line of the table."""
    made = {name: rule if isinstance(rule, Rule) else Rule(rule) for name, rule in rules.items()}
    return Route(kind, made, params or {})


def steps_page(kind: str, permission: str, steps: dict[str, str], step: str) -> Route:
    """Write the line of a page of one step."""
    rule = Rule(permission, then=steps[step])
    return route(kind, params={"step": step}, get=rule, post=rule)


def step_call(kind: str, permission: str, steps: dict[str, str], step: str) -> Route:
    """Write the line of an API's step."""
    return route(kind, post=Rule(permission, then=steps[step], body={"step": step}))


# Routes of kept libraries and of machines: not ours, no rows of ours in them.
FOREIGN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "health_live",
    "health_ready",
    "metrics",
    "schema",
}

ACCOUNTS = {
    "set_language": route(post=PUBLIC),
    "account:home": route(get=ANY, post=ANY),
    "account:make_token": route(post=ANY),
    "account:revoke_token": route("own_token", post=ANY),
    "account:end_sessions": route(post=ANY),
    "users:list": route(get="user.manage"),
    "users:new": route(get="user.manage", post="user.manage"),
    "users:detail": route("user", get="user.manage", post="user.manage"),
    "users:deactivate": route("user", post="user.manage"),
    "users:reactivate": route("user", post="user.manage"),
    "users:password": route("user", post="user.manage"),
    "users:second_factor": route("user", post="user.manage"),
    "users:post": route("user", post="user.manage"),
    "users:end_posting": route("posting", post="user.manage"),
    "roster:list": route(get="roster.read"),
    "roster:detail": route("roster", get="roster.read", post=Rule("roster.read", then="roster.lead")),
    "roster:end": route("duty", post=Rule("roster.read", then="roster.lead")),
}
PLACES = {
    "sites:list": route(get="site.read"),
    "sites:new": route(get="site.add", post="site.add"),
    "sites:names": route(get="site.read"),
    "sites:detail": route("site", get="site.read"),
    "sites:edit": route("site", get="site.manage", post="site.manage"),
    "places:list": route(get="place.manage"),
    "places:districts": route(get="place.read"),
    "places:communes": route(get="place.read"),
    "places:detail": route("place", get="place.manage", post="place.manage"),
    "places:alias_remove": route("place_alias", post="place.manage"),
    "province-list": route(get="place.read"),
    "province-detail": route("province", get="place.read"),
    "province-districts": route("province", get="place.read"),
    "province-communes": route("province", get="place.read"),
    "site-list": route(get="site.read", post="site.add"),
    "site-detail": route("site", get="site.read", patch="site.manage"),
}
NOTIFICATIONS = {
    "notifications:list": route(get=ANY),
    "notifications:read_all": route(post=ANY),
    "notifications:open": route("notice", get=ANY),
    "notifications:read": route("notice", post=ANY),
    "notifications:deliveries": route(get="delivery.read"),
    "notifications:delivery_step": route("delivery", post=Rule("delivery.read", body={"step": "it_arrived"})),
}

ABOUT = {"api_docs": route(get=ANY), "style": route(get=PUBLIC)}
DRAFTS = {
    "drafts:detail": route(
        "draft", get="draft.use", post=Rule("draft.use", body={"draft_kind": "complaint"}, makes=True)
    ),
    "drafts:throw_away": route("draft", get="draft.use", post="draft.use"),
}
# A step of a table of steps: the permission it takes. What may be read but not done answers 403, what is out of scope 404.
STEPS = {
    "assign": "complaint.assign",
    "acknowledge": "complaint.acknowledge",
    "start_verification": "complaint.verify",
    "record_outcome": "complaint.decide",
    "ask_information": "complaint.verify",
    "information_received": "complaint.verify",
    "propose_outcome": "complaint.decide",
    "confirm_outcome": "complaint.confirm",
    "send_back": "complaint.confirm",
    "propose_closing": "complaint.propose_closing",
    "close": "complaint.close",
    "reopen": "complaint.reopen",
    "lead_nationally": "complaint.triage",
    "hand_to_province": "complaint.confirm",
    "seal": "complaint.triage",
}
RESCUE_STEPS = {
    "record_rescue": "victim.rescue",
    "locate": "victim.rescue",
    "record_left": "victim.rescue",
    "record_declined": "victim.rescue",
    "record_not_found": "victim.rescue",
    "record_deceased": "victim.rescue",
    "confirm_final": "victim.confirm",
    "send_back": "victim.confirm",
    "resume_search": "victim.rescue",
}
IDENTIFICATION_STEPS = {
    "decide_presumed": "victim.identify",
    "decide_trafficked": "victim.identify",
    "decide_exploited": "victim.identify",
    "propose_not_a_victim": "victim.identify",
    "confirm_not_a_victim": "victim.confirm",
    "refuse_not_a_victim": "victim.confirm",
}
SUSPECT_STEPS = {
    "arrest": "suspect.arrest",
    "mark_wanted": "suspect.arrest",
    "send_to_court": "suspect.court",
    "extend_custody": "suspect.arrest",
    "release": "suspect.arrest",
    "review": "suspect.review",
    "take_back_arrest": "suspect.correct",
    "take_back_court": "suspect.correct",
    "take_back_court_unarrested": "suspect.correct",
}
FACTS = Rule("complaint.read", then="complaint.facts")
COMPLAINTS = {
    "work": route(get=ANY),
    "complaints:list": route(get="complaint.read"),
    "complaints:list#shared": route(get=Rule("complaint.read", body={"shared": "1"})),
    "complaints:list#search": route(get=Rule("complaint.read", body={"q": "planted"})),
    "complaints:export": route(get="complaint.export", post=Rule("complaint.export", body={"purpose": "figures"})),
    "complaints:new": route(get="complaint.create", post="complaint.create"),
    "complaints:proposal": route(get="complaint.create"),
    "complaints:receipt": route("receipt", get="complaint.create"),
    "complaints:detail": route("complaint", get="complaint.read"),
    "complaints:history": route("complaint", get="complaint.read"),
    "complaints:people": route("complaint", get="victim.read"),
    "complaints:add_people": route("complaint", get="victim.add", post="victim.add"),
    "complaints:facts": route("complaint", get=FACTS, post=FACTS),
    "complaints:reporter": route(
        "complaint", get="reporter.reveal", post=Rule("reporter.reveal", body={"reason": "To call her back"})
    ),
    "complaints:handlers": route("complaint", get="complaint.name_handler", post="complaint.name_handler"),
    "complaints:handler_end": route("naming", post="complaint.name_handler"),
    "complaints:step": steps_page("complaint", "complaint.read", STEPS, "acknowledge"),
    "victims:list": route(get="victim.read"),
    "victims:list#shared": route(get=Rule("victim.read", body={"shared": "1"})),
    "victims:list#search": route(get=Rule("victim.read", body={"q": "planted"})),
    "victims:detail": route("victim", get="victim.read", post="victim.read"),
    "victims:history": route("victim", get="victim.read"),
    "victims:step": steps_page("victim", "victim.read", RESCUE_STEPS, "locate"),
    "victims:identify": steps_page("victim", "victim.read", IDENTIFICATION_STEPS, "decide_presumed"),
    **{
        f"victims:identify#{name}": steps_page("victim", "victim.read", IDENTIFICATION_STEPS, name)
        for name in IDENTIFICATION_STEPS
    },
    **{f"complaints:step#{name}": steps_page("complaint", "complaint.read", STEPS, name) for name in STEPS},
    **{f"victims:step#{name}": steps_page("victim", "victim.read", RESCUE_STEPS, name) for name in RESCUE_STEPS},
}
PEOPLE_STEPS = {**RESCUE_STEPS, **IDENTIFICATION_STEPS}
SUSPECTS = {
    "complaints:suspects": route("complaint", get="suspect.read"),
    "complaints:add_suspect": route("complaint", get="suspect.add", post="suspect.add"),
    "suspects:list": route(get="suspect.read"),
    "suspects:list#shared": route(get=Rule("suspect.read", body={"shared": "1"})),
    "suspects:list#search": route(get=Rule("suspect.read", body={"q": "planted"})),
    "suspects:overrides": route(get="override.read"),
    "suspects:override": route("override", get="override.read"),
    "suspects:detail": route("suspect", get="suspect.read"),
    "suspects:facts": route("suspect", get="suspect.add", post="suspect.add"),
    "suspects:history": route("suspect", get="suspect.read"),
    "suspects:step": steps_page("suspect", "suspect.read", SUSPECT_STEPS, "mark_wanted"),
    **{f"suspects:step#{name}": steps_page("suspect", "suspect.read", SUSPECT_STEPS, name) for name in SUSPECT_STEPS},
    "case_files:list": route(get="casefile.read"),
    "case_files:list#shared": route(get=Rule("casefile.read", body={"shared": "1"})),
    "case_files:list#search": route(get=Rule("casefile.read", body={"q": "1/2022"})),
    "case_files:new": route(get="casefile.write", post="casefile.write"),
    "case_files:detail": route("case_file", get="casefile.read", post="casefile.write"),
    "case_files:edit": route("case_file", get="casefile.write", post="casefile.write"),
    "law:list": route(get="law.manage", post="law.manage"),
    "law:new": route(get="law.manage", post="law.manage"),
    "law:court": route("court", get="law.manage", post="law.manage"),
    "law:article": route("article", get="law.manage", post="law.manage"),
    "complaint-suspects": route("complaint", post="suspect.add"),
    "suspect-list": route(get="suspect.read"),
    "suspect-list#shared": route(get=Rule("suspect.read", body={"shared": "1"})),
    "suspect-list#search": route(get=Rule("suspect.read", body={"q": "planted"})),
    "suspect-detail": route("suspect", get="suspect.read"),
    "suspect-steps": step_call("suspect", "suspect.read", SUSPECT_STEPS, "mark_wanted"),
    **{f"suspect-steps#{name}": step_call("suspect", "suspect.read", SUSPECT_STEPS, name) for name in SUSPECT_STEPS},
    "case-file-list": route(get="casefile.read"),
    "case-file-list#shared": route(get=Rule("casefile.read", body={"shared": "1"})),
    "case-file-detail": route("case_file", get="casefile.read"),
}
REPORTS = {
    "reports:situation": route(get="report.read"),
    "reports:indicators": route(get="report.read"),
    "reports:indicator": route("indicator", get="report.read"),
    "reports:records": route("indicator", get="report.read"),
    "indicator-list": route(get="report.read"),
    "indicator-detail": route("indicator", get="report.read"),
    "indicator-records": route("indicator", get="report.read"),
}
COMPLAINTS_API = {
    "complaint-list": route(get="complaint.read", post="complaint.create"),
    "complaint-list#shared": route(get=Rule("complaint.read", body={"shared": "1"}), post="complaint.create"),
    "complaint-list#search": route(get=Rule("complaint.read", body={"q": "planted"}), post="complaint.create"),
    "complaint-detail": route(
        "complaint",
        get="complaint.read",
        patch=Rule("complaint.read", then="complaint.facts", body={"version": 1, "exact_spot": "By the gate"}),
    ),
    "complaint-people": route("complaint", post="victim.add"),
    "complaint-steps": step_call("complaint", "complaint.read", STEPS, "acknowledge"),
    "victim-list": route(get="victim.read"),
    "victim-list#shared": route(get=Rule("victim.read", body={"shared": "1"})),
    "victim-list#search": route(get=Rule("victim.read", body={"q": "planted"})),
    "victim-detail": route("victim", get="victim.read"),
    "victim-steps": step_call("victim", "victim.read", PEOPLE_STEPS, "locate"),
    **{f"complaint-steps#{name}": step_call("complaint", "complaint.read", STEPS, name) for name in STEPS},
    **{f"victim-steps#{name}": step_call("victim", "victim.read", PEOPLE_STEPS, name) for name in PEOPLE_STEPS},
}

TABLE: dict[str, Route] = {
    **ACCOUNTS,
    **PLACES,
    **NOTIFICATIONS,
    **DRAFTS,
    **COMPLAINTS,
    **SUSPECTS,
    **REPORTS,
    **COMPLAINTS_API,
    **ABOUT,
}
