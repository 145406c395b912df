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

DEPUTY = {"deputy": "nobody", "from_on": "2022-09-01", "until_on": "2022-09-02"}
VIEW = {"list": "complaints", "name": "ថ្មីៗ", "query": "status=new"}
ACCOUNTS = {
    "set_language": route(post=PUBLIC),
    "account:home": route(get=ANY, post=ANY),
    "account:make_token": route(post=ANY),
    "account:revoke_token": route("own_token", post=ANY),
    "account:end_sessions": route(post=ANY),
    "account:deputies": route(get="approval.read", post="approval.read"),
    "account:end_deputy": route("deputy", post="approval.read"),
    "deputy-list": route(get="approval.read", post=Rule("approval.read", body=DEPUTY)),
    "deputy-detail": route("deputy_named", get="approval.read"),
    "deputy-end": route("deputy_named", post="approval.read"),
    "views:list": route("kept_list", get="view.keep"),
    "views:new": route("kept_list", get="view.keep", post="view.keep"),
    "views:detail": route("kept_view", get="view.keep", post=Rule("view.keep", body={"act": "move"})),
    "view-list": route(get="view.keep", post=Rule("view.keep", body=VIEW)),
    "view-detail": route("view", get="view.keep"),
    "view-rename": route("view", post=Rule("view.keep", body={"name": "ថ្មី"})),
    "view-move": route("view", post="view.keep"),
    "view-take-away": route("view", post="view.keep"),
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
    "sites:company_new": route("site", get="measure.record", post="measure.record"),
    "sites:company": route("company", get="measure.record", post="measure.record"),
    "sites:company_part": route("company", get="measure.record", post="measure.record"),
    "sites:measure_new": route("site", get="measure.record", post="measure.record"),
    "sites:measure": route("measure", get="measure.record", post="measure.record"),
    "site_cases": route("site", get=Rule("site.read", then="complaint.read")),
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
    "notifications:own": route(get=ANY, post=ANY),
    "notifications:add_device": route(post=ANY),
    "notifications:remove_device": route("own_device", post=ANY),
    "notifications:offer_address": route(params={"channel": "sms"}, post=ANY),
    "notifications:confirm_address": route(params={"channel": "sms"}, post=ANY),
    "notifications:remove_address": route(params={"channel": "sms"}, post=ANY),
    "own-notices-show": route(get=ANY),
    "own-notices-choice": route(post=ANY),
    "own-notices-address": route(post=ANY),
    "own-notices-confirm": route(post=ANY),
    "own-notices-remove": route(post=ANY),
    "own-notices-devices": route(post=ANY),
    "own-notices-forget": route(post=ANY),
    "notifications:deliveries": route(get="delivery.read"),
    "notifications:delivery_steps": route(post=Rule("delivery.read", body={"step": "it_arrived"})),
    "delivery-list": route(get="delivery.read"),
    "delivery-detail": route("delivery", get="delivery.read"),
    "delivery-counts": route(get="delivery.read"),
    "delivery-steps": route(post=Rule("delivery.read", body={"step": "it_arrived", "ids": []})),
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
    "transfer": "complaint.assign",
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
    "record_moved": "victim.rescue",
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
    "undecide": "victim.identify",
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
    "question": "suspect.arrest",
    "charge": "suspect.court",
    "add_charge": "suspect.court",
    "restrain": "suspect.court",
    "open_trial": "suspect.court",
    "convict": "suspect.court",
    "acquit": "suspect.court",
    "dismiss": "suspect.court",
    "settle": "suspect.court",
    "appeal": "suspect.court",
    "take_back_question": "suspect.correct",
    "take_back_charge": "suspect.correct",
    "take_back_article": "suspect.correct",
    "take_back_restraint": "suspect.correct",
    "take_back_trial": "suspect.correct",
    "take_back_verdict": "suspect.correct",
    "take_back_dismissal": "suspect.correct",
    "take_back_dismissal_charged": "suspect.correct",
    "take_back_dismissal_tried": "suspect.correct",
    "take_back_settlement": "suspect.correct",
    "take_back_appeal": "suspect.correct",
}
HEARING_STEPS = {
    "record_held": "suspect.court",
    "adjourn": "suspect.court",
    "call_off": "suspect.court",
    "strike": "suspect.court",
    "take_back_result": "suspect.correct",
}
BEDS = Rule("partner.beds", body={"beds": 4})
PARTNERS = {
    "partners:list": route(get="partner.read"),
    "partners:list#search": route(get=Rule("partner.read", body={"q": "ឈូក"})),
    "partners:new": route(get="partner.manage", post="partner.manage"),
    "partners:detail": route("directory", get="partner.read"),
    "partners:edit": route("directory", get="partner.manage", post="partner.manage"),
    "partners:beds": route("own_line", get="partner.beds", post=BEDS),
    "partners:address": route(
        "directory", get="stay.reveal", post=Rule("stay.reveal", body={"reason": "To bring somebody there"})
    ),
    "partners:add_phone": route("directory", get="partner.manage", post="partner.manage"),
    "partners:confirm_phone": route("partner_phone", get="partner.manage", post="partner.manage"),
    "partners:remove_phone": route("partner_phone", get="partner.manage", post="partner.manage"),
    "partner-list": route(get="partner.read", post=Rule("partner.manage", body={"kind": "ngo", "name_km": "ផ្លូវទៅផ្ទះ"})),
    "partner-detail": route(
        "directory", get="partner.read", patch=Rule("partner.manage", body={"version": 1, "hours": "8–12"})
    ),
    "partner-beds": route("own_line", get="partner.beds", post=BEDS),
    "partner-phones": route("directory", post=Rule("partner.manage", body={"phone": "012 345 678"})),
    "partner-phone": route("partner_phone", delete="partner.manage"),
    "partner-confirm-phone": route("partner_phone", post="partner.manage"),
}
REFERRAL_STEPS = {
    **dict.fromkeys(("accept", "begin", "complete", "return", "recall"), "referral.answer"),
    "settle": "referral.send",
}
TO_PROVINCE = {"to": "01", "message": "សូមជួយស្វែងរក", "complaint": "KH-2022-222222"}
REFERRALS = {
    "referrals:list": route(get="referral.read"),
    "referrals:list#shared": route(get=Rule("referral.read", body={"shared": "1"})),
    "referrals:list#search": route(get=Rule("referral.read", body={"q": "R-22222222"})),
    "referrals:new": route("complaint", get="referral.send", post="referral.send"),
    "referrals:new#people": route(
        "complaint", get=Rule("referral.send", body={"people": "1", "to": "01"}), post="referral.send"
    ),
    "referrals:limits": route(get="clock.manage", post="clock.manage"),
    "referrals:report": route(get="referral.report", post="referral.report"),
    "referrals:detail": route("referral", get="referral.read"),
    "referrals:step": steps_page("referral", "referral.read", REFERRAL_STEPS, "accept"),
    "referrals:step#settle": steps_page("referral", "referral.read", REFERRAL_STEPS, "settle"),
    "referrals:change": route("referral", get="referral.send", post="referral.send"),
    "referrals:link": route("referral", get="referral.send", post="referral.send"),
    "referrals:care": route("referral_of_person", get="referral.answer", post="referral.answer"),
    "referrals:care_back": route("referral_care", post=Rule("referral.answer", then="victim.rescue")),
    "referrals:hand_over": route("referral_of_person", get=Rule("referral.read", then="paper.read")),
    "referral_link": route("link", get=PUBLIC, post=PUBLIC),
    "referral_link_code": route("link", get=PUBLIC, post=PUBLIC),
    "referral_link_care": route("link", get=PUBLIC, post=PUBLIC),
    "referral_link_step": route("link", params={"step": "accept"}, get=PUBLIC, post=PUBLIC),
    "referral-list": route(get="referral.read", post=Rule("referral.send", body=TO_PROVINCE)),
    "referral-list#shared": route(
        get=Rule("referral.read", body={"shared": "1"}), post=Rule("referral.send", body=TO_PROVINCE)
    ),
    "referral-detail": route(
        "referral", get="referral.read", patch=Rule("referral.send", body={"version": 1, "contact": "ក្រុម"})
    ),
    "referral-report": route(post=Rule("referral.report", body={"narrative": "មនុស្សពីរនាក់ជាប់ឃុំ"})),
    "referral-care": route(
        "referral_of_person", get="referral.answer", post=Rule("referral.answer", body={"service": "medical"})
    ),
    "referral-limits": route(
        get="clock.manage",
        patch=Rule("clock.manage", body={"limits": {"shelter": {"remind_hours": 1, "hours": 2, "escalate_hours": 5}}}),
    ),
    "referral-link": route("referral", post="referral.send", delete="referral.send"),
    "referral-steps": step_call("referral", "referral.read", REFERRAL_STEPS, "accept"),
    "referral-steps#recall": route(
        "referral", post=Rule("referral.read", then="referral.taken_back", body={"step": "recall"})
    ),
}
FACTS = Rule("complaint.read", then="complaint.facts")
ATTEMPT = Rule(
    "complaint.read", then="complaint.attempt", body={"way": "telephone", "whom": "family", "result": "no_answer"}
)
ANSWER = Rule("complaint.read", then="reporter.reveal", body={"told": "received", "way": "telephone"})
RING = Rule("contact.triage", body={"whom": "x.supervisor", "result": "answered"})
RING_CALL = Rule("complaint.read", then="contact.triage", body={"whom": "x.supervisor", "result": "answered"})
CONFIRM = Rule("complaint.read", then="complaint.confirm")
SEND_BACK = Rule("complaint.read", then="complaint.confirm", body={"note": "សូមសួរម្តងទៀត"})
COMPLAINTS = {
    "work": route(get=ANY),
    "complaints:list": route(get="complaint.read"),
    "complaints:list#shared": route(get=Rule("complaint.read", body={"shared": "1"})),
    "complaints:list#search": route(get=Rule("complaint.read", body={"q": "planted"})),
    "complaints:export": route(get="complaint.export", post=Rule("complaint.export", body={"purpose": "figures"})),
    "complaints:assign": route(
        get="complaint.assign", post=Rule("complaint.assign", body={"reference": "KH-2022-222222", "province": "18"})
    ),
    "complaints:assign#look": route(
        get=Rule("complaint.assign", body={"reference": "KH-2022-222222", "province": "18"}), post="complaint.assign"
    ),
    "complaints:new": route(get="complaint.create", post="complaint.create"),
    "complaints:proposal": route(get="complaint.create"),
    "complaints:similar": route(
        post=Rule("complaint.create", body={"people-0-name": "planted", "narrative": "planted"})
    ),
    "complaints:receipt": route("receipt", get="complaint.create"),
    "complaints:detail": route("complaint", get="complaint.read"),
    "complaints:history": route("complaint", get="complaint.read"),
    "complaints:print": route("complaint", get="complaint.read"),
    "complaints:field_history": route("complaint", params={"field": "urgency"}, get="complaint.read"),
    **{
        f"complaints:history#{part}": route("complaint", get=Rule("complaint.read", body={"show": part}))
        for part in ("steps", "edits", "people", "contacts")
    },
    "complaints:people": route("complaint", get="victim.read"),
    "complaints:add_people": route("complaint", get="victim.add", post="victim.add"),
    "complaints:facts": route("complaint", get=FACTS, post=FACTS),
    "complaints:attempts": route("complaint", get="complaint.read", post=ATTEMPT),
    "complaints:rings": route("complaint", get="contact.triage", post=RING),
    "complaints:answers": route("complaint", get="complaint.read", post=ANSWER),
    "complaints:digest": route("digest", get=ANY),
    "complaints:late": route(get="complaint.read"),
    "complaints:late#shared": route(get=Rule("complaint.read", body={"shared": "1"})),
    "complaints:evidence": route(
        "complaint", get="complaint.read", post=Rule("complaint.read", then="complaint.evidence")
    ),
    "complaints:changes": route("complaint", get="complaint.read", post=FACTS),
    "complaints:change_confirm": route("change", post=CONFIRM),
    "complaints:change_send_back": route("change", post=SEND_BACK),
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
    "victims:similar": route(get=Rule("victim.add", body={"name": "planted"})),
    "victims:person": route(
        "victim", get=Rule("identity.read", then="person.change"), post=Rule("identity.read", then="person.change")
    ),
    "victims:consent": route("victim", get="victim.rescue", post="victim.rescue"),
    "victims:guardian": route("victim", get="victim.rescue", post="victim.rescue"),
    "victims:place": route("victim", get="victim.rescue", post="victim.rescue"),
    "victims:proceedings": route("victim", get="victim.rescue", post="victim.rescue"),
    "victims:services": route("victim", get="referral.send", post="referral.send"),
    "victims:take_back_service": route(
        "service", get=Rule("referral.send", then="victim.rescue"), post=Rule("referral.send", then="victim.rescue")
    ),
    "victims:take_back_proceeding": route("proceeding", get="victim.rescue", post="victim.rescue"),
    "victims:show_place": route("victim", get="stay.reveal", post="stay.reveal"),
    "victims:identify": steps_page("victim", "victim.read", IDENTIFICATION_STEPS, "decide_presumed"),
    **{
        f"victims:identify#{name}": steps_page("victim", "victim.read", IDENTIFICATION_STEPS, name)
        for name in IDENTIFICATION_STEPS
    },
    **{f"complaints:step#{name}": steps_page("complaint", "complaint.read", STEPS, name) for name in STEPS},
    **{f"victims:step#{name}": steps_page("victim", "victim.read", RESCUE_STEPS, name) for name in RESCUE_STEPS},
}
CONTACT_STEPS = {
    **dict.fromkeys(("file", "enter_names", "answer", "answer_list", "wrong_number", "bring_back"), "contact.triage"),
    **dict.fromkeys(("spam", "let_in", "let_in_sealed", "hold_again"), "contact.held"),
}
MESSAGE = {"kind": "enquiry", "channel": "hotline", "narrative": "សួររកលិខិតឆ្លងដែន"}
SEVERAL = {"act": "spam", "note": "ពាក្យដដែល"}
CONTACTS = {
    "contacts:list": route(get="contact.read"),
    "contacts:list#held": route(get=Rule("contact.read", body={"status": "held"})),
    "contacts:several": route(
        get="contact.held", post=Rule("contact.held", body={**SEVERAL, "reference": "C-22222222", "sure": "1"})
    ),
    "contacts:several#look": route(
        get="contact.held", post=Rule("contact.held", body={**SEVERAL, "reference": "C-22222222"})
    ),
    "contact-several": route(post=Rule("contact.held", body={**SEVERAL, "references": ["C-22222222"]})),
    "contact-code": route(post="reporter.reveal"),
    "contacts:messages": route(
        "contact", get="contact.read", post=Rule("reporter.reveal", body={"words": "នៅជាន់ទីប៉ុន្មាន", "asks": "know"})
    ),
    "contacts:list#filed": route(get=Rule("contact.read", body={"status": "filed"})),
    "contacts:new": route(get="contact.triage", post=Rule("contact.triage", body=MESSAGE)),
    "contacts:detail": route("contact", get="contact.read"),
    "contacts:whole": route("contact", get="contact.read"),
    "contacts:reporter": route(
        "contact", get="reporter.reveal", post=Rule("reporter.reveal", body={"reason": "To call her back"})
    ),
    "contacts:accept": route("contact", post=Rule("contact.triage", then="complaint.create")),
    "contacts:names": route("contact", get="contact.triage", post="contact.triage"),
    "contacts:names_sender": route("name_list", post="contact.triage"),
    "contacts:names_paper": route("name_list", get="contact.triage"),
    "name_lists:list": route(get="list.read"),
    "name_lists:detail": route("name_list_sent", get="list.read"),
    "contact-names": route("contact", post="contact.triage"),
    "contact-names-likely": route("contact", post="contact.triage"),
    "name-list-list": route(get="list.read"),
    "name-list-detail": route("name_list_sent", get="list.read"),
    "contacts:step": steps_page("contact", "contact.read", CONTACT_STEPS, "spam"),
    **{f"contacts:step#{name}": steps_page("contact", "contact.read", CONTACT_STEPS, name) for name in CONTACT_STEPS},
    "contact-list": route(get="contact.read", post=Rule("contact.triage", body=MESSAGE)),
    "contact-detail": route("contact", get="contact.read"),
    "contact-steps": step_call("contact", "contact.read", CONTACT_STEPS, "spam"),
    **{f"contact-steps#{name}": step_call("contact", "contact.read", CONTACT_STEPS, name) for name in CONTACT_STEPS},
}
CALL = Rule("contact.triage", body={"act": "keep", "narrative": "គេឃុំនាង", "reporter-phone": "097 555 0184"})
HOTLINE = {
    "hotline:list": route(get="contact.triage", post="contact.triage"),
    "hotline:call": route("call", get="contact.triage", post=CALL),
    "hotline:call#register": route("call", post=Rule("contact.triage", body={**CALL.body, "act": "register"})),
    "hotline:call#contact": route("call", post=Rule("contact.triage", body={**CALL.body, "act": "contact"})),
    "hotline:beside": route("call", post=CALL),
    "hotline:take": route("call", post="contact.triage"),
    "hotline:words": route(get="hotline.manage"),
    "hotline:script_new": route(get="hotline.manage", post="hotline.manage"),
    "hotline:script": route("script", get="hotline.manage", post="hotline.manage"),
    "hotline:interpreter_new": route(get="hotline.manage", post="hotline.manage"),
    "hotline:interpreter": route("interpreter", get="hotline.manage", post="hotline.manage"),
}
PUBLIC_FORM = {
    "report:start": route(get=PUBLIC),
    "report:clear": route(get=PUBLIC),
    "report:form": route(get=PUBLIC, post=Rule(PUBLIC, body={"go": "next", "step": "0", "words": "ជួយផង"})),
    "report:follow_up": route(get=PUBLIC, post=Rule(PUBLIC, body={"code": "12345"})),
    "languages:list": route(
        get="language.sign", post=Rule("language.sign", body={"language": "vi", "reader": "សុខ តារា"})
    ),
}
PEOPLE_STEPS = {**RESCUE_STEPS, **IDENTIFICATION_STEPS}
SUSPECTS = {
    "complaints:suspects": route("complaint", get="suspect.read"),
    "complaints:messages": route(
        "complaint",
        get="complaint.read",
        post=Rule("reporter.reveal", body={"words": "នៅជាន់ទីប៉ុន្មាន", "to": "C-22222222"}),
    ),
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
    "suspects:results": route(get="suspect.court", post="suspect.court"),
    "suspects:hearings": route("suspect", get="suspect.read", post="suspect.court"),
    "hearings:list": route(get="suspect.read"),
    "hearings:list#shared": route(get=Rule("suspect.read", body={"shared": "1"})),
    "hearings:list#all": route(get=Rule("suspect.read", body={"when": "all"})),
    "hearings:list#search": route(get=Rule("suspect.read", body={"q": "planted"})),
    "hearings:step": steps_page("hearing", "suspect.read", HEARING_STEPS, "adjourn"),
    **{f"hearings:step#{name}": steps_page("hearing", "suspect.read", HEARING_STEPS, name) for name in HEARING_STEPS},
    "case_files:list": route(get="casefile.read"),
    "case_files:list#shared": route(get=Rule("casefile.read", body={"shared": "1"})),
    "case_files:list#search": route(get=Rule("casefile.read", body={"q": "1/2022"})),
    "case_files:new": route(get="casefile.write", post="casefile.write"),
    "case_files:detail": route("case_file", get="casefile.read", post="casefile.write"),
    "case_files:edit": route("case_file", get="casefile.write", post="casefile.write"),
    "law:list": route(get="law.manage", post="law.manage"),
    "law:new": route(get="law.manage", post="law.manage"),
    "law:court": route("court", get="law.manage", post="law.manage"),
    "clock-list": route(get="clock.manage", patch=Rule("clock.manage", body={"version": "none"})),
    "holiday-list": route(get="clock.manage", post="clock.manage"),
    "holiday-detail": route("holiday", patch="clock.manage", delete="clock.manage"),
    "rule-list": route(get="rule.manage", post="rule.manage"),
    "rule-detail": route("rule", get="rule.manage", patch=Rule("rule.manage", body={"version": 1})),
    "rule-try": route(post=Rule("rule.manage", body={"text": "។"})),
    "rules:list": route(get="rule.manage", post="rule.manage"),
    "rules:new": route(get="rule.manage", post="rule.manage"),
    "rules:detail": route("rule", get="rule.manage", post="rule.manage"),
    "clocks:list": route(get="clock.manage", post="clock.manage"),
    "clocks:holidays": route(get="clock.manage"),
    "clocks:holiday_new": route(get="clock.manage", post="clock.manage"),
    "clocks:holiday": route("holiday", get="clock.manage", post="clock.manage"),
    "law:article": route("article", get="law.manage", post="law.manage"),
    "complaint-suspects": route("complaint", post="suspect.add"),
    "suspect-list": route(get="suspect.read"),
    "suspect-results": route(
        post=Rule("suspect.court", body={"results": [{"suspect": "S-22222222", "step": "acquit", "day": "2026-01-01"}]})
    ),
    "suspect-list#shared": route(get=Rule("suspect.read", body={"shared": "1"})),
    "suspect-list#search": route(get=Rule("suspect.read", body={"q": "planted"})),
    "suspect-detail": route("suspect", get="suspect.read"),
    "suspect-steps": step_call("suspect", "suspect.read", SUSPECT_STEPS, "mark_wanted"),
    **{f"suspect-steps#{name}": step_call("suspect", "suspect.read", SUSPECT_STEPS, name) for name in SUSPECT_STEPS},
    "suspect-hearings": route(
        "suspect", get="suspect.read", post=Rule("suspect.court", body={"at": "2022-09-29T09:00", "kind": "trial"})
    ),
    "hearing-list": route(get="suspect.read"),
    "hearing-list#shared": route(get=Rule("suspect.read", body={"shared": "1"})),
    "hearing-list#all": route(get=Rule("suspect.read", body={"when": "all"})),
    "hearing-detail": route("hearing", get="suspect.read"),
    "hearing-steps": step_call("hearing", "suspect.read", HEARING_STEPS, "adjourn"),
    **{f"hearing-steps#{name}": step_call("hearing", "suspect.read", HEARING_STEPS, name) for name in HEARING_STEPS},
    "case-file-list": route(get="casefile.read", post="casefile.write"),
    "case-file-list#shared": route(get=Rule("casefile.read", body={"shared": "1"})),
    "case-file-detail": route("case_file", get="casefile.read", patch="casefile.write"),
    "case-file-parts": route("case_file", post="casefile.write"),
}
RETURN_STEPS = {
    "notify_embassy": "repatriation.write",
    "confirm_nationality": "repatriation.write",
    "record_document": "repatriation.write",
    "record_clearance": "repatriation.write",
    "agree_departure": "repatriation.write",
    "hand_over": "repatriation.write",
    "receive": "repatriation.write",
    "plan_reintegration": "repatriation.write",
    "withdraw": "repatriation.write",
    "consent_ended": "repatriation.write",
    "take_up_again": "repatriation.write",
    "record_stays": "repatriation.write",
    "record_third_country": "repatriation.write",
    "record_not_coming": "repatriation.write",
    "end_otherwise": "repatriation.write",
    "take_back": "repatriation.correct",
}
DEPORTATION_STEPS = {
    "carry_out": "deportation.record",
    "stop": "deportation.record",
    "review": "suspect.review",
    "take_back": "repatriation.correct",
}
ORDER = {"authority": "នាយកដ្ឋាន", "order_number": "7", "ordered_on": "2022-09-01", "reason": "overstay"}
SHEET = {"country": "VN", "purpose": "notify", "contact": "012 345 678"}
NEEDS = {"version": 1, "health_needed": "ថ្នាំ"}
REPATRIATIONS = {
    "victims:begin_return": route(
        "victim", params={"what": "begin"}, get="repatriation.write", post="repatriation.write"
    ),
    "victims:deportation": route("victim", get="deportation.record", post=Rule("deportation.record", body=ORDER)),
    "repatriations:board": route(get="repatriation.read"),
    "repatriations:board#cell": route(
        get=Rule("repatriation.read", body={"country": "VN", "status": "asked_alone", "view": "waiting"})
    ),
    "repatriations:list": route(get="repatriation.read"),
    "repatriations:list#shared": route(get=Rule("repatriation.read", body={"shared": "1"})),
    "repatriations:list#search": route(get=Rule("repatriation.read", body={"q": "planted"})),
    "repatriations:limits": route(get="repatriation.correct", post="repatriation.correct"),
    "repatriations:sheet": route(
        get=Rule("repatriation.sheet", body={"country": "VN"}), post=Rule("repatriation.sheet", body=SHEET)
    ),
    "repatriations:detail": route("return", get="repatriation.read"),
    "repatriations:needs": route("return", get="repatriation.write", post="repatriation.write"),
    "repatriations:step": steps_page("return", "repatriation.read", RETURN_STEPS, "notify_embassy"),
    **{
        f"repatriations:step#{name}": steps_page("return", "repatriation.read", RETURN_STEPS, name)
        for name in RETURN_STEPS
    },
    "deportations:list": route(get="repatriation.read"),
    "deportations:list#shared": route(get=Rule("repatriation.read", body={"shared": "1"})),
    "deportations:list#search": route(get=Rule("repatriation.read", body={"review": "awaited"})),
    "deportations:overrides": route(get="override.read"),
    "deportations:override": route("deported", get="override.read"),
    "deportations:detail": route("deportation", get="repatriation.read"),
    "deportations:step": steps_page("deportation", "repatriation.read", DEPORTATION_STEPS, "stop"),
    **{
        f"deportations:step#{name}": steps_page("deportation", "repatriation.read", DEPORTATION_STEPS, name)
        for name in DEPORTATION_STEPS
    },
    "repatriation-list": route(get="repatriation.read"),
    "repatriation-list#shared": route(get=Rule("repatriation.read", body={"shared": "1"})),
    "repatriation-list#search": route(get=Rule("repatriation.read", body={"q": "planted"})),
    "repatriation-detail": route("return", get="repatriation.read", patch=Rule("repatriation.write", body=NEEDS)),
    "repatriation-steps": step_call("return", "repatriation.read", RETURN_STEPS, "notify_embassy"),
    **{
        f"repatriation-steps#{name}": step_call("return", "repatriation.read", RETURN_STEPS, name)
        for name in RETURN_STEPS
    },
    "repatriation-board": route(get="repatriation.read"),
    "repatriation-limits": route(
        get="repatriation.read", patch=Rule("repatriation.correct", body={"limits": {"asked_alone": 9}})
    ),
    "repatriation-sheet": route(post=Rule("repatriation.sheet", body=SHEET)),
    "deportation-list": route(get="repatriation.read"),
    "deportation-list#shared": route(get=Rule("repatriation.read", body={"shared": "1"})),
    "deportation-detail": route("deportation", get="repatriation.read"),
    "deportation-steps": step_call("deportation", "repatriation.read", DEPORTATION_STEPS, "stop"),
    **{
        f"deportation-steps#{name}": step_call("deportation", "repatriation.read", DEPORTATION_STEPS, name)
        for name in DEPORTATION_STEPS
    },
    "victim-returns": route(
        "victim", get="victim.read", post=Rule("repatriation.write", body={"what": "begin", "note": "ចង់ទៅផ្ទះ"})
    ),
    "victim-deportations": route("victim", get="victim.read", post=Rule("deportation.record", body=ORDER)),
}
OPERATION_STEPS = {"record_done": "operation.plan", "call_off": "operation.plan"}
PLAN = Rule("operation.plan", body={"complaints": "KH-2022-222222"})
OPERATIONS = {
    "complaints:operations": route("complaint", get="operation.read"),
    "operations:list": route(get="operation.read"),
    "operations:list#shared": route(get=Rule("operation.read", body={"shared": "1"})),
    "operations:list#search": route(get=Rule("operation.read", body={"q": "planted"})),
    "operations:new": route(get="operation.plan", post=PLAN),
    "operations:readers": route(get="audit.read"),
    "operations:detail": route("operation", get="operation.read"),
    "operations:detail#planned": route("planned", get="operation.read"),
    "operations:step": steps_page("operation", "operation.read", OPERATION_STEPS, "record_done"),
    "operations:step#planned": steps_page("planned", "operation.read", OPERATION_STEPS, "call_off"),
    "operations:change": route("planned", get="operation.plan", post="operation.plan"),
    "operations:members": route("planned", post="operation.plan"),
    "operations:end_member": route("member", post="operation.plan"),
    "operations:count": route("operation", get="victim.rescue", post="victim.rescue"),
    "operations:count#planned": route("planned", get="victim.rescue", post="victim.rescue"),
    "operations:people": route(
        "operation", get="victim.rescue", post=Rule("victim.rescue", body={"text": "សុខា, ស, ២៤"})
    ),
    "operations:people#planned": route("planned", get="victim.rescue", post="victim.rescue"),
    "operations:take_back": route("entry", get="victim.rescue", post="victim.rescue"),
    "operation-list": route(get="operation.read", post=Rule("operation.plan", body={"complaints": ["KH-2022-222222"]})),
    "operation-list#shared": route(
        get=Rule("operation.read", body={"shared": "1"}), post=Rule("operation.plan", body={})
    ),
    "operation-detail": route("operation", get="operation.read"),
    "operation-detail#planned": route("planned", get="operation.read"),
    "operation-steps": step_call("operation", "operation.read", OPERATION_STEPS, "record_done"),
    "operation-steps#planned": step_call("planned", "operation.read", OPERATION_STEPS, "call_off"),
    "operation-count": route("operation", post=Rule("victim.rescue", body={"counted": [{"men": 1}]})),
    "operation-take-back": route("operation", post=Rule("victim.rescue", body={"entry": "none"})),
}
MERGES = {
    "merges:list": route(get="merge.read"),
    "merges:list#all": route(get=Rule("merge.read", body={"all": "1"})),
    "merges:new": route(get=Rule("merge.read", makes=True), post=Rule("merge.read", makes=True)),
    "merges:detail": route("merge", get="merge.read"),
    "merges:confirm": route("merge", post=Rule("merge.read", then="merge.confirm")),
    "merges:send_back": route("merge", post=Rule("merge.read", then="merge.confirm", body={"note": "បងប្អូនពីរនាក់"})),
    "merges:undo": route("merge", post=Rule("merge.read", then="merge.confirm", body={"note": "បងប្អូនពីរនាក់"})),
    "merge-list": route(
        get="merge.read",
        post=Rule("merge.read", body={"survivor": "KH-2022-222222", "absorbed": "KH-2022-222223", "why": "ដូចគ្នា"}),
    ),
    "merge-detail": route("merge", get="merge.read"),
    "merge-confirm": route("merge", post=Rule("merge.read", then="merge.confirm", body={"seen": "1.1"})),
    "merge-send-back": route("merge", post=Rule("merge.read", then="merge.confirm", body={"note": "បងប្អូនពីរនាក់"})),
    "merge-undo": route("merge", post=Rule("merge.read", then="merge.confirm", body={"note": "បងប្អូនពីរនាក់"})),
}
PAIR_STEPS = {
    **dict.fromkeys(("link", "dismiss", "take_up"), "match.decide"),
    **dict.fromkeys(("fade", "find_again", "join", "part"), "match.find"),
}
PAIRS = {
    "pairs:list": route(get="match.read"),
    "pairs:list#dismissed": route(get=Rule("match.read", body={"state": "dismissed"})),
    "pairs:list#apart": route(get=Rule("match.read", body={"state": "apart"})),
    "pairs:detail": route("pair", get="match.read"),
    "pairs:step": steps_page("pair", "match.read", PAIR_STEPS, "dismiss"),
    **{f"pairs:step#{name}": steps_page("pair", "match.read", PAIR_STEPS, name) for name in PAIR_STEPS},
    "pair-list": route(get="match.read"),
    "pair-detail": route("pair", get="match.read"),
    "pair-steps": step_call("pair", "match.read", PAIR_STEPS, "dismiss"),
    **{f"pair-steps#{name}": step_call("pair", "match.read", PAIR_STEPS, name) for name in PAIR_STEPS},
}
READ = Rule("closing.reread", body={"finding": "stands"})
APPROVALS = {
    "approvals:list": route(get="approval.read"),
    "approvals:list#own": route(get=Rule("approval.read", body={"own": "1"})),
    "approvals:readings": route(get="closing.reread"),
    "approvals:reading": route("reading", get="closing.reread", post=READ),
    "second-reading-list": route(get="closing.reread"),
    "second-reading-detail": route("reading", get="closing.reread"),
    "second-reading-figures": route(get="closing.reread"),
    "second-reading-read": route("reading", post=READ),
    "approval-list": route(get="approval.read"),
    "approval-list#own": route(get=Rule("approval.read", body={"own": "1"})),
}
HAND_CELL = {"table": "A6", "cell": "sent:n", "value": "៤", "source": "លិខិតលេខ ១២"}
POPULATION = {"year": "2022", "source": "វិទ្យាស្ថានជាតិស្ថិតិ", "text": "18\tស្រី\t18+\t120000"}
ASKED = {"list": "complaints", "format": "csv", "purpose": "figures", "recipient": "The ministry"}
EXPORTS = {
    "exports:list": route(get="export.read"),
    "exports:new": route(params={"key": "victims"}, get="complaint.export", post=Rule("complaint.export", body=ASKED)),
    "exports:detail": route("export", get="export.read"),
    "exports:cancel": route("export", post="export.read"),
    "exports:again": route("own_export", post="complaint.export"),
    "exports:decide": route("export", post=Rule("export.approve", body={"act": "refuse"})),
    "exports:passphrase": route("own_export", get="complaint.export", post="complaint.export"),
    "exports:download": route("own_export", get="complaint.export", post="complaint.export"),
    "export-list": route(get="export.read", post=Rule("complaint.export", body=ASKED)),
    "export-detail": route("export", get="export.read"),
    "export-cancel": route("export", post="export.read"),
    "export-again": route("own_export", post="complaint.export"),
    "export-download": route("own_export", get="complaint.export"),
}
PUBLICATION_STEPS = {"sign": "report.sign", "refuse": "report.sign", "withdraw": "report.publish"}
PUBLICATION = {
    "first": "18/8/2022",
    "last": "29/9/2022",
    "kind": "provisional",
    "audience": "press",
    "figures": ["complaints_received"],
    "idempotency_key": "publication",
}
REPORTS = {
    "reports:overview": route(get="report.read"),
    "reports:situation": route(get="report.read"),
    **{f"reports:situation_{form}": route(get="report.read") for form in ("docx", "xlsx", "pdf")},
    "reports:indicators": route(get="report.read"),
    "reports:publications": route(get="publication.read"),
    "reports:publications#draft": route(get=Rule("publication.read", body={"show": "draft"})),
    "reports:publication_new": route(get="report.publish", post="report.publish"),
    "reports:publication_new#whole": route(post=Rule("report.publish", body=PUBLICATION)),
    "reports:publication": route("publication", get="publication.read"),
    "reports:publication_changes": route("publication", get="publication.read"),
    **{f"reports:publication_{form}": route("publication", get="publication.read") for form in ("docx", "xlsx", "pdf")},
    "reports:publication_step": steps_page("publication", "publication.read", PUBLICATION_STEPS, "sign"),
    **{
        f"reports:publication_step#{name}": steps_page("publication", "publication.read", PUBLICATION_STEPS, name)
        for name in PUBLICATION_STEPS
    },
    "publication-list": route(get="publication.read"),
    "publication-detail": route("released", get="publication.read"),
    "reports:indicator": route("indicator", get="report.read"),
    "reports:records": route("indicator", get="report.read"),
    "reports:public_tables": route(get="handin.read"),
    "public-tables": route(get="handin.read"),
    "reports:hand_in": route(get="handin.read"),
    "reports:hand_in_set": route("hand_in", get="handin.read", post=Rule("handin.write", body=HAND_CELL)),
    "reports:hand_in_prepare": route("hand_in", get="report.publish", post="report.publish"),
    "reports:hand_in_prepare#whole": route(
        "hand_in", post=Rule("report.publish", body={"kind": "provisional", "idempotency_key": "tables"})
    ),
    "reports:hand_in_xlsx": route("hand_in", get="handin.read"),
    "reports:hand_in_pdf": route("hand_in", get="handin.read"),
    "hand-in-detail": route("hand_in", get="handin.read"),
    "reports:population": route(get="population.manage", post=Rule("population.manage", body=POPULATION)),
    "indicator-list": route(get="report.read"),
    "indicator-detail": route("indicator", get="report.read"),
    "indicator-records": route("indicator", get="report.read"),
}
CONSENT = {"answers": {"help": "yes"}, "asked_alone": True, "asked_language": "ខ្មែរ"}
GUARDIAN = {"name": "យាយ", "kind": "relative", "own_view": "ចង់ទៅរៀន", "view_language": "ខ្មែរ"}
COMPLAINTS_API = {
    "complaint-list": route(get="complaint.read", post="complaint.create"),
    "complaint-list#shared": route(get=Rule("complaint.read", body={"shared": "1"}), post="complaint.create"),
    "complaint-list#search": route(get=Rule("complaint.read", body={"q": "planted"}), post="complaint.create"),
    "complaint-contacts": route("complaint", post="complaint.create"),
    "complaint-similar": route(get=Rule("complaint.create", body={"name": "planted", "text": "planted"})),
    "complaint-assign": route(post=Rule("complaint.assign", body={"references": ["KH-2022-222222"], "province": "18"})),
    "complaint-detail": route(
        "complaint",
        get="complaint.read",
        patch=Rule("complaint.read", then="complaint.facts", body={"version": 1, "exact_spot": "By the gate"}),
    ),
    "complaint-answers": route("complaint", get="complaint.read", post=ANSWER),
    "complaint-escalations": route("complaint", get="complaint.read"),
    "complaint-rings": route("complaint", get="complaint.read", post=RING_CALL),
    "complaint-attempts": route("complaint", get="complaint.read", post=ATTEMPT),
    "complaint-evidence": route(
        "complaint",
        get="complaint.read",
        put=Rule("complaint.read", then="complaint.evidence", body={"version": 0, "act": ["receipt"]}),
    ),
    "complaint-changes": route(
        "complaint",
        get="complaint.read",
        post=Rule(
            "complaint.read", then="complaint.facts", body={"field": "urgency", "after": "normal", "why": "ស្ងប់ហើយ"}
        ),
    ),
    "complaint-change-confirm": route("change", post=CONFIRM),
    "complaint-change-send-back": route("change", post=SEND_BACK),
    "complaint-history": route("complaint", get=Rule("complaint.read", body={"field": "urgency"})),
    "complaint-people": route("complaint", post="victim.add"),
    "complaint-steps": step_call("complaint", "complaint.read", STEPS, "acknowledge"),
    "victim-list": route(get="victim.read"),
    "victim-list#shared": route(get=Rule("victim.read", body={"shared": "1"})),
    "victim-list#search": route(get=Rule("victim.read", body={"q": "planted"})),
    "victim-detail": route("victim", get="victim.read"),
    "victim-similar": route(post=Rule("victim.add", body={"names": ["planted"]})),
    "victim-person": route(
        "victim",
        get=Rule("identity.read", then="person.change"),
        patch=Rule("identity.read", then="person.change", body={"version": 1, "sex": "other"}),
    ),
    "victim-consent": route("victim", get="victim.read", post=Rule("victim.rescue", body=CONSENT)),
    "victim-guardian": route("victim", get="victim.read", post=Rule("victim.rescue", body=GUARDIAN)),
    "victim-place": route("victim", get="victim.read", post=Rule("victim.rescue", body={"kind": "shelter"})),
    "victim-non-punishment": route("victim", get="victim.read"),
    "victim-proceedings": route(
        "victim",
        get="victim.read",
        post=Rule("victim.rescue", body={"kind": "lawyer", "happened_on": "2022-09-29", "court": "C18"}),
    ),
    "victim-take-back-proceeding": route(
        "victim", post=Rule("victim.rescue", body={"id": "00000000-0000-4000-8000-000000000000", "note": "ច្រឡំ"})
    ),
    "victim-services": route(
        "victim",
        get="victim.read",
        post=Rule("referral.send", body={"service": "medical", "provider_name": "ពេទ្យ"}),
    ),
    "victim-take-back-service": route(
        "victim", post=Rule("referral.send", body={"id": "00000000-0000-4000-8000-000000000000", "why": "ច្រឡំ"})
    ),
    "victim-show-place": route("victim", post=Rule("stay.reveal", body={"reason": "Court asked"})),
    "victim-steps": step_call("victim", "victim.read", PEOPLE_STEPS, "locate"),
    **{f"complaint-steps#{name}": step_call("complaint", "complaint.read", STEPS, name) for name in STEPS},
    **{f"victim-steps#{name}": step_call("victim", "victim.read", PEOPLE_STEPS, name) for name in PEOPLE_STEPS},
}
SURVEY_STEPS = dict.fromkeys(("open", "close", "reopen"), "survey.manage")
HELD = {
    "kind": "forum",
    "title": "វេទិកា",
    "held_on": "2022-09-29",
    "province": "18",
    "organisers": ["ngo"],
    "audience": ["public"],
}
PREVENTION = {
    "surveys:list": route(get="survey.read"),
    "surveys:list#search": route(get=Rule("survey.read", body={"q": "បំណុល", "status": "open"})),
    "surveys:new": route(get="survey.manage", post="survey.manage"),
    "surveys:detail": route("survey_any", get="survey.read"),
    "surveys:edit": route("survey", get="survey.manage", post="survey.manage"),
    "surveys:enter": route("survey", get="survey.enter", post="survey.enter"),
    "surveys:answers": route("survey", get="survey.correct"),
    "surveys:answers#find": route("survey", get=Rule("survey.correct", body={"q": "SR-22222222"})),
    "surveys:correct": route("survey_answers", get="survey.correct", post="survey.correct"),
    "surveys:import": route("survey", get="survey.manage", post="survey.manage"),
    "surveys:template": route("survey", get="survey.manage"),
    "surveys:sheet": route("survey_sheet", get="survey.manage"),
    "surveys:sheet_begin": route("survey_sheet", get="survey.manage", post="survey.manage"),
    "surveys:sheet_cancel": route("survey_sheet", get="survey.manage", post="survey.manage"),
    "surveys:step": steps_page("survey", "survey.read", SURVEY_STEPS, "close"),
    "reports:causes": route("survey", get="survey.results"),
    "survey-list": route(get="survey.read"),
    "survey-detail": route("survey_any", get="survey.read"),
    "survey-respondents": route("survey", post=Rule("survey.enter", body={"province": "18", "refused": True})),
    "survey-correct": route(
        "survey_answers", patch=Rule("survey.correct", body={"version": 1, "why": "ខុស", "sex": "male"})
    ),
    "activities:list": route(get="activity.read"),
    "activities:list#search": route(get=Rule("activity.read", body={"q": "វេទិកា", "kind": "forum"})),
    "activities:new": route(get="activity.write", post="activity.write"),
    "activities:export": route(get="activity.read"),
    "activities:detail": route("activity", get="activity.read"),
    "activities:edit": route("activity", get="activity.write", post="activity.write"),
    "activity-list": route(get="activity.read", post=Rule("activity.write", body=HELD)),
    "activity-detail": route(
        "activity", get="activity.read", patch=Rule("activity.write", body={"version": 1, "place": "វត្តលើ"})
    ),
}

TABLE: dict[str, Route] = {
    **ACCOUNTS,
    **PLACES,
    **PARTNERS,
    **NOTIFICATIONS,
    **DRAFTS,
    **COMPLAINTS,
    **CONTACTS,
    **HOTLINE,
    **PUBLIC_FORM,
    **SUSPECTS,
    **REFERRALS,
    **OPERATIONS,
    **REPATRIATIONS,
    **MERGES,
    **PAIRS,
    **APPROVALS,
    **REPORTS,
    **PREVENTION,
    **EXPORTS,
    **COMPLAINTS_API,
    **ABOUT,
}
